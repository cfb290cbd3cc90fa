/** A list of actions without any, or an action without a name: the statement is about nothing. */
import { replaceValue } from '../../policy/amend.ts';
import { actionFor } from '../../policy/fit.ts';
import type { Statement } from '../../policy/policy.ts';
import type { Node } from '../../tree/tree.ts';
import { listOf, textOf, valueOf } from '../../tree/walk.ts';
import { defineRule, type Fix, fix } from '../rule.ts';

export const rule = defineRule({
  id: 'empty-action',
  category: 'action',
  severity: 'warning',
  *check({ statements }) {
    for (const statement of statements) {
      for (const node of ['Action', 'NotAction'].flatMap((element) => emptyParts(statement, element))) {
        yield {
          at: node,
          message:
            'No action is named here, so nobody can assume the role by it. Name the action, mostly sts:AssumeRole.',
          fixes: remedies(statement, node),
        };
      }
    }
  },
});

function emptyParts({ node }: Statement, element: string): readonly Node[] {
  const value = valueOf(node, element);
  if (value?.kind === 'array' && value.items.length === 0) return value.complete ? [value] : [];
  return listOf(value).filter((item) => item.complete && textOf(item)?.trim() === '');
}

/** An empty name beside others goes; otherwise the action that fits the principals comes in. */
function remedies({ principals }: Statement, node: Node): readonly Fix[] {
  if (node.parent?.kind === 'array' && node.parent.items.length > 1)
    return fix('Remove the empty action', [{ kind: 'remove', node }], true);
  const fitting = [...new Set(principals.flatMap((principal) => actionFor(principal) ?? []))];
  const [only = 'sts:AssumeRole'] = fitting;
  return fitting.length > 1 ? [] : fix(`Name "${only}"`, replaceValue(node, only));
}
