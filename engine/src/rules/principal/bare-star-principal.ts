/** IAM takes no bare `"Principal": "*"` in a trust policy, although other policies may have it. */
import { replaceValue } from '../../policy/amend.ts';
import { placeholder } from '../../tree/change.ts';
import { defineRule, fix } from '../rule.ts';

export const rule = defineRule({
  id: 'bare-star-principal',
  category: 'principal',
  severity: 'error',
  when: ['principal anyone'],
  *check({ statements }) {
    for (const { effect, principals } of statements) {
      for (const principal of principals) {
        if (principal.kind !== 'anyone' || !principal.bare) continue;
        yield {
          at: principal.node,
          message:
            effect === 'Deny'
              ? 'IAM refuses "Principal": "*" in a trust policy. To deny everybody, write { "AWS": "*" }.'
              : 'IAM refuses "Principal": "*" in a trust policy. Name the accounts, roles, services or providers to trust.',
          fixes:
            effect === 'Deny'
              ? fix('Change to { "AWS": "*" }', replaceValue(principal.node, { AWS: '*' }), true)
              : fix(
                  'Trust one account',
                  replaceValue(principal.node, { AWS: `arn:aws:iam::${placeholder('ACCOUNT_ID')}:root` }),
                ),
        };
      }
    }
  },
});
