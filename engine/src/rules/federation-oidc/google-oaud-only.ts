/** Google's `oaud` is whatever the requester of a token asked for: alone it tells nobody from another. */
import { requireTest } from '../../policy/amend.ts';
import { guardsOn } from '../../policy/grants.ts';
import { claimKey, claimTests, isClaimGuarded, oidcGrants } from '../../policy/oidc.ts';
import { placeholder } from '../../tree/change.ts';
import { defineRule, fix } from '../rule.ts';

/** What says who or for which client a token was issued. */
const telling = ['aud', 'email', 'google/organization_number', 'sub'];

export const rule = defineRule({
  id: 'google-oaud-only',
  category: 'federation-oidc',
  severity: 'warning',
  supersedes: ['oidc-sub-missing'],
  *check(policy) {
    for (const grant of oidcGrants(policy)) {
      const { principal, statement } = grant;
      if (principal.provider?.id !== 'google' || guardsOn(grant, claimKey(principal, 'oaud')).length === 0)
        continue;
      const tried = claimTests(statement).some(({ claim }) => telling.includes(claim.toLowerCase()));
      if (tried || isClaimGuarded(grant, ...telling)) continue;
      yield {
        at: principal.node,
        message: `Whoever asks Google for a token chooses its oaud, so any Google account may assume this role. Require ${claimKey(principal, 'sub')} too.`,
        fixes: fix(
          'Require the subject',
          requireTest(statement, 'StringEquals', claimKey(principal, 'sub'), placeholder('ACCOUNT_NUMBER')),
        ),
      };
    }
  },
});
