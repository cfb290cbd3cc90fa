/** An action that another one of the same list covers adds nothing. */
import { removeItem } from '../../policy/amend.ts';
import { isUnknown } from '../../policy/known.ts';
import type { ActionRef } from '../../policy/policy.ts';
import { globIncludes } from '../../text/glob.ts';
import { defineRule, fix } from '../rule.ts';

export const rule = defineRule({
  id: 'duplicate-action',
  category: 'quality',
  severity: 'hint',
  tag: 'unnecessary',
  *check({ statements }) {
    for (const { actions } of statements) {
      for (const [index, action] of actions.entries()) {
        const other = actions.find((each, at) => at !== index && isCovered(action, each, at < index));
        if (other === undefined) continue;
        yield {
          at: action.node,
          message: `"${action.pattern}" is covered by "${other.pattern}" already. It can go.`,
          fixes: fix('Remove the action', removeItem(action.node), true),
          related: [{ at: other.node, message: 'It covers the other one.' }],
        };
      }
    }
  },
});

/** Of two that cover each other the first one stays. */
function isCovered({ pattern }: ActionRef, other: ActionRef, isBefore: boolean): boolean {
  if (isUnknown(pattern) || isUnknown(other.pattern) || pattern === '') return false;
  if (!globIncludes(other.pattern, pattern, { ignoreCase: true })) return false;
  return isBefore || !globIncludes(pattern, other.pattern, { ignoreCase: true });
}
