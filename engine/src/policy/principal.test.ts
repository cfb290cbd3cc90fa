/** Principal text to kind: every form that AWS documents, and what people write instead. */
import { describe, expect, it } from 'vitest';
import { json } from '../syntax/json.ts';
import type { PrincipalType } from './policy.ts';
import { readPrincipal } from './principal.ts';

const read = (type: PrincipalType, text: string) => {
  const { root } = json.parse(JSON.stringify(text));
  if (!root) throw new Error('No root.');
  return readPrincipal(root, type);
};

describe('AWS', () => {
  it.each([
    ['*', 'anyone'],
    ['111122223333', 'account'],
    ['arn:aws:iam::111122223333:root', 'account'],
    ['arn:aws-cn:iam::111122223333:user/division/alice', 'user'],
    ['arn:aws:iam::111122223333:role/app/worker', 'role'],
    ['arn:aws:sts::111122223333:assumed-role/worker/build-42', 'session'],
    ['arn:aws:sts::111122223333:federated-user/bob', 'federatedUser'],
    ['AROA1234567890EXAMPLE', 'uniqueId'],
    ['arn:aws:iam::${AccountId}:root', 'account'],
    ['arn:aws:iam::<ACCOUNT_ID>:role/worker', 'role'],
    ['arn:aws:iam::ACCOUNT_ID:root', 'account'],
    ['arn:aws:iam::111122223333:role/${name}', 'role'],
    ['${principal}', 'unknown'],
    ['$ROLE_ARN', 'unknown'],
    ['YOUR-ACCOUNT-ID', 'unknown'],
    ['1111-2222-3333', 'malformed'],
    ['11112222333', 'malformed'],
    ['arn:aws:iam:111122223333:root', 'malformed'],
    ['arn:aws:iam:us-east-1:111122223333:root', 'malformed'],
    ['arn:aws:iam::aws:role/x', 'malformed'],
    ['arn:aws:iam::111122223333:group/admins', 'malformed'],
    ['arn:aws:iam::111122223333:role/', 'malformed'],
    ['arn:aws:iam::111122223333:role/app-*', 'malformed'],
    ['arn:aws:sts::111122223333:assumed-role/worker', 'malformed'],
    ['arn:aws:s3:::bucket', 'malformed'],
  ])('%s: %s', (text, kind) => {
    expect(read('AWS', text).kind).toBe(kind);
  });

  it('knows the account only where it is written', () => {
    expect(read('AWS', 'arn:aws:iam::111122223333:role/x')).toMatchObject({
      account: '111122223333',
      name: 'x',
    });
    expect(read('AWS', 'arn:aws:iam::${a}:role/x')).not.toHaveProperty('account');
  });
});

describe('Federated', () => {
  it.each([
    ['cognito-identity.amazonaws.com', 'oidc', 'cognito-identity.amazonaws.com'],
    [
      'arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com',
      'oidc',
      'token.actions.githubusercontent.com',
    ],
    ['arn:aws:iam::${AWS::AccountId}:oidc-provider/gitlab.com', 'oidc', 'gitlab.com'],
    [
      'arn:aws:iam::111122223333:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/ABC',
      'oidc',
      'oidc.eks.eu-west-1.amazonaws.com/id/ABC',
    ],
  ])('%s: %s of %s', (text, kind, issuer) => {
    expect(read('Federated', text)).toMatchObject({ kind, issuer });
  });

  it.each([
    ['arn:aws:iam::111122223333:saml-provider/CorpIdP', 'saml'],
    ['arn:aws:iam::111122223333:oidc-provider/', 'malformed'],
    ['arn:aws:iam::111122223333:role/x', 'malformed'],
    ['https://token.actions.githubusercontent.com', 'malformed'],
    ['<PROVIDER>', 'unknown'],
  ])('%s: %s', (text, kind) => {
    expect(read('Federated', text).kind).toBe(kind);
  });
});

it('knows services, canonical users and values that are no text', () => {
  expect(read('Service', 'ec2.amazonaws.com')).toMatchObject({ kind: 'service', host: 'ec2.amazonaws.com' });
  expect(read('Service', 'ec2.${suffix}').kind).toBe('unknown');
  expect(read('CanonicalUser', 'abc').kind).toBe('canonicalUser');
  const { root } = json.parse('12345');
  expect(root && readPrincipal(root, 'AWS')).toMatchObject({ kind: 'malformed', text: '12345' });
});
