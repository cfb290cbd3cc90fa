/** SAML:aud is the recipient of an assertion: without it, those for other service providers are taken too. */
import { samlEndpoints } from '../../catalog/catalog.ts';
import { requireTest } from '../../policy/amend.ts';
import { assumeActionsOf, isGuarded } from '../../policy/grants.ts';
import type { Statement } from '../../policy/policy.ts';
import { isAttempted } from '../../policy/strength.ts';
import { placeholder } from '../../tree/change.ts';
import { defineRule, type Fix, fix } from '../rule.ts';

/** As AWS spells it in its examples; names of keys are the same in any case. */
const KEY = 'SAML:aud';

export const rule = defineRule({
  id: 'saml-aud-missing',
  category: 'federation-saml',
  severity: 'warning',
  *check({ grants }) {
    for (const grant of grants) {
      const { principal, statement } = grant;
      if (principal.kind !== 'saml' || !assumeActionsOf(grant).has('sts:AssumeRoleWithSAML')) continue;
      if (isGuarded(grant, KEY) || isAttempted(grant, KEY)) continue;
      const narrowed = grant.guards.some(({ key }) => key.startsWith('saml:'));
      yield {
        at: principal.node,
        severity: narrowed ? 'information' : 'warning',
        message: `Assertions that ${principal.name} issued for other service providers open this role too. Require SAML:aud, the AWS sign-in endpoint.`,
        fixes: requireAudience(statement, principal.partition),
      };
    }
  },
});

function requireAudience(statement: Statement, partition: string): readonly Fix[] {
  const endpoint = samlEndpoints().find((each) => each.form === 'global' && each.partition === partition);
  return fix(
    'Require SAML:aud',
    requireTest(statement, 'StringEquals', KEY, endpoint?.value ?? placeholder('SIGN_IN_ENDPOINT')),
  );
}
