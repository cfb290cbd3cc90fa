/** A role that trusts itself: its sessions are renewed by themselves, so it is rarely needed. */
import { removePrincipal } from '../../policy/amend.ts';
import type { NamedPrincipal, Principal } from '../../policy/policy.ts';
import { roleNameOf } from '../../policy/session.ts';
import { defineRule, type Facts, fix } from '../rule.ts';
import { removeStatement } from '../remedies.ts';

/** Whether a principal is the role of the policy, or a session of it. */
function isSelf(principal: Principal, role: NonNullable<Facts['role']>): principal is NamedPrincipal {
  if (principal.kind !== 'role' && principal.kind !== 'session') return false;
  if (roleNameOf(principal) !== role.name) return false;
  return principal.account === undefined
    ? isOwnAccount(principal)
    : role.account !== undefined && principal.account === role.account;
}

/** What templates write for the account in which they are deployed. */
const ownAccount = /AWS::AccountId|aws_caller_identity/;

const isOwnAccount = ({ node }: Principal): boolean =>
  node.kind === 'string' && node.parts.some((part) => typeof part !== 'string' && ownAccount.test(part.hole));

export const rule = defineRule({
  id: 'self-trust',
  category: 'privilege',
  severity: 'hint',
  when: ['principal role', 'principal session'],
  *check({ statements }, { role }) {
    if (role === undefined) return;
    for (const statement of statements.filter(({ effect }) => effect === 'Allow')) {
      for (const principal of statement.principals) {
        if (!isSelf(principal, role)) continue;
        const removal = removePrincipal(principal.node);
        yield {
          at: principal.node,
          message:
            'The role trusts itself, which it needs only to pass session tags or a session policy to a session of its own. Remove it if it does neither.',
          fixes: removal ? fix('Remove the role', removal) : removeStatement(statement),
        };
      }
    }
  },
});
