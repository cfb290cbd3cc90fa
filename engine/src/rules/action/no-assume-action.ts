/** Tagging a session, or naming its source identity, is nothing for those who cannot begin one. */
import { trustActions } from '../../catalog/catalog.ts';
import { companionsOf, mayUse } from '../../policy/allowed.ts';
import { addActions } from '../../policy/amend.ts';
import { actionFor } from '../../policy/fit.ts';
import type { Policy, Principal, Statement } from '../../policy/policy.ts';
import { defineRule, type Fix, fix } from '../rule.ts';

export const rule = defineRule({
  id: 'no-assume-action',
  category: 'action',
  severity: 'warning',
  scope: 'policy',
  *check(policy) {
    for (const statement of policy.statements.filter(onlyAccompanies)) {
      const [first] = statement.actions;
      const idle = statement.principals.filter((principal) => isIdle(principal, policy));
      if (first === undefined || idle.length === 0) continue;
      yield {
        at: first.node,
        message: `${first.pattern} goes along with an action that assumes the role, and no statement gives one to ${idle.length === statement.principals.length ? 'these principals' : 'all of these principals'}. Allow that one too.`,
        fixes: remedies(statement, idle),
      };
    }
  },
});

const onlyAccompanies = ({ effect, actions, open }: Statement): boolean =>
  effect === 'Allow' &&
  !open.actions &&
  actions.some(({ matches }) => matches.length > 0) &&
  actions.every(({ matches }) => matches.every(({ assumes }) => !assumes));

function isIdle(principal: Principal, policy: Policy): boolean {
  // What is missing for these services is said of the service; a principal that is not known may be one of them.
  if (companionsOf(principal).length > 0 || principal.kind === 'unknown') return false;
  return !trustActions().some(({ id, assumes }) => assumes && mayUse(principal, id, policy));
}

function remedies(statement: Statement, idle: readonly Principal[]): readonly Fix[] {
  const [id, ...others] = new Set(idle.map((principal) => actionFor(principal)));
  return id === undefined || others.length > 0 ? [] : fix(`Add "${id}"`, addActions(statement, [id]));
}
