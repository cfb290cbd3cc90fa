/**
 * What can be folded, and what is selected step by step. Editors know JSON and YAML themselves; for Terraform, and for
 * policies that are text inside of strings, they have nothing.
 */
import { covers, slice, type Span, touches } from '../text/span.ts';
import type { Member, Node } from '../tree/tree.ts';
import { descendants } from '../tree/walk.ts';
import type { Document } from './document.ts';

const foreign = 'terraform';

/** The blocks, objects and lists of several lines, one for each line that begins some; nothing where the editor knows the language better. */
export function foldsOf({ host, tree, regions, source }: Document): readonly Span[] | undefined {
  if (host !== foreign || tree.root === undefined) return undefined;
  const roots = [tree.root, ...regions.map(({ node }) => node)];
  const spans = roots
    .flatMap((root) => [...descendants(root)])
    .filter((node) => node !== tree.root) // the file as a whole
    .filter(({ kind, span }) => kind !== 'opaque' && slice(source.text, span).includes('\n'))
    .map(({ span }) => span)
    .sort((a, b) => a.start - b.start || b.end - a.end);
  const lines = new Map(
    spans.toReversed().map((span) => [source.text.lastIndexOf('\n', span.start - 1), span]),
  );
  return [...lines.values()].toReversed();
}

/** The spans around an offset, from the innermost outwards; nothing where the editor knows the language better. */
export function selectionAt({ host, tree, regions }: Document, offset: number): readonly Span[] | undefined {
  const region = regions.find(({ node }) => touches(node.span, offset));
  if (host !== foreign && region?.problems === undefined) return undefined;
  const roots = [region?.node, host === foreign ? tree.root : undefined];
  const spans = roots.flatMap((root) => (root ? spansAround(root, offset) : []));
  const sorted = [...spans].sort((a, b) => a.end - a.start - (b.end - b.start));
  return sorted.reduce<readonly Span[]>((chain, span) => {
    const last = chain.at(-1);
    const isLarger =
      last === undefined || (covers(span, last) && span.end - span.start > last.end - last.start);
    return isLarger ? [...chain, span] : chain;
  }, []);
}

/** Nodes, keys and members that hold an offset; a string by its content first. */
function spansAround(node: Node, offset: number): readonly Span[] {
  if (!touches(node.span, offset)) return [];
  const inner = node.kind === 'string' && touches(node.content, offset) ? [node.content] : [];
  return [...inner, ...childrenOf(node).flatMap((child) => spansIn(child, offset)), node.span];
}

const childrenOf = (node: Node): readonly (Node | Member)[] =>
  node.kind === 'object'
    ? node.members
    : node.kind === 'array'
      ? node.items
      : node.kind === 'opaque'
        ? (node.operands ?? [])
        : [];

function spansIn(child: Node | Member, offset: number): readonly Span[] {
  if (child.kind !== 'member') return spansAround(child, offset);
  if (!touches(child.span, offset)) return [];
  const value = child.value ? spansAround(child.value, offset) : [];
  return [...spansAround(child.key, offset), ...value, child.span];
}
