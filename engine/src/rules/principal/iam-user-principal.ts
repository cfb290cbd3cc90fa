/** IAM users sign in with keys that last until somebody takes them away; roles have none. */
import { isGuarded } from '../../policy/grants.ts';
import { requireMfa } from '../remedies.ts';
import { defineRule } from '../rule.ts';

export const rule = defineRule({
  id: 'iam-user-principal',
  category: 'principal',
  severity: 'hint',
  when: ['principal user'],
  *check({ grants }) {
    for (const grant of grants) {
      if (grant.principal.kind !== 'user') continue;
      if (isGuarded(grant, 'aws:MultiFactorAuthPresent', 'aws:MultiFactorAuthAge')) continue;
      yield {
        at: grant.principal.node,
        message:
          'An IAM user has long-term keys, and whoever finds them can assume this role. Trust a role instead, or require MFA.',
        fixes: requireMfa(grant.statement),
      };
    }
  },
});
