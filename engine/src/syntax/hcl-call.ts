/**
 * Functions of HCL whose result is made of what is written in the call: lists put together, objects merged, lists passed
 * on. What is put together cannot be edited as a whole, and what is not known of it is a hole.
 */
import type { Span } from '../text/span.ts';
import { arrayOf, type MemberParts, objectOf } from '../tree/build.ts';
import type { Node, OpaqueNode } from '../tree/tree.ts';

/** Functions that give a list back with the same values in it, or fewer. */
const passing = new Set(['compact', 'distinct', 'sensitive', 'sort', 'tolist', 'toset']);

/** The value of a call; an expression that is not known unless something of it is written in the call. */
export function callNode(call: OpaqueNode): Node {
  const { callee = '', operands = [], span } = call;
  const [first] = operands;
  if (passing.has(callee) && operands.length === 1 && first?.kind === 'array') return first;
  if (callee === 'concat') return joined(operands, call);
  if (callee === 'flatten' && operands.length === 1 && first?.kind === 'array')
    return joined(first.items, call);
  if (callee === 'merge' && operands.length > 0) return objectOf(span, false, operands.flatMap(membersOf));
  return call;
}

const joined = (parts: readonly Node[], { span }: OpaqueNode): Node =>
  arrayOf(span, false, parts.flatMap(itemsOf));

/** The items that a list adds to another. */
const itemsOf = (node: Node): readonly Node[] => (node.kind === 'array' ? node.items : [spread(node)]);

/** What is not known yet stands for its items or members. */
const spread = (node: Node): Node => (node.kind === 'opaque' ? { ...node, spread: true } : node);

function membersOf(node: Node): readonly MemberParts[] {
  if (node.kind === 'object') return node.members;
  const key = unknownKey(node.span, node.kind === 'opaque' ? node.text : '');
  return [{ key, span: node.span, value: spread(node) }];
}

/**
 * Any number of what is written once: a list with that one item, or an object with that one member, and others that are
 * not known.
 * @param head what it is repeated for, as it is written
 */
export function repeated(loop: OpaqueNode, head: string, bracket: '[' | '{'): OpaqueNode {
  const [first, second, ...others] = loop.operands ?? [];
  const made = bracket === '{' ? second : first;
  if (first === undefined || made === undefined || (bracket === '[' ? second : others[0])) return loop;
  const side = bracket === '{' ? objectWith(first, made) : listWith(made);
  return { ...loop, choice: { condition: head, sides: [side] } };
}

function listWith(item: Node): Node {
  const { span } = item;
  const rest: Node = { kind: 'opaque', span: { start: span.end, end: span.end }, complete: true, text: '' };
  return arrayOf(span, false, [item, rest]);
}

function objectWith(name: Node, value: Node): Node {
  const key = name.kind === 'string' ? name : unknownKey(name.span, name.kind === 'opaque' ? name.text : '');
  const span = { start: key.span.start, end: value.span.end };
  const nowhere = { start: span.end, end: span.end };
  return objectOf(span, false, [
    { key, value, span },
    { key: unknownKey(nowhere, ''), span: nowhere },
  ]);
}

/** A key that is computed: it may be any. */
export const unknownKey = (span: Span, hole: string): MemberParts['key'] => ({
  kind: 'string',
  span,
  content: span,
  complete: true,
  parts: [{ hole }],
});
