/** Who of the people of an identity provider: not said at all, or by a name that changes with every sign-in. */
import { requireTest } from '../../policy/amend.ts';
import { hasKnownValues } from '../../policy/condition.ts';
import { isGuarded, testsOn } from '../../policy/grants.ts';
import { samlGrants, samlTests } from '../../policy/saml.ts';
import { isAttempted } from '../../policy/strength.ts';
import { defineRule, fix } from '../rule.ts';

/** Keys that say for whom and by whom an assertion was issued, but not to whom. */
const impersonal = ['saml:aud', 'saml:doc', 'saml:iss'];

/** The providers that IAM Identity Center makes: it assigns the roles itself. */
const isIdentityCenter = (name: string): boolean => /^AWSSSO_.*_DO_NOT_DELETE$/.test(name);

export const rules = [
  defineRule({
    id: 'saml-subject-unpinned',
    category: 'federation-saml',
    severity: 'hint',
    *check(policy) {
      for (const grant of samlGrants(policy)) {
        const { principal, statement, guards, open } = grant;
        if (open || !statement.tests.every(hasKnownValues) || isIdentityCenter(principal.name)) continue;
        // Without the audience there is a finding already.
        if (!isGuarded(grant, 'saml:aud') || isAttempted(grant, 'saml:aud')) continue;
        const keys = [
          ...statement.tests.map(({ key }) => key.toLowerCase()),
          ...guards.map(({ key }) => key),
        ];
        if (!keys.every((key) => impersonal.includes(key))) continue;
        yield {
          at: principal.node,
          message: `${principal.name} alone decides who gets this role. Test saml:sub, an attribute or a session tag if AWS shall check it too.`,
        };
      }
    },
  }),
  defineRule({
    id: 'saml-sub-not-persistent',
    category: 'federation-saml',
    severity: 'information',
    *check(policy) {
      for (const grant of samlGrants(policy)) {
        const [subject] = samlTests(grant, 'sub');
        const types = testsOn(grant.statement, 'saml:sub_type').flatMap(({ values }) => values);
        if (subject === undefined || grant.open || !grant.statement.tests.every(hasKnownValues)) continue;
        if (types.some(({ text }) => text === 'persistent')) continue;
        yield {
          at: subject.member.key,
          message:
            'A subject of the type transient is another one at every sign-in, so comparing it tells nobody. Require saml:sub_type persistent.',
          fixes: fix(
            'Require a persistent subject',
            requireTest(grant.statement, 'StringEquals', 'saml:sub_type', 'persistent'),
          ),
          related: types
            .slice(0, 1)
            .map(({ node }) => ({ at: node, message: 'The type that is asked for.' })),
        };
      }
    },
  }),
];
