/** An account id is a string of twelve digits. */
import { replaceValue } from '../../policy/amend.ts';
import { faultyAccounts } from '../../policy/compared-account.ts';
import { faultyPrincipals } from '../principals.ts';
import { defineRule, fix } from '../rule.ts';

export const rule = defineRule({
  id: 'invalid-account-id',
  category: 'principal',
  severity: 'error',
  *check(policy) {
    for (const { principal, fault } of faultyPrincipals(policy, 'account-id')) {
      const number = principal.node.kind === 'number';
      yield {
        at: principal.node,
        message: number
          ? 'IAM refuses an account id that is a number, and leading zeros are lost in one. Write the twelve digits as a string.'
          : 'IAM refuses this principal: an account id has exactly twelve digits. Check it for lost zeros, hyphens and blanks.',
        fixes:
          fault.repaired === undefined
            ? []
            : fix(`Change to ${fault.repaired}`, replaceValue(principal.node, fault.repaired)),
      };
    }
    for (const { value, key, repaired } of faultyAccounts(policy)) {
      yield {
        at: value.node,
        message: `An account id has exactly twelve digits, so ${key} never holds "${value.text}". Check it for lost zeros, hyphens and blanks.`,
        fixes: repaired === undefined ? [] : fix(`Change to ${repaired}`, replaceValue(value.node, repaired)),
      };
    }
  },
});
