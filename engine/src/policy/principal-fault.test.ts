/** The forms of principals, as a table: which texts are at fault, why, and what was meant. */
import { expect, it } from 'vitest';
import { json } from '../syntax/json.ts';
import { valueOf } from '../tree/walk.ts';
import type { PrincipalType } from './policy.ts';
import { readPrincipal } from './principal.ts';

const faultIn = (type: PrincipalType, value: unknown): unknown => {
  const node = valueOf(json.parse(JSON.stringify({ value })).root, 'value');
  return node && readPrincipal(node, type).fault;
};

const role = 'arn:aws:iam::111122223333:role/deployer';
const github = 'arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com';

it.each([
  ['AWS', '*'],
  ['AWS', '111122223333'],
  ['AWS', role],
  ['AWS', 'arn:aws:iam::111122223333:root'],
  ['AWS', 'arn:aws-us-gov:iam::111122223333:role/app/x'],
  ['AWS', 'arn:aws-cn:iam::111122223333:user/division/alice'],
  ['AWS', 'arn:aws:sts::111122223333:assumed-role/deployer/alice@example.com'],
  ['AWS', 'arn:aws:sts::111122223333:federated-user/bob'],
  ['AWS', 'AROAEXAMPLE1234567890'],
  ['AWS', 'ACCOUNT_ID'],
  ['AWS', 'your-account-id'],
  ['AWS', '<ACCOUNT_ID>'],
  ['AWS', 'arn:aws:iam::ACCOUNT_ID:root'],
  ['AWS', 'arn:aws:iam::<ACCOUNT_ID>:role/<ROLE>'],
  ['AWS', '${var.principal}'],
  ['AWS', 'arn:${partition}:iam::111122223333:root'],
  ['Service', 'ec2.amazonaws.com'],
  ['Service', 'ec2.amazonaws.com.cn'],
  ['Service', 'logs.us-east-1.amazonaws.com'],
  ['Service', 'ec2.${AWS::URLSuffix}'],
  ['Service', 'SERVICE.amazonaws.com'],
  ['Service', 'cognito-identity.amazonaws.com'],
  ['Federated', 'cognito-identity.amazonaws.com'],
  ['Federated', 'www.amazon.com'],
  ['Federated', github],
  ['Federated', 'arn:aws:iam::111122223333:oidc-provider/example.eu.auth0.com/'],
  ['Federated', 'arn:aws:iam::111122223333:saml-provider/CorpIdP'],
  ['Federated', 'arn:aws:iam::$ACCOUNT_ID:saml-provider/$PROVIDER_NAME'],
  ['CanonicalUser', '79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be'],
] as const)('%s %j is well-formed or not known', (type, text) => {
  expect(faultIn(type, text)).toBeUndefined();
});

it.each([
  ['AWS', '', { kind: 'empty' }],
  ['AWS', ' ', { kind: 'empty' }],
  ['AWS', '1111*', { kind: 'wildcard' }],
  ['AWS', 'arn:aws:iam::<ACCOUNT_ID>:role/ci-*', { kind: 'wildcard' }],
  ['AWS', '1111-2222-3333', { kind: 'account-id', repaired: '111122223333' }],
  ['AWS', 11122223333, { kind: 'account-id', repaired: '011122223333' }],
  ['AWS', '1234', { kind: 'account-id' }],
  [
    'AWS',
    'arn:aws:iam::11122223333:root',
    { kind: 'account-id', repaired: 'arn:aws:iam::011122223333:root' },
  ],
  ['AWS', 'arn:aws:iam:::role/deployer', { kind: 'account-id' }],
  ['AWS', 'arn:aws:iam::aws:role/deployer', { kind: 'account-id' }],
  ['AWS', 'arn:aws:iam::111122223333:group/Operators', { kind: 'group', account: '111122223333' }],
  ['AWS', 'AGPAEXAMPLE1234567890', { kind: 'group' }],
  ['AWS', 'lambda.amazonaws.com', { kind: 'wrong-type', type: 'Service' }],
  ['AWS', github, { kind: 'wrong-type', type: 'Federated' }],
  ['AWS', 'accounts.google.com', { kind: 'wrong-type', type: 'Federated' }],
  ['AWS', 'arn:aws:iam:111122223333:role/deployer', { kind: 'arn', repaired: role }],
  ['AWS', 'arn:aws:iam:us-east-1:111122223333:role/deployer', { kind: 'arn', repaired: role }],
  ['AWS', 'arn:aws:sts::111122223333:role/deployer', { kind: 'arn', repaired: role }],
  ['AWS', 'arn:aws:iam::111122223333:Role/deployer', { kind: 'arn', repaired: role }],
  ['AWS', `${role} `, { kind: 'arn', repaired: role }],
  ['AWS', 'arn:aws:iam::111122223333:role/', { kind: 'arn', service: 'iam' }],
  ['AWS', 'arn:aws:iam::111122223333:policy/Admin', { kind: 'arn', service: 'iam' }],
  ['AWS', 'arn:aws:sts::111122223333:assumed-role/deployer', { kind: 'arn', service: 'sts' }],
  ['AWS', 'arn:aws:s3:::artifacts', { kind: 'arn', service: 's3' }],
  ['AWS', 'admin', { kind: 'format' }],
  ['AWS', 'alice@example.com', { kind: 'format' }],
  ['AWS', 'AKIAIOSFODNN7EXAMPLE', { kind: 'format' }],
  ['Service', '*.amazonaws.com', { kind: 'wildcard' }],
  ['Service', 'ec2', { kind: 'format', repaired: 'ec2.amazonaws.com' }],
  ['Service', 'EC2.amazonaws.com', { kind: 'format', repaired: 'ec2.amazonaws.com' }],
  ['Service', 'https://lambda.amazonaws.com/', { kind: 'format', repaired: 'lambda.amazonaws.com' }],
  [
    'Service',
    'arn:aws:lambda:us-east-1:111122223333:function:f',
    { kind: 'format', repaired: 'lambda.amazonaws.com' },
  ],
  ['Service', 'stepfunctions.amazonaws.com', { kind: 'unknown-service', repaired: 'states.amazonaws.com' }],
  ['Service', 'quantumteapot.amazonaws.com', { kind: 'unknown-service' }],
  ['Service', '111122223333', { kind: 'wrong-type', type: 'AWS' }],
  ['Service', 'www.amazon.com', { kind: 'wrong-type', type: 'Federated' }],
  ['Federated', '111122223333', { kind: 'wrong-type', type: 'AWS' }],
  ['Federated', 'lambda.amazonaws.com', { kind: 'wrong-type', type: 'Service' }],
  ['Federated', `${github}/`, { kind: 'format', repaired: github }],
  ['Federated', github.replace('token', 'https://token'), { kind: 'format', repaired: github }],
  ['Federated', 'arn:aws:sts::111122223333:oidc-provider/gitlab.com', { kind: 'format' }],
  ['Federated', 'arn:aws:iam::111122223333:saml-provider/', { kind: 'format' }],
  ['Federated', 'arn:aws:iam::1234:saml-provider/CorpIdP', { kind: 'account-id' }],
  ['Federated', 'https://gitlab.com', { kind: 'format', repaired: 'gitlab.com' }],
  ['Federated', 'gitlab.com', { kind: 'bare-host', repaired: 'gitlab.com' }],
] as const)('%s %j is at fault', (type, text, fault) => {
  expect(faultIn(type, text)).toEqual(fault);
});
