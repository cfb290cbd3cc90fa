/** Whom a principal stands for, what a Deny takes back, and what a policy gives to whom. */
import { describe, expect, it } from 'vitest';
import { policyIn, principalIn, statementIn } from '../../../test/harness/policy.ts';
import { companionsOf, mayConcern, mayGive, mayUse } from './allowed.ts';
import { includes, isGuarded, mayDeny, takesBack } from './grants.ts';
import type { Principal } from './policy.ts';

const iam = 'arn:aws:iam::111122223333';
const everybody = (): Principal => {
  const [principal] = statementIn({ Principal: '*' }).principals;
  if (principal === undefined) throw new Error('Nobody.');
  return principal;
};
const [role, user, account, other, any, lambda, unknown, session, provider] = [
  principalIn('AWS', `${iam}:role/ci`),
  principalIn('AWS', `${iam}:user/ana`),
  principalIn('AWS', '111122223333'),
  principalIn('AWS', '444455556666'),
  principalIn('AWS', '*'),
  principalIn('Service', 'lambda.amazonaws.com'),
  principalIn('AWS', '<ARN>'),
  principalIn('AWS', 'arn:aws:sts::111122223333:assumed-role/ci/x'),
  principalIn('Federated', `${iam}:saml-provider/x`),
];

it.each<[string, Principal, Principal, boolean]>([
  ['everybody and a service', everybody(), lambda, true],
  ['everybody and everyone under AWS', everybody(), any, true],
  ['everyone under AWS and a role', any, role, true],
  ['everyone under AWS and everybody', any, everybody(), true],
  ['everyone under AWS and a service', any, lambda, false],
  ['an account and its role', account, role, true],
  ['an account and its user', account, user, true],
  ['an account and a session in it', account, session, true],
  ['an account and itself', account, principalIn('AWS', `${iam}:root`), true],
  ['an account and another', account, other, false],
  ['an account and a service', account, lambda, false],
  ['an account and a provider in it', account, provider, false],
  ['a role and its account', role, account, false],
  ['a role and itself', role, principalIn('AWS', `${iam}:role/ci`), true],
  ['a role and a user', role, user, false],
  ['an unknown one and itself', unknown, unknown, false],
  ['everybody and an unknown one', everybody(), unknown, false],
])('%s', (_, wide, narrow, expected) => {
  expect(includes(wide, narrow)).toBe(expected);
});

const allow = (
  principal: object | string,
  action: unknown = 'sts:AssumeRole',
  more: object = {},
): object => ({
  Effect: 'Allow',
  Principal: principal,
  Action: action,
  ...more,
});
const deny = (principal: object | string, action: unknown = 'sts:AssumeRole', more: object = {}): object => ({
  ...allow(principal, action, more),
  Effect: 'Deny',
});
const ci = { AWS: `${iam}:role/ci` };
const both = { AWS: [`${iam}:role/ci`, `${iam}:user/ana`] };

