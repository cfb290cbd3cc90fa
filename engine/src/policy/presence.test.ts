/** Which requests carry which keys. */
import { expect, it } from 'vitest';
import { principalIn, statementIn } from '../../../test/harness/policy.ts';
import type { Principal } from './policy.ts';
import { callerOf, presenceOf, withoutKey } from './presence.ts';

const iam = 'arn:aws:iam::111122223333';
const everybody = (): Principal => {
  const [principal] = statementIn({ Principal: '*' }).principals;
  if (principal === undefined) throw new Error('Nobody.');
  return principal;
};

it.each<[string, string, Principal, string]>([
  ['aws:PrincipalOrgID', 'a role', principalIn('AWS', `${iam}:role/ci`), 'sometimes'],
  ['aws:PrincipalAccount', 'a role', principalIn('AWS', `${iam}:role/ci`), 'yes'],
  ['aws:PrincipalOrgID', 'a service', principalIn('Service', 'ec2.amazonaws.com'), 'no'],
  ['aws:username', 'a role', principalIn('AWS', `${iam}:role/ci`), 'no'],
  ['AWS:Username', 'a session', principalIn('AWS', 'arn:aws:sts::111122223333:assumed-role/ci/x'), 'no'],
  ['aws:username', 'a user', principalIn('AWS', `${iam}:user/ana`), 'sometimes'],
  [
    'aws:PrincipalTag/x509Subject/CN',
    'Roles Anywhere',
    principalIn('Service', 'rolesanywhere.amazonaws.com'),
    'sometimes',
  ],
  ['aws:PrincipalTag/team', 'a service', principalIn('Service', 'ec2.amazonaws.com'), 'no'],
  ['aws:PrincipalTag/team', 'a role', principalIn('AWS', `${iam}:role/ci`), 'sometimes'],
  ['aws:PrincipalOrgID', 'everybody', everybody(), 'unknown'],
  ['aws:PrincipalOrgID', 'everyone under AWS', principalIn('AWS', '*'), 'sometimes'],
  ['aws:PrincipalOrgID', 'nobody that is known', principalIn('AWS', 'nobody at all'), 'unknown'],
  ['aws:PrincipalOrgID', 'a canonical user', principalIn('CanonicalUser', 'a'.repeat(64)), 'unknown'],
  ['aws:PrincipalOrgID', 'an unknown role', principalIn('AWS', `${iam}:role/<ROLE>`), 'unknown'],
  ['aws:Nothing', 'a role', principalIn('AWS', `${iam}:role/ci`), 'unknown'],
])('%s of %s', (key, _, principal, expected) => {
  expect(presenceOf(key, principal)).toBe(expected);
});

it('callers are named after what they lack', () => {
  const [role, service, provider] = [
    principalIn('AWS', `${iam}:role/ci`),
    principalIn('Service', 'ec2.amazonaws.com'),
    principalIn('Federated', `${iam}:saml-provider/x`),
  ];
  expect([role, service, provider].map(callerOf)).toEqual(['aws', 'service', 'federated']);
  expect(withoutKey('aws:UserName', role)).toBe('roles');
  expect(withoutKey('aws:PrincipalOrgID', role)).toBe('AWS accounts, users and roles');
  expect(withoutKey('aws:username', service)).toBe('AWS services');
  expect(withoutKey('aws:username', provider)).toBe('federated identities');
});
