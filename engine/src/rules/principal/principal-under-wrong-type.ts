/** A principal that stands under the key of another type. */
import { movePrincipal } from '../../policy/amend.ts';
import { faultyPrincipals } from '../principals.ts';
import { defineRule, fix } from '../rule.ts';

const descriptions = {
  AWS: 'an account, user, role or session',
  Service: 'an AWS service',
  Federated: 'an identity provider',
  CanonicalUser: 'a canonical user',
} as const;

export const rule = defineRule({
  id: 'principal-under-wrong-type',
  category: 'principal',
  severity: 'error',
  when: ['principal fault wrong-type'],
  *check(policy) {
    for (const { principal, fault } of faultyPrincipals(policy, 'wrong-type')) {
      yield {
        at: principal.node,
        message: `IAM answers "Invalid principal in policy": this is ${descriptions[fault.type]}. Put it under "${fault.type}".`,
        fixes: fix(`Move to "${fault.type}"`, movePrincipal(principal, fault.type)),
      };
    }
  },
});
