/** Issuers that all customers of a vendor share: AWS demands the claim that tells one customer from another. */
import { type Block, requireBlocks } from '../../policy/amend.ts';
import { claimTests, isGitHub, type OidcGrant, oidcGrants, pinsOf } from '../../policy/oidc.ts';
import type { OidcPrincipal } from '../../policy/policy.ts';
import { lackedKey } from '../../policy/strength.ts';
import { defineRule, fix } from '../rule.ts';

/** GitHub has a rule of its own, for a clearer message, and so has a policy without any claim. */
const isForOthers = ({ principal, statement }: OidcGrant): boolean =>
  isGitHub(principal.provider) || claimTests(statement).length === 0;

export const rule = defineRule({
  id: 'oidc-shared-issuer-missing-claim',
  category: 'federation-oidc',
  severity: 'error',
  *check(policy) {
    for (const grant of oidcGrants(policy)) {
      const key = isForOthers(grant) ? undefined : lackedKey(grant);
      const { principal, statement } = grant;
      if (key === undefined || principal.provider === undefined) continue;
      yield {
        at: principal.node,
        message: `All customers of ${principal.provider.name} share this issuer, and IAM refuses the policy: it "must evaluate" ${key}. Require yours.`,
        fixes: fix(`Require ${key}`, requireBlocks(statement, pinFor(principal, key))),
      };
    }
  },
});

/** Of the blocks that pin a principal the one with the key, and only that key. */
const pinFor = (principal: OidcPrincipal, key: string): readonly Block[] =>
  pinsOf(principal).flatMap(([operator, tests]) => {
    const value = tests[key];
    return value === undefined ? [] : [[operator, { [key]: value }] as const];
  });
