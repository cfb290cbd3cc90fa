/** Every provider of the catalogue: trusted blindly it is found, and the remedy that is offered really is one. */
import { describe, expect, it } from 'vitest';
import { fixedTexts, look } from '../../../../test/harness/look.ts';
import { oidcProviders } from '../../catalog/catalog.ts';

const trust = (issuer: string, builtIn: boolean, condition?: object): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: {
      Effect: 'Allow',
      Principal: { Federated: builtIn ? issuer : `arn:aws:iam::111122223333:oidc-provider/${issuer}` },
      Action: 'sts:AssumeRoleWithWebIdentity',
      ...(condition && { Condition: condition }),
    },
  });

const loudOf = (text: string): readonly string[] =>
  look({ text, language: 'json' })
    .findings.filter(({ severity }) => severity === 'error' || severity === 'warning')
    .map(({ rule }) => rule);

const issuers = oidcProviders().flatMap(({ id, builtIn, issuers }) =>
  issuers.map((issuer) => ({
    id,
    builtIn,
    issuer: issuer.replaceAll('{', '').replaceAll('}', '').toLowerCase(),
  })),
);

describe.each(issuers)('$id at $issuer', ({ id, issuer, builtIn }) => {
  const text = trust(issuer, builtIn);
  const { document, findings } = look({ text, language: 'json' });

  it('is found when trusted whatever its tokens say', () => {
    const expected = id === 'cognito-identity' ? 'cognito-aud-missing' : 'oidc-no-condition';
    expect(loudOf(text)).toEqual([expected]);
  });

  it('is safe after the fix', () => {
    const fixed = findings.flatMap((finding) => [...fixedTexts(finding, document).values()]);
    expect(fixed).toHaveLength(1);
    expect(fixed.flatMap((each) => loudOf(each.text))).toEqual([]);
  });
});
