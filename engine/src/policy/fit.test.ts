/** Which principals can use which actions. */
import { expect, it } from 'vitest';
import { principalIn, statementIn } from '../../../test/harness/policy.ts';
import { trustActions } from '../catalog/catalog.ts';
import { actionFor, callerKind, canUse, isWayIn } from './fit.ts';
import type { Principal } from './policy.ts';

const arn = 'arn:aws:iam::111122223333';
const role = 'sts:AssumeRole';
const [web, saml] = ['sts:AssumeRoleWithWebIdentity', 'sts:AssumeRoleWithSAML'];

it.each<[string, string, string | undefined, string | undefined]>([
  ['AWS', '111122223333', 'aws', role],
  ['AWS', `${arn}:root`, 'aws', role],
  ['AWS', `${arn}:role/a`, 'aws', role],
  ['AWS', `${arn}:user/a`, 'aws', role],
  ['AWS', 'arn:aws:sts::111122223333:assumed-role/a/b', 'aws', role],
  ['AWS', 'arn:aws:sts::111122223333:federated-user/a', 'aws', role],
  ['AWS', 'AROAEXAMPLEID1234567', 'aws', role],
  ['Service', 'ec2.amazonaws.com', 'service', role],
  ['Federated', `${arn}:saml-provider/a`, 'saml', saml],
  ['Federated', `${arn}:oidc-provider/example.com`, 'oidc', web],
  ['AWS', '*', undefined, undefined],
  ['AWS', 'nobody at all', undefined, undefined],
  ['AWS', '<ARN>', undefined, undefined],
  ['CanonicalUser', 'a'.repeat(64), undefined, undefined],
])('%s %s calls as %s by %s', (type, text, kind, action) => {
  const principal = principalIn(type, text);
  expect([callerKind(principal), actionFor(principal)]).toEqual([kind, action]);
});

const everybody = (): Principal => {
  const [principal] = statementIn({ Principal: '*' }).principals;
  if (principal === undefined) throw new Error('Nobody.');
  return principal;
};

it.each<[string, Principal, readonly string[], readonly string[]]>([
  ['a role', principalIn('AWS', `${arn}:role/a`), [role], [role]],
  ['everyone under AWS', principalIn('AWS', '*'), [role, saml, web], [role]],
  ['everybody', everybody(), [role, saml, web], [role, saml, web]],
  ['a provider', principalIn('Federated', `${arn}:saml-provider/a`), [saml], [saml]],
])('%s', (_, principal, usable, waysIn) => {
  const assuming = trustActions().filter(({ id }) => [role, saml, web].includes(id));
  const ids = (test: typeof canUse): readonly string[] =>
    assuming.filter((action) => test(principal, action)).map(({ id }) => id);
  expect({ usable: ids(canUse).toSorted(), waysIn: ids(isWayIn).toSorted() }).toEqual({ usable, waysIn });
});
