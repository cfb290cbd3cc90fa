/** A stand-in of instructions or templates that nobody has filled in yet. */
import { leftOverIn } from '../../policy/left-over.ts';
import type { Statement } from '../../policy/policy.ts';
import type { Span } from '../../text/span.ts';
import type { Node } from '../../tree/tree.ts';
import { textOf } from '../../tree/walk.ts';
import { defineRule } from '../rule.ts';

export const rule = defineRule({
  id: 'placeholder-value',
  category: 'quality',
  // Many of them are filled in by another tool before the policy is used.
  severity: 'information',
  *check({ statements }) {
    for (const node of statements.flatMap(valuesOf)) {
      const found = leftOverIn(textOf(node) ?? '');
      if (found === undefined) continue;
      yield {
        at: spanOf(node, found),
        about: node,
        message: `"${found.text}" looks like a placeholder. Fill it in before the policy is used.`,
      };
    }
  },
});

const valuesOf = ({ principals, actions, tests }: Statement): readonly Node[] => [
  ...principals.map(({ node }) => node),
  ...actions.map(({ node }) => node),
  ...tests.flatMap(({ values }) => values.map(({ node }) => node)),
];

/** Just the stand-in, where the text is written without escapes. */
function spanOf(node: Node, { index, text }: { readonly index: number; readonly text: string }): Node | Span {
  if (node.kind !== 'string' || node.content.end - node.content.start !== node.value?.length) return node;
  const start = node.content.start + index;
  return { start, end: start + text.length };
}
