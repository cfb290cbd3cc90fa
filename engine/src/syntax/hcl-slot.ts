/** Where something can be written in an object or a list of HCL: names at the beginning of lines, values behind them. */
import { touches, type Span } from '../text/span.ts';
import type { ArrayNode, Member, Node, ObjectNode } from '../tree/tree.ts';
import { isBracketed } from './hcl-style.ts';
import type { Slot } from './syntax.ts';

/** The innermost slot at an offset below a root. */
export function slotInHcl(root: Node, text: string, offset: number): Slot | undefined {
  if (root.kind !== 'object' && root.kind !== 'array') return undefined;
  if (!holds(root, text, offset) || text.startsWith('local.', root.span.start)) return undefined;
  return root.kind === 'array' ? slotInTuple(root, text, offset) : slotInObject(root, text, offset);
}

/** Whether an offset is inside of brackets; while the closing one is missing, also at the end. */
function holds(node: ObjectNode | ArrayNode, text: string, offset: number): boolean {
  const { start, end } = node.span;
  const closed = text[end - 1] === (node.kind === 'object' ? '}' : ']') || !isBracketed(text, node);
  return start < offset && (offset < end || (!closed && offset === end));
}

function slotInTuple(array: ArrayNode, text: string, offset: number): Slot | undefined {
  const node = array.items.find(({ span }) => touches(span, offset));
  const deeper = node && slotInHcl(node, text, offset);
  if (deeper) return deeper;
  // A list that a function puts together has no place of its own.
  if (!isBracketed(text, array)) return undefined;
  return { kind: 'item', array, ...(node && { node }), replace: node ? node.span : wordAt(text, offset) };
}

function slotInObject(object: ObjectNode, text: string, offset: number): Slot | undefined {
  const member = object.members.findLast(({ key, slot, value }) => {
    const begin = text[key.span.start] === '"' ? key.span.start + 1 : key.span.start;
    return begin <= offset && offset <= Math.max((slot ?? key.span).end, value?.span.end ?? 0);
  });
  if (member === undefined)
    return isBracketed(text, object) ? { kind: 'key', object, replace: wordAt(text, offset) } : undefined;
  // What a function puts together from objects belongs to one of them.
  const { parent } = member;
  if (offset <= member.key.span.end) return { kind: 'key', object: parent, member, replace: member.key.span };
  return member.slot && offset >= member.slot.start ? slotInValue(member, text, offset) : undefined;
}

/** The slot behind the separator of a member. */
export function slotInValue(member: Member, text: string, offset: number): Slot | undefined {
  const { value, slot } = member;
  if (value === undefined) {
    const word = wordAt(text, offset);
    return { kind: 'value', member, replace: { ...word, start: Math.max(word.start, slot?.start ?? 0) } };
  }
  const deeper = slotInHcl(value, text, offset);
  if (deeper) return deeper;
  if (touches(value.span, offset)) return { kind: 'value', member, node: value, replace: value.span };
  if (offset < value.span.start)
    return { kind: 'value', member, node: value, replace: { start: offset, end: offset } };
  return undefined;
}

/** The bare word around an offset: what is being typed before the quotes are there. */
export function wordAt(text: string, offset: number): Span {
  let start = offset;
  let end = offset;
  while (start > 0 && isWordPart(text.charAt(start - 1))) start--;
  while (isWordPart(text.charAt(end))) end++;
  return { start, end };
}

/** Letters, digits and what actions, ARNs and condition keys are made of; no separator of HCL. */
const isWordPart = (sign: string): boolean => sign > ' ' && !'{}[]()=,"#'.includes(sign);
