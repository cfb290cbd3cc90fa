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
  if (callee === 'merge' && operands.some(({ kind }) => kind === 'object'))
    return objectOf(span, false, operands.flatMap(membersOf));
  return call;
}

function joined(parts: readonly Node[], call: OpaqueNode): Node {
  const items = parts.flatMap(itemsOf);
  return items.some(({ kind }) => kind !== 'opaque') ? arrayOf(call.span, false, items) : call;
}

/** The items that a list adds to another. Of a choice between lists some may not be there, and more may be. */
function itemsOf(node: Node): readonly Node[] {
  if (node.kind === 'array') return node.items;
  if (node.kind !== 'opaque' || node.callee !== '?') return [node];
  const { end } = node.span;
  const rest: Node = { kind: 'opaque', span: { start: end, end }, complete: true, text: '' };
  return [...(node.operands ?? []).flatMap((each) => (each.kind === 'array' ? each.items : [])), rest];
}

function membersOf(node: Node): readonly MemberParts[] {
  if (node.kind === 'object') return node.members;
  return [{ key: unknownKey(node.span, node.kind === 'opaque' ? node.text : ''), span: node.span }];
}

/** A key that is computed: it may be any. */
export const unknownKey = (span: Span, hole: string): MemberParts['key'] => ({
  kind: 'string',
  span,
  content: span,
  complete: true,
  parts: [{ hole }],
});
