/** A Deny of principals or actions that the policy allows nowhere guards nothing. */
import { mayConcern, mayGive } from '../../policy/allowed.ts';
import type { Policy, Statement } from '../../policy/policy.ts';
import { isUnknown } from '../../policy/known.ts';
import { removeStatement } from '../remedies.ts';
import { defineRule } from '../rule.ts';
import { nameOf } from '../statements.ts';

/** Statements that allow something, or may. */
const allowing = ({ statements }: Policy): readonly Statement[] =>
  statements.filter(({ effect }) => effect !== 'Deny');

/** Whether all principals are services or providers that nothing else trusts. */
function trustsNoneOf(deny: Statement, allows: readonly Statement[]): boolean {
  const { principals, open } = deny;
  return (
    !open.principals &&
    principals.length > 0 &&
    principals.every(
      (principal) =>
        (principal.type === 'Service' || principal.type === 'Federated') &&
        !isUnknown(principal.text) &&
        principal.fault === undefined &&
        !allows.some((allow) => mayConcern(allow, principal)),
    )
  );
}

/** Whether none of its actions is allowed to anybody. */
function allowsNoneOf({ actions, open }: Statement, allows: readonly Statement[]): boolean {
  const denied = actions.flatMap(({ matches }) => matches);
  return (
    !open.actions &&
    denied.length > 0 &&
    actions.every(({ matches }) => matches.length > 0) &&
    denied.every(({ id }) => !allows.some((allow) => mayGive(allow, id)))
  );
}

export const rule = defineRule({
  id: 'deny-not-applicable',
  category: 'quality',
  severity: 'information',
  tag: 'unnecessary',
  scope: 'policy',
  when: ['Deny'],
  *check(policy) {
    const allows = allowing(policy);
    if (allows.length === 0 || policy.strays.length > 0 || !policy.node.complete) return;
    for (const deny of policy.statements.filter(({ effect }) => effect === 'Deny')) {
      const noPrincipal = trustsNoneOf(deny, allows);
      if (!noPrincipal && !allowsNoneOf(deny, allows)) continue;
      yield {
        at: nameOf(deny.node),
        message: `No statement ${noPrincipal ? 'trusts these principals' : 'allows these actions'}, so this Deny guards nothing. Name what is allowed elsewhere, or take it out.`,
        fixes: removeStatement(deny),
      };
    }
  },
});
