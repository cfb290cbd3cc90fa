/** Beside the whole account, naming one of its identities narrows nothing. */
import { removeItem } from '../../policy/amend.ts';
import { accountOf } from '../../policy/grants.ts';
import type { Principal } from '../../policy/policy.ts';
import { defineRule, fix } from '../rule.ts';

export const rule = defineRule({
  id: 'account-principal-hides-specific',
  category: 'principal',
  severity: 'information',
  tag: 'unnecessary',
  when: ['principal account'],
  *check({ statements }) {
    for (const { principals } of statements.filter(({ effect }) => effect === 'Allow')) {
      for (const principal of principals) {
        const whole = wholeAccountOf(principal, principals);
        if (whole === undefined) continue;
        yield {
          at: principal.node,
          message: `The whole account ${accountOf(whole) ?? ''} is trusted by this statement, so naming one of its identities narrows nothing. Take one of the two out.`,
          fixes: [
            ...fix('Trust the named identities only', removeItem(whole.node)),
            ...fix('Trust the account only', removeItem(principal.node)),
          ],
          related: [{ at: whole.node, message: 'The whole account.' }],
        };
      }
    }
  },
});

function wholeAccountOf(principal: Principal, principals: readonly Principal[]): Principal | undefined {
  const account = accountOf(principal);
  if (account === undefined || (principal.kind !== 'role' && principal.kind !== 'user')) return undefined;
  return principals.find((other) => other.kind === 'account' && other.account === account);
}
