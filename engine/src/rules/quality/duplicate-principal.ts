/** A principal that a statement names twice, also by the id of an account and by its ARN. */
import { removeItem } from '../../policy/amend.ts';
import { isUnknown } from '../../policy/known.ts';
import type { Principal } from '../../policy/policy.ts';
import { defineRule, fix } from '../rule.ts';

export const rule = defineRule({
  id: 'duplicate-principal',
  category: 'quality',
  severity: 'hint',
  tag: 'unnecessary',
  *check({ statements }) {
    for (const { principals } of statements) {
      for (const [index, principal] of principals.entries()) {
        const first = principals.slice(0, index).find((other) => isSame(other, principal));
        if (first === undefined) continue;
        yield {
          at: principal.node,
          message: 'This statement names the principal twice. Once is enough.',
          fixes: fix('Remove this one', removeItem(principal.node), true),
          related: [{ at: first.node, message: 'It stands here first.' }],
        };
      }
    }
  },
});

function isSame(one: Principal, other: Principal): boolean {
  if (one.kind === 'account' && other.kind === 'account' && one.account !== undefined)
    return (
      one.account === other.account &&
      (one.partition ?? other.partition) === (other.partition ?? one.partition)
    );
  return one.type === other.type && one.text === other.text && one.text !== '' && !isUnknown(one.text);
}
