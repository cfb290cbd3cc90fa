/** Trust in accounts, graded: whose the account is, how much of it is trusted, and what stands in the way. */
import { describe, expect, it } from 'vitest';
import { look } from '../../../../test/harness/look.ts';

const vendor = '464622532012';
const stranger = '999988887777';
const root = (account: string): string => `arn:aws:iam::${account}:root`;
const role = (account: string): string => `arn:aws:iam::${account}:role/reader`;

const grades = (principal: string, condition?: object, settings?: object): readonly string[] => {
  const statement = {
    Effect: 'Allow',
    Principal: { AWS: principal },
    Action: 'sts:AssumeRole',
    ...(condition && { Condition: condition }),
  };
  const text = JSON.stringify({ Version: '2012-10-17', Statement: statement });
  return look({ text, language: 'json', settings }).findings.map(
    ({ rule, severity }) => `${severity} ${rule}`,
  );
};

const externalId = { StringEquals: { 'sts:ExternalId': 'f1e2d3c4b5a69788' } };
const whole = 'account-root-principal';
const foreign = 'cross-account-missing-external-id';
const unfilled = 'information placeholder-value';

describe('trust in an account', () => {
  it.each<[string, string, object | undefined, readonly string[]]>([
    ['a vendor', root(vendor), undefined, [`warning ${foreign}`]],
    ['a vendor by its id', vendor, undefined, [`warning ${foreign}`]],
    ['a role of a vendor', role(vendor), undefined, [`warning ${foreign}`]],
    ['a vendor with its external ID', role(vendor), externalId, []],
    [
      'a vendor with an optional external ID',
      root(vendor),
      { StringEqualsIfExists: { 'sts:ExternalId': 'f1e2d3c4b5a69788' } },
      ['warning ifexists-weakens-allow'],
    ],
    [
      'a vendor with any external ID',
      root(vendor),
      { StringLike: { 'sts:ExternalId': '*' } },
      ['warning external-id-wildcard'],
    ],
    [
      'a vendor with another guard',
      root(vendor),
      { Bool: { 'aws:MultiFactorAuthPresent': 'true' } },
      [`warning ${foreign}`],
    ],
    ['an account', root(stranger), undefined, [`warning ${whole}`]],
    ['an account by its id', stranger, undefined, [`warning ${whole}`]],
    [
      'an account with an empty condition',
      root(stranger),
      {},
      [`warning ${whole}`, 'information empty-condition'],
    ],
    [
      'an account with an idle condition',
      root(stranger),
      { Bool: { 'aws:SecureTransport': 'true' } },
      [`information ${whole}`],
    ],
    ['an account with an external ID', root(stranger), externalId, []],
    ['an account with MFA', root(stranger), { Bool: { 'aws:MultiFactorAuthPresent': 'true' } }, []],
    ['a role', role(stranger), undefined, [`information ${foreign}`]],
    [
      'a role in the organization',
      role(stranger),
      { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } },
      [],
    ],
    ['an account that is not known', root('<ACCOUNT_ID>'), undefined, [unfilled]],
    ['a role of an account that is not known', role('<ACCOUNT_ID>'), undefined, [unfilled]],
    [
      'an account behind a condition that is not known',
      root(stranger),
      { StringEquals: { '<KEY>': 'x' } },
      [],
    ],
  ])('%s', (_, principal, condition, expected) => {
    expect(grades(principal, condition)).toEqual(expected);
  });

  it.each([
    ['an account', root(stranger), [`information ${whole}`]],
    ['a role', role(stranger), []],
    ['a vendor', root(vendor), [`information ${whole}`]],
  ])('%s that is listed as trusted', (_, principal, expected) => {
    expect(grades(principal, undefined, { trustedAccounts: [stranger, vendor] })).toEqual(expected);
  });

  it('tells strangers apart even if the rule on whole accounts is off', () => {
    expect(grades(root(stranger), undefined, { rules: { [whole]: 'off' } })).toEqual([
      `information ${foreign}`,
    ]);
  });
});
