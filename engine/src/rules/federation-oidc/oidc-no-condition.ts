/** An OIDC provider trusted without a look at its tokens' claims lets in everybody whom the provider knows. */
import { conditionKeyNamed } from '../../catalog/catalog.ts';
import { requireBlocks } from '../../policy/amend.ts';
import {
  claimTests,
  isClaimGuarded,
  type OidcGrant,
  oidcGrants,
  pinsOf,
  requiredKey,
} from '../../policy/oidc.ts';
import { isGuarded } from '../../policy/grants.ts';
import { narrowing } from '../../policy/strength.ts';
import { defineRule, fix } from '../rule.ts';

/** Whether the statement says nothing of any issuer's claims; a claim of another issuer is another rule's mistake. */
const looksAtNoClaim = (grant: OidcGrant): boolean =>
  claimTests(grant.statement).length === 0 &&
  !isClaimGuarded(grant, 'aud', 'sub') &&
  !isRequiredGuarded(grant);

function isRequiredGuarded(grant: OidcGrant): boolean {
  const key = requiredKey(grant.principal);
  return key !== undefined && isGuarded(grant, key);
}

/** Whether a test that no federated caller can pass keeps everybody out, or one on a key that is not known may. */
const isShut = (grant: OidcGrant): boolean =>
  narrowing(grant).some(({ key }) => (conditionKeyNamed(key)?.presence.federated ?? 'no') === 'no');

export const rule = defineRule({
  id: 'oidc-no-condition',
  category: 'federation-oidc',
  severity: 'error',
  *check(policy) {
    for (const grant of oidcGrants(policy).filter((each) => looksAtNoClaim(each) && !isShut(each))) {
      const { principal, statement } = grant;
      const pins = pinsOf(principal);
      const claims = pins
        .flatMap(([, tests]) => Object.keys(tests).map((key) => key.slice(key.lastIndexOf(':') + 1)))
        .join(' and ');
      yield {
        at: principal.node,
        // A network or session tag in the way is something, though not what tells one identity from another.
        severity: narrowing(grant).length > 0 ? 'warning' : 'error',
        message: `Every token that ${principal.issuer} issues opens this role, whoever it was issued to. Require its ${claims}.`,
        fixes: fix(`Require ${claims}`, requireBlocks(statement, pins)),
      };
    }
  },
});
