/** IAM groups collect permissions; they cannot be trusted. */
import { replaceValue } from '../../policy/amend.ts';
import { parseArn } from '../../policy/arn.ts';
import { faultyPrincipals } from '../principals.ts';
import { defineRule, fix } from '../rule.ts';

export const rule = defineRule({
  id: 'group-principal',
  category: 'principal',
  severity: 'error',
  when: ['principal fault group'],
  *check(policy) {
    for (const { principal, fault } of faultyPrincipals(policy, 'group')) {
      const partition = parseArn(principal.text)?.partition ?? 'aws';
      yield {
        at: principal.node,
        message:
          'IAM refuses a group as principal, because a group is no identity. Trust the account and let the group’s policy allow sts:AssumeRole on this role.',
        fixes:
          fault.account === undefined
            ? []
            : fix(
                'Trust the account of the group',
                replaceValue(principal.node, `arn:${partition}:iam::${fault.account}:root`),
              ),
      };
    }
  },
});
