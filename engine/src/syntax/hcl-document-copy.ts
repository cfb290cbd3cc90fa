/** Nodes of a policy that are made from those of a policy document: copies, names, and the spans that blocks have together. */
import type { Span } from '../text/span.ts';
import { rebuild } from '../tree/build.ts';
import type { Node, StringNode } from '../tree/tree.ts';

/** A name that stands nowhere in the file as it is in the policy. */
export const textNode = (value: string, span: Span): StringNode => ({
  kind: 'string',
  span,
  content: span,
  complete: true,
  value,
  parts: [value],
});

/** A copy of a value, without the original's place in the file; `written` learns what each part is a copy of. */
export const copyOf = (value: Node, written: Map<Node, Node>): Node =>
  rebuild(value, {
    span: (span) => span,
    replace: (copy, original) => {
      const decoded = copy.kind === 'string' ? withVariables(copy) : copy;
      written.set(decoded, original);
      return decoded;
    },
  });

/** Policy variables are written `&{…}`, so that Terraform does not take them for its own. */
export function withVariables(node: StringNode): StringNode {
  const decode = (text: string): string => text.split('&{').join('${');
  const parts = node.parts.map((part) => (typeof part === 'string' ? decode(part) : part));
  return { ...node, parts, ...(node.value !== undefined && { value: decode(node.value) }) };
}

/** The least span that holds all of them. */
export const hull = (spans: readonly Span[]): Span => ({
  start: Math.min(...spans.map(({ start }) => start)),
  end: Math.max(...spans.map(({ end }) => end)),
});