it.each<[string, object, object, boolean]>([
  ['the same', deny(ci), allow(ci), true],
  ['more', deny('*', 'sts:*'), allow(both), true],
  ['half of the principals', deny(ci), allow(both), false],
  ['the other half', deny({ AWS: `${iam}:user/ana` }), allow(both), false],
  [
    'with a condition',
    deny(ci, 'sts:AssumeRole', { Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
    allow(ci),
    false,
  ],
  ['another action', deny(ci, 'sts:TagSession'), allow(ci), false],
  ['what lets in, and not what goes along', deny(ci), allow(ci, ['sts:AssumeRole', 'sts:TagSession']), true],
  ['the way in that a role has', deny(ci), allow(ci, 'sts:Assume*'), true],
  [
    'one of two ways in',
    deny('*'),
    allow({ ...ci, Federated: `${iam}:saml-provider/x` }, 'sts:Assume*'),
    false,
  ],
  ['nothing that lets in', deny(ci), allow(ci, 'sts:TagSession'), false],
  ['nobody', deny(ci), allow({}), false],
  ['an unknown principal', deny({ AWS: '<ARN>' }), allow(ci), false],
  ['an unknown action', deny(ci, '<ACTION>'), allow(ci), false],
])('a Deny takes back %s', (_, denying, allowing, expected) => {
  const [first, second] = policyIn({ Statement: [denying, allowing] }).statements;
  expect(first && second && takesBack(first, second)).toBe(expected);
});

it.each([
  [{ Effect: 'Deny' }, true],
  [{ Effect: 'Allow' }, false],
  [{ Effect: '<EFFECT>' }, true],
  [{ Effect: 'deny' }, false],
  [{}, false],
  ['{ Effect = var.effect }', true],
])('%j may deny: %s', (statement, may) => {
  expect(mayDeny(statementIn(statement))).toBe(may);
});

const org = 'aws:PrincipalOrgID';
describe('a Deny guards', () => {
  it.each<[string, string, unknown, boolean]>([
    [org, 'StringNotEquals', 'o-a1b2c3d4e5', true],
    [org, 'StringNotEqualsIfExists', 'o-a1b2c3d4e5', true],
    [org, 'ForAnyValue:StringNotEquals', 'o-a1b2c3d4e5', false],
    [org, 'ForAllValues:StringNotEquals', 'o-a1b2c3d4e5', true],
    [org, 'StringNotLike', ['o-a1b2c3d4e5', '*'], false],
    [org, 'StringNotLike', 'o-a1*', true],
    [org, 'StringNotEquals', '*', true],
    [org, 'Null', 'true', true],
    [org, 'Null', ['true', 'true'], true],
    [org, 'Null', ['true', 'false'], false],
    [org, 'Null', 'false', false],
    [org, 'Null', [], false],
    [org, 'StringEquals', 'o-a1b2c3d4e5', false],
    ['aws:MultiFactorAuthPresent', 'BoolIfExists', 'false', true],
    ['aws:MultiFactorAuthPresent', 'BoolIfExists', ['false', 'true'], false],
    ['aws:MultiFactorAuthPresent', 'BoolIfExists', 'true', false],
    ['aws:MultiFactorAuthPresent', 'Bool', 'false', false],
    ['aws:SecureTransport', 'BoolIfExists', 'false', false],
    [org, 'Sounds', 'x', true],
  ])('%s by %s %j: %s', (key, operator, value, expected) => {
    const { grants } = policyIn({
      Statement: [
        allow({ AWS: '*' }),
        deny({ AWS: '*' }, 'sts:AssumeRole', { Condition: { [operator]: { [key]: value } } }),
      ],
    });
    expect(grants.map((grant) => isGuarded(grant, key))).toEqual([expected]);
  });
});

it('what a policy gives, or may give', () => {
  const policy = policyIn({
    Statement: [
      allow(ci),
      allow({ AWS: '444455556666' }, 'sts:TagSession'),
      deny({ AWS: '*' }, 'sts:SetSourceIdentity'),
    ],
  });
  const uses = (principal: Principal, action: Parameters<typeof mayUse>[1]): boolean =>
    mayUse(principal, action, policy);
  expect([uses(role, 'sts:AssumeRole'), uses(role, 'sts:TagSession'), uses(other, 'sts:TagSession')]).toEqual(
    [true, false, true],
  );
  expect([
    uses(other, 'sts:AssumeRole'),
    uses(other, 'sts:SetSourceIdentity'),
    uses(account, 'sts:AssumeRole'),
  ]).toEqual([false, false, true]);
  expect([
    uses(unknown, 'sts:AssumeRole'),
    uses(lambda, 'sts:AssumeRole'),
    uses(user, 'sts:AssumeRole'),
  ]).toEqual([true, false, false]);
});

it.each<[string | object, boolean, boolean]>([
  [allow(ci), true, true],
  [allow(ci, 'sts:TagSession'), false, true],
  [allow(ci, ['sts:TagSession', 'sts:Assume*']), true, true],
  [allow(ci, '<ACTION>'), true, true],
  ['{ Principal = { AWS = var.arns }, Action = var.actions }', true, true],
  [allow({ Service: 'lambda.amazonaws.com' }), true, false],
  [allow({ AWS: 'nobody at all' }), true, false],
  [allow({ AWS: '<ARN>' }), true, true],
])('%j may give the action: %s, and to the role: %s', (written, gives, concerns) => {
  const statement = statementIn(written);
  expect([mayGive(statement, 'sts:AssumeRole'), mayConcern(statement, role)]).toEqual([gives, concerns]);
});

it('some services need more than one action', () => {
  expect(companionsOf(principalIn('Service', 'pods.eks.amazonaws.com'))).toEqual(['sts:TagSession']);
  expect(companionsOf(principalIn('Service', 'brandnew.amazonaws.com'))).toEqual([]);
  expect(companionsOf(lambda)).toEqual([]);
  expect(companionsOf(role)).toEqual([]);
});
