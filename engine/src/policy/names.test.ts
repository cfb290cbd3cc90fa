/** ARNs, partitions and names of providers, at their edges. */
import { describe, expect, it } from 'vitest';
import { policyIn, principalIn } from '../../../test/harness/policy.ts';
import { isAccountId, parseArn } from './arn.ts';
import { federatedFault, isIssuer, isSamlName, issuerMeant } from './federated.ts';
import { knownPartition, partitionOf, withPartition, writtenPartition } from './partition.ts';

it.each([
  ['arn:aws:iam::111122223333:role/a:b', ['aws', 'iam', '', '111122223333', 'role/a:b']],
  ['arn:aws:s3:::bucket', ['aws', 's3', '', '', 'bucket']],
  ['arn:aws:iam::111122223333', undefined],
  ['arn:aws:iam', undefined],
  ['arn:aws', undefined],
  ['arn', undefined],
  ['xarn:aws:iam::111122223333:root', undefined],
  ['urn:aws:iam::111122223333:root', undefined],
  ['', undefined],
])('the parts of %s', (text, parts) => {
  const arn = parseArn(text);
  expect(arn && [arn.partition, arn.service, arn.region, arn.account, arn.resource]).toEqual(parts);
});

it.each([
  ['111122223333', true],
  ['11112222333', false],
  ['1111222233334', false],
  ['x111122223333', false],
  ['111122223333x', false],
  ['', false],
])('%s is an account id: %s', (text, is) => {
  expect(isAccountId(text)).toBe(is);
});

describe('partitions', () => {
  it.each([
    ['arn:aws:iam::111122223333:root', 'aws', 'aws'],
    [' arn:aws-cn:iam::111122223333:root', 'aws-cn', 'aws-cn'],
    ['arn:awz:iam::111122223333:root', 'awz', undefined],
    ['arn::iam::111122223333:root', undefined, undefined],
    ['arn:*:iam::111122223333:root', undefined, undefined],
    ['arn:aws?:iam::111122223333:root', undefined, undefined],
    ['arn:partition:iam::111122223333:root', undefined, undefined],
    ['arn:<PARTITION>:iam::111122223333:root', undefined, undefined],
    ['arn:PARTITION:iam::111122223333:root', undefined, undefined],
    ['111122223333', undefined, undefined],
  ])('of %s', (text, written, known) => {
    const principal = principalIn('AWS', text);
    expect([writtenPartition(principal), knownPartition(principal)]).toEqual([written, known]);
  });

  it('of a policy, where there is one only', () => {
    const of = (...names: readonly string[]) =>
      partitionOf(
        policyIn({
          Statement: names.map((name) => ({ Principal: { AWS: `arn:${name}:iam::111122223333:root` } })),
        }),
      );
    expect([of('aws-cn', 'aws-cn'), of('aws', 'aws-cn'), of('awz'), of()]).toEqual([
      'aws-cn',
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('are exchanged at the beginning only', () => {
    expect(withPartition(' arn:aws:iam::111122223333:role/arn:aws:x ', 'aws-cn')).toBe(
      'arn:aws-cn:iam::111122223333:role/arn:aws:x',
    );
    expect(withPartition('xarn:aws:iam', 'aws-cn')).toBe('xarn:aws:iam');
  });
});

describe('providers', () => {
  const github = 'token.actions.githubusercontent.com';
  it.each([
    [`https://${github}`, github],
    [`HTTP://${github}//`, github],
    [`${github}/`, github],
    ['https://example.com/', 'example.com/'],
    ['example.com/https://x', 'example.com/https://x'],
    ['app.terraform.io/', 'app.terraform.io'],
  ])('the issuer that %s means', (text, issuer) => {
    expect(issuerMeant(text)).toBe(issuer);
  });

  it.each([
    ['example.com', true, true],
    ['example.com/id/A1', true, false],
    ['https://example.com', false, false],
    ['', false, false],
    ['example.*', false, false],
    ['example?', false, false],
    ['exa mple', false, false],
  ])('%j is an issuer: %s, a SAML name: %s', (text, issuer, saml) => {
    expect([isIssuer(text), isSamlName(text)]).toEqual([issuer, saml]);
  });

  const iam = 'arn:aws:iam::111122223333';
  it.each([
    [`${iam}:oidc-provider/${github}`, undefined],
    [`${iam}:saml-provider/CorpIdP`, undefined],
    [`${iam}:saml-provider/`, { kind: 'format' }],
    [`${iam}:saml-provider/a b`, { kind: 'format' }],
    [`${iam}:saml-provider/<NAME>`, undefined],
    [`${iam}:oidc-provider/<ISSUER>`, undefined],
    [`${iam}:role/ci`, { kind: 'format' }],
    [`${iam}:my-oidc-provider/example.com`, { kind: 'format' }],
    ['arn:aws:iam::1111:saml-provider/x', { kind: 'account-id' }],
    ['arn:aws:sts::111122223333:saml-provider/x', { kind: 'format' }],
    [
      `${iam}:oidc-provider/https://${github}`,
      { kind: 'format', repaired: `${iam}:oidc-provider/${github}` },
    ],
    [`${iam}:oidc-provider/`, { kind: 'format' }],
    ['arn:<ARN>', undefined],
    [' arn:aws:iam', { kind: 'format' }],
    ['accounts.google.com', undefined],
    ['<PROVIDER>', undefined],
    ['YOUR_PROVIDER', undefined],
    ['CorpIdP', { kind: 'format' }],
    ['example.com', { kind: 'bare-host', repaired: 'example.com' }],
    ['example.com/id/A1', { kind: 'bare-host', repaired: 'example.com/id/A1' }],
    ['http://example.com', { kind: 'format', repaired: 'example.com' }],
    ['https://example.com/a', { kind: 'format', repaired: 'example.com/a' }],
    ['see example.com', { kind: 'format' }],
    ['example.com is it', { kind: 'format' }],
    ['a@example.com', { kind: 'format' }],
    ['example.com:443', { kind: 'format' }],
  ])('the fault of %s', (text, fault) => {
    const principal = principalIn('Federated', text);
    expect(federatedFault(principal.text)).toEqual(fault);
  });
});
