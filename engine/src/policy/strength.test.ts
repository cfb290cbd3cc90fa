/** The strength of guards: what a key can do, and what its values make of it. */
import { describe, expect, it } from 'vitest';
import { json } from '../syntax/json.ts';
import type { Grant } from './policy.ts';
import { readPolicy } from './read.ts';
import { isAttempted, isBypassed, isNarrowed, strengthOf } from './strength.ts';

const grantOf = (condition: object, ...others: readonly object[]): Grant => {
  const allow = { Effect: 'Allow', Principal: { AWS: '*' }, Action: 'sts:AssumeRole', Condition: condition };
  const { root } = json.parse(JSON.stringify({ Statement: [allow, ...others] }));
  const grant = root && readPolicy(root).grants[0];
  if (!grant) throw new Error('No grant.');
  return grant;
};

describe('one guard', () => {
  it.each<[string, object, string]>([
    ['an organization', { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } }, 'strong'],
    ['a pattern of organizations', { StringLike: { 'aws:PrincipalOrgID': 'o-*' } }, 'weak'],
    ['an unknown organization', { StringEquals: { 'aws:PrincipalOrgID': '<ORG>' } }, 'strong'],
    ['paths of one', { 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': 'o-a1b2c3d4e5/*' } }, 'strong'],
    ['paths of any', { 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': 'o-*/r-ab12/*' } }, 'weak'],
    [
      'an ARN with its account',
      { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::111122223333:role/*' } },
      'strong',
    ],
    ['an ARN of any account', { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/ci' } }, 'weak'],
    [
      'one ARN with and one without',
      { ArnLike: { 'aws:PrincipalArn': ['arn:aws:iam::111122223333:role/ci', 'arn:aws:iam::*:role/ci'] } },
      'weak',
    ],
    [
      'an ARN with an unknown account',
      { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::<ID>:role/*' } },
      'strong',
    ],
    ['a unique id', { StringLike: { 'aws:userid': 'AROAEXAMPLEID1234567:*' } }, 'strong'],
    ['a session name', { StringLike: { 'aws:userid': '*:alice' } }, 'weak'],
    ['an external ID', { StringEquals: { 'sts:ExternalId': 'x1y2' } }, 'weak'],
    ['a time', { DateLessThan: { 'aws:CurrentTime': '2030-01-01T00:00:00Z' } }, 'none'],
    ['a key that nobody knows', { StringEquals: { 'aws:SomethingNew': 'x' } }, 'strong'],
  ])('%s', (_, condition, expected) => {
    expect(grantOf(condition).guards.map(strengthOf)).toEqual([expected]);
  });

  it('of a Deny of callers without the key is weak', () => {
    const deny = { Effect: 'Deny', Principal: { AWS: '*' }, Action: 'sts:AssumeRole' };
    const guards = grantOf({}, { ...deny, Condition: { Null: { 'aws:PrincipalOrgID': 'true' } } }).guards;
    expect(guards.map(strengthOf)).toEqual(['weak']);
  });
});

describe('a grant', () => {
  it('is narrowed by what asks who calls only', () => {
    expect(isNarrowed(grantOf({ Bool: { 'aws:SecureTransport': 'true' } }))).toBe(false);
    expect(isNarrowed(grantOf({ IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } }))).toBe(true);
    expect(isNarrowed(grantOf({ '<OPERATOR>': { 'aws:SourceIp': '203.0.113.0/24' } }))).toBe(true);
  });

  it('has attempts at a guard where the operator or a value undoes it', () => {
    const attempted = (condition: object): boolean => isAttempted(grantOf(condition), 'sts:ExternalId');
    expect(attempted({ StringEqualsIfExists: { 'sts:externalid': 'x1y2' } })).toBe(true);
    expect(attempted({ StringLike: { 'sts:ExternalId': ['x1y2', '*'] } })).toBe(true);
    expect(attempted({ StringNotEquals: { 'sts:ExternalId': 'x1y2' } })).toBe(false);
    expect(attempted({ StringEqualsIfExists: { 'aws:PrincipalTag/team': 'x1y2' } })).toBe(false);
  });

  it('can be bypassed by IfExists on a key that asks who calls', () => {
    const bypassed = (condition: object): boolean => grantOf(condition).statement.tests.some(isBypassed);
    expect(bypassed({ StringEqualsIfExists: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } })).toBe(true);
    expect(bypassed({ StringNotEqualsIfExists: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } })).toBe(false);
    expect(bypassed({ BoolIfExists: { 'aws:SecureTransport': 'true' } })).toBe(false);
  });
});
