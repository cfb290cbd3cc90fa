/** Roles, their sessions, and the roles of IAM Identity Center. */
import { expect, it } from 'vitest';
import { principalIn } from '../../../test/harness/policy.ts';
import type { NamedPrincipal } from './policy.ts';
import { isIdentityCenterRole, permissionSetPattern, roleArnOf, roleNameOf } from './session.ts';

const named = (text: string): NamedPrincipal => {
  const principal = principalIn('AWS', text);
  if (!('name' in principal) || principal.kind === 'saml') throw new Error(`${text} has no name.`);
  return principal;
};
const iam = 'arn:aws:iam::111122223333';
const sts = 'arn:aws:sts::111122223333:assumed-role';
const sso = 'aws-reserved/sso.amazonaws.com';
const set = 'AWSReservedSSO_Admin_Access_0123456789abcdef';

it.each([
  [`${iam}:role/ci`, 'ci'],
  [`${iam}:role/team/ci`, 'ci'],
  [`${sts}/ci/build`, 'ci'],
])('the role of %s is %s', (text, name) => {
  expect(roleNameOf(named(text))).toBe(name);
});

it.each([
  [`${sts}/ci/build`, `${iam}:role/ci`],
  ['arn:aws-cn:sts::111122223333:assumed-role/ci/build', 'arn:aws-cn:iam::111122223333:role/ci'],
  ['arn:aws:sts::<ID>:assumed-role/ci/build', undefined],
  [`${sts}/<ROLE>/build`, undefined],
  [`${sts}/${set}/ana`, undefined],
  [`${sts}/MyAWSReservedSSO_/ana`, `${iam}:role/MyAWSReservedSSO_`],
])('the ARN of the role of %s is %s', (text, arn) => {
  expect(roleArnOf(named(text))).toBe(arn);
});

it.each([
  [`${iam}:role/${sso}/${set}`, true, `${iam}:role/${sso}*/AWSReservedSSO_Admin_Access_*`],
  [`${iam}:role/${sso}/eu-west-1/${set}`, true, `${iam}:role/${sso}*/AWSReservedSSO_Admin_Access_*`],
  [`${iam}:role/${set}`, true, `${iam}:role/${sso}*/AWSReservedSSO_Admin_Access_*`],
  [`${iam}:role/${sso}/other`, true, undefined],
  [`${iam}:role/My${set}`, false, undefined],
  [`${iam}:role/AWSReservedSSO_Admin_0123456789abcde`, true, undefined],
  [`${iam}:role/AWSReservedSSO_Admin_0123456789abcdef0`, true, undefined],
  [`${iam}:role/team/${sso}`, false, undefined],
  [`${iam}:user/${set}`, false, `${iam}:role/${sso}*/AWSReservedSSO_Admin_Access_*`],
  ['arn:aws:iam::<ID>:role/AWSReservedSSO_Admin_0123456789abcdef', true, undefined],
])('%s is of IAM Identity Center: %s', (text, is, pattern) => {
  expect([isIdentityCenterRole(named(text)), permissionSetPattern(named(text))]).toEqual([is, pattern]);
});
