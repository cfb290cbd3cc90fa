/** The audience says for whom a token was issued: without it, tokens meant for other services open the role too. */
import { requireTest } from '../../policy/amend.ts';
import {
  audienceOf,
  claimKey,
  claimTests,
  isClaimGuarded,
  isTestedElsewhere,
  oidcGrants,
} from '../../policy/oidc.ts';
import { isAttempted } from '../../policy/strength.ts';
import { defineRule, fix } from '../rule.ts';

export const rule = defineRule({
  id: 'oidc-aud-missing',
  category: 'federation-oidc',
  severity: 'warning',
  *check(policy) {
    for (const grant of oidcGrants(policy)) {
      const { principal, statement } = grant;
      // Without any test on claims there is one finding, on all of them. IAM demands the audience of some issuers.
      if (claimTests(statement).length === 0 || principal.provider?.requiredClaim?.key === 'aud') continue;
      if (isClaimGuarded(grant, 'aud', 'oaud', 'app_id') || isTestedElsewhere(grant, 'aud')) continue;
      const key = claimKey(principal, 'aud');
      if (isAttempted(grant, key) || principal.provider?.claims.includes('aud') === false) continue;
      yield {
        at: principal.node,
        message: `Tokens that ${principal.issuer} issued for other services open this role too. Require ${key}.`,
        fixes: fix(
          'Require the audience',
          requireTest(statement, 'StringEquals', key, audienceOf(principal.issuer, principal.provider)),
        ),
      };
    }
  },
});
