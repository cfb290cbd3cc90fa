/** A provider that is an expression is the one whose claims the statement demands. */
import { expect, it } from 'vitest';
import { look } from '../../../test/harness/look.ts';

const rulesIn = (condition: object, federated = '${provider}'): readonly string[] => {
  const statement = {
    Effect: 'Allow',
    Principal: { Federated: federated },
    Action: 'sts:AssumeRoleWithWebIdentity',
    Condition: condition,
  };
  const text = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
  return look({ text, language: 'json' })
    .findings.filter(({ severity }) => severity === 'error' || severity === 'warning')
    .map(({ rule }) => rule);
};

const github = 'token.actions.githubusercontent.com';
const aud = { [`${github}:aud`]: 'sts.amazonaws.com' };
const sub = { [`${github}:sub`]: 'repo:acme/app:ref:refs/heads/main' };

it.each<[string, object, readonly string[]]>([
  ['the audience alone', { StringEquals: aud }, ['github-sub-missing']],
  ['the subject alone', { StringEquals: sub }, ['oidc-aud-missing']],
  ['both', { StringEquals: { ...aud, ...sub } }, []],
  ['claims of two issuers', { StringEquals: { ...aud, 'gitlab.com:aud': 'https://gitlab.com' } }, []],
  ['a claim that may be absent', { StringEqualsIfExists: aud }, []],
  ['a key that is an expression', { StringEquals: { '${issuer}:aud': 'sts.amazonaws.com' } }, []],
  ['no claim', { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } }, []],
])('%s', (_, condition, rules) => {
  expect(rulesIn(condition)).toEqual(rules);
});

it('an issuer that is an expression is told by the claims, too', () => {
  const provider = 'arn:aws:iam::111122223333:oidc-provider/${host}';
  expect(rulesIn({ StringEquals: aud }, provider)).toEqual(['github-sub-missing']);
});
