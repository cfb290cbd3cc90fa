/** The size of the policy against the quotas of IAM. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
import type { Policy } from '../../policy/policy.ts';
import { DEFAULT_QUOTA } from '../../policy/size.ts';
import type { Member } from '../../tree/tree.ts';
import { memberOf } from '../../tree/walk.ts';
import { defineRule } from '../rule.ts';

const maximum = 8192;

/** Where to point at the size of a policy. */
const bulk = ({ node }: Policy): Member | undefined => memberOf(node, 'Statement');

export const rules = [
  defineRule({
    id: 'policy-size-default-quota',
    category: 'grammar',
    severity: 'warning',
    scope: 'policy',
    *check(policy) {
      const { size } = policy;
      const member = bulk(policy);
      if (member === undefined || size <= DEFAULT_QUOTA || size > maximum) return;
      yield {
        at: member.key,
        message: `This policy has ${String(size)} characters without white space; IAM takes ${String(DEFAULT_QUOTA)} unless the quota of the account was raised. Put principals with the same actions and conditions into one statement.`,
      };
    },
  }),
  defineRule({
    id: 'policy-size-max-quota',
    category: 'grammar',
    severity: 'error',
    scope: 'policy',
    *check(policy) {
      const { size } = policy;
      const member = bulk(policy);
      if (member === undefined || size <= maximum) return;
      yield {
        at: member.key,
        message: `IAM refuses this policy: it has ${String(size)} characters without white space, and no quota goes beyond ${String(maximum)}. Trust accounts with a condition on aws:PrincipalArn in place of long lists of roles.`,
      };
    },
  }),
];
