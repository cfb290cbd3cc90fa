/** Effective trust: which conditions count as guards, from the statement itself and from a Deny. */
import { describe, expect, it } from 'vitest';
import { json } from '../syntax/json.ts';
import { splitOperator } from './condition.ts';
import { accountOf, assumeActionsOf, isGuarded, testsOn } from './grants.ts';
import { readPolicy } from './read.ts';

const policyOf = (...statements: readonly object[]) => {
  const { root } = json.parse(JSON.stringify({ Version: '2012-10-17', Statement: statements }));
  if (!root) throw new Error('No root.');
  return readPolicy(root);
};
const allow = (condition?: object, more: object = {}) => ({
  Effect: 'Allow',
  Principal: { AWS: '*' },
  Action: 'sts:AssumeRole',
  ...(condition && { Condition: condition }),
  ...more,
});
const deny = (condition: object, more: object = {}) => ({ ...allow(condition, more), Effect: 'Deny' });
const org = { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' };
const guarded = (key: string, ...statements: readonly object[]): boolean => {
  const [grant] = policyOf(...statements).grants;
  if (!grant) throw new Error('No grant.');
  return isGuarded(grant, key);
};

describe('guards', () => {
  it.each<[string, boolean, readonly object[]]>([
    ['no condition', false, [allow()]],
    ['a positive operator', true, [allow({ StringEquals: org })]],
    ['a key in other capitals', true, [allow({ StringEquals: { 'AWS:principalorgid': 'o-a1b2c3d4e5' } })]],
    ['IfExists', false, [allow({ StringEqualsIfExists: org })]],
    [
      'IfExists and Null false',
      true,
      [allow({ StringEqualsIfExists: org, Null: { 'aws:PrincipalOrgID': 'false' } })],
    ],
    ['ForAllValues', false, [allow({ 'ForAllValues:StringEquals': org })]],
    ['ForAnyValue', true, [allow({ 'ForAnyValue:StringEquals': org })]],
    ['a negated operator', false, [allow({ StringNotEquals: org })]],
    ['Null alone', false, [allow({ Null: { 'aws:PrincipalOrgID': 'false' } })]],
    [
      'a vacuous value among others',
      false,
      [allow({ StringLike: { 'aws:PrincipalOrgID': ['o-a1b2c3d4e5', '*'] } })],
    ],
    ['a literal asterisk', true, [allow({ StringEquals: { 'aws:PrincipalOrgID': '*' } })]],
    ['no value', false, [allow({ StringEquals: { 'aws:PrincipalOrgID': [] } })]],
    ['a key with an unknown part', true, [allow({ StringEquals: { '<prefix>:PrincipalOrgID': 'x' } })]],
    ['an operator that IAM does not have', true, [allow({ StringEqual: org })]],
    ['a Deny of everybody else', true, [allow(), deny({ StringNotEquals: org })]],
    [
      'a Deny of everybody else but services',
      true,
      [allow(), deny({ StringNotEquals: org, BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' } })],
    ],
    [
      'a Deny of everybody without the key',
      true,
      [allow(), deny({ Null: { 'aws:PrincipalOrgID': 'true' } })],
    ],
    [
      'a Deny with a second condition',
      false,
      [allow(), deny({ StringNotEquals: org, IpAddress: { 'aws:SourceIp': '192.0.2.0/24' } })],
    ],
    ['a Deny of the same', false, [allow(), deny({ StringEquals: org })]],
    [
      'a Deny of another action',
      false,
      [allow(), deny({ StringNotEquals: org }, { Action: 'sts:TagSession' })],
    ],
    [
      'a Deny of another principal',
      false,
      [allow(), deny({ StringNotEquals: org }, { Principal: { AWS: '111122223333' } })],
    ],
  ])('%s: %s', (_, expected, statements) => {
    expect(guarded('aws:PrincipalOrgID', ...statements)).toBe(expected);
  });

  it('a Deny without MFA guards only if it catches callers without the key', () => {
    const mfa = (operator: string) =>
      guarded(
        'aws:MultiFactorAuthPresent',
        allow(),
        deny({ [operator]: { 'aws:MultiFactorAuthPresent': 'false' } }),
      );
    expect(mfa('BoolIfExists')).toBe(true);
    expect(mfa('Bool')).toBe(false);
  });
});

describe('grants', () => {
  it('are taken back by a Deny of the only way in that a principal has', () => {
    const { grants } = policyOf(
      allow(undefined, {
        Principal: { AWS: '111122223333', Service: 'ec2.amazonaws.com' },
        Action: 'sts:Assume*',
      }),
      deny({}),
    );
    expect(grants.map(({ principal }) => principal.kind)).toEqual(['service']);
  });

  it('are one for each principal of an Allow with an assume action', () => {
    const { grants } = policyOf(
      allow(undefined, {
        Principal: {
          AWS: ['111122223333', 'arn:aws:iam::999988887777:role/x'],
          Service: 'ec2.amazonaws.com',
        },
        Action: 'sts:Assume*',
      }),
      allow(undefined, { Action: 'sts:TagSession' }),
    );
    expect(grants.map(({ principal }) => accountOf(principal))).toEqual([
      '111122223333',
      '999988887777',
      undefined,
    ]);
    expect([...(grants[0] ? assumeActionsOf(grants[0]) : [])].sort()).toEqual([
      'sts:AssumeRole',
      'sts:AssumeRoleWithSAML',
      'sts:AssumeRoleWithWebIdentity',
    ]);
  });

  it('are taken back by a Deny without conditions', () => {
    expect(policyOf(allow(), deny({})).grants).toEqual([]);
    expect(policyOf(allow(), deny({}, { Action: 'sts:TagSession' })).grants).toHaveLength(1);
  });

  it.each<[string, boolean, object]>([
    ['of an unknown effect', true, { ...deny(org), Effect: '<EFFECT>' }],
    ['with no effect at all', false, { ...deny(org), Effect: undefined }],
    ['of an unknown principal', true, deny({}, { Principal: { AWS: '<ARN>' } })],
    [
      'of a role with an unknown account',
      false,
      deny({}, { Principal: { AWS: 'arn:aws:iam::<ID>:role/x' } }),
    ],
    ['of an unknown action', true, deny({}, { Action: '<ACTION>' })],
    ['under an unknown key', true, deny({ StringNotEquals: { '<KEY>': 'x' } })],
    ['of an unknown value', true, deny({ BoolIfExists: { 'aws:MultiFactorAuthPresent': '<BOOL>' } })],
    ['of an unknown organization', false, deny({ StringNotEquals: { 'aws:PrincipalOrgID': '<ORG>' } })],
  ])('may be narrowed unseen by a statement %s: %s', (_, expected, statement) => {
    expect(policyOf(allow(), statement).grants.map(({ open }) => open)).toEqual([expected]);
  });

  it('take NotAction as all the other actions', () => {
    const { grants } = policyOf(allow(undefined, { Action: undefined, NotAction: 'sts:AssumeRole' }));
    expect([...(grants[0] ? assumeActionsOf(grants[0]) : [])].sort()).toEqual([
      'sts:AssumeRoleWithSAML',
      'sts:AssumeRoleWithWebIdentity',
    ]);
  });

  it('read values of every type as text', () => {
    const [statement] = policyOf(
      allow({
        Bool: { 'aws:MultiFactorAuthPresent': true },
        NumericLessThan: { 'aws:MultiFactorAuthAge': 3600 },
      }),
    ).statements;
    const texts =
      statement &&
      ['aws:multifactorauthpresent', 'aws:multifactorauthage']
        .flatMap((key) => testsOn(statement, key))
        .flatMap(({ values }) => values.map(({ text }) => text));
    expect(texts).toEqual(['true', '3600']);
  });

  it('come of whatever is there', () => {
    for (const text of [
      '{}',
      '[]',
      '1',
      '{"Statement": 1}',
      '{"Statement": [1, null, {"Principal": [1], "Action": {}, "Condition": {"Bool": 1}}]}',
    ]) {
      const { root } = json.parse(text);
      expect(root && readPolicy(root).grants).toEqual([]);
    }
  });
});

it('takes operators apart', () => {
  expect(splitOperator('ForAnyValue:StringLikeIfExists')).toEqual({
    quantifier: 'ForAnyValue',
    name: 'StringLike',
    ifExists: true,
  });
  expect(splitOperator('Bool')).toEqual({ name: 'Bool', ifExists: false });
});
