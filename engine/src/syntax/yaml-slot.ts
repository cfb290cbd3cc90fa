/**
 * Where something can be written in YAML. Brackets are asked as in JSON; everywhere else the column of the caret says
 * which block a new line belongs to.
 */
import { slice, touches } from '../text/span.ts';
import { objectOf } from '../tree/build.ts';
import { keyText } from '../tree/walk.ts';
import type { ArrayNode, Member, Node, ObjectNode } from '../tree/tree.ts';
import { childrenOf } from './json-style.ts';
import { json } from './json.ts';
import type { Slot } from './syntax.ts';
import { columnOf, isAliased, isFlow } from './yaml-style.ts';

/** The slot at an offset below a root, or in a blank line that the root's block may go on in. */
export function slotInYaml(root: Node, text: string, offset: number): Slot | undefined {
  if (offset < root.span.start) return undefined;
  const lineStart = offset - columnOf(text, offset);
  const before = text.slice(lineStart, offset).trim();
  if (
    before === '' &&
    root.span.start < lineStart &&
    goesOn(root, text, lineStart) &&
    !insideFlow(root, text, offset) &&
    isBlankFrom(text, offset)
  )
    return slotInLine(root, text, offset);
  if (before === '-' && isBlankFrom(text, offset)) return itemAtDash(root, text, offset, lineStart);
  const begun = before.endsWith(':') ? slotAtPrefix(root, text, offset) : undefined;
  if (begun) return begun;
  return slotAtEnd(root, text, offset) ?? (offset <= reachOf(root) ? slotIn(root, text, offset) : undefined);
}

/** Behind a name, a comma or a bracket that the text ends with: brackets that are not closed end before the blanks. */
function slotAtEnd(root: Node, text: string, offset: number): Slot | undefined {
  const end = text.trimEnd().length;
  if (offset <= end || text.slice(end, offset).includes('\n')) return undefined;
  const last = [...openBefore(root, text, end)].at(-1);
  const replace = { start: offset, end: offset };
  if (last?.kind === 'member')
    return !last.value && last.slot?.start === end ? { kind: 'value', member: last, replace } : undefined;
  const isOpen = '[{,'.includes(text.charAt(end - 1)) && last?.complete === false;
  if (isOpen && last.kind === 'array') return itemSlot(last, undefined, offset);
  return isOpen && last.kind === 'object' ? { kind: 'key', object: last, replace } : undefined;
}

/** `sts:` is a name by itself, and the beginning of a value or of another name while it is being typed. */
function slotAtPrefix(root: Node, text: string, offset: number): Slot | undefined {
  const member = [...openBefore(root, text, offset)].at(-1);
  if (member?.kind !== 'member' || member.value || member.key.span.end !== offset - 1) return undefined;
  const { key, parent: object } = member;
  const word = keyText(key);
  if (word !== word.toLowerCase() || object.parent === undefined || isAliased(text, object)) return undefined;
  const replace = { start: key.span.start, end: offset };
  const holder = object.members[0] === member ? object.parent : undefined;
  if (holder?.kind === 'array' && object.members.length === 1)
    return { ...itemSlot(holder, undefined, offset), replace };
  if (holder?.kind === 'member' && !text.slice(holder.key.span.end, offset).includes('\n'))
    return { kind: 'value', member: holder, replace };
  return { kind: 'key', object, replace };
}

/** How far a node goes with the blanks in which its last value may be written. */
function reachOf(node: Node | Member | undefined): number {
  if (node === undefined) return 0;
  if (node.kind === 'member') return Math.max(node.slot?.end ?? node.span.end, reachOf(node.value));
  const last =
    node.kind === 'object' ? node.members.at(-1) : node.kind === 'array' ? node.items.at(-1) : undefined;
  return Math.max(node.span.end, reachOf(last));
}

/** Whether a block may go on in a line: nothing but blanks and comments stand between. */
function goesOn(root: Node, text: string, lineStart: number): boolean {
  const between = text.slice(reachOf(root), lineStart).split('\n');
  return between.every((line) => line.trim() === '' || line.trimStart().startsWith('#'));
}

/** Whether nothing but blanks follow on the line. */
function isBlankFrom(text: string, offset: number): boolean {
  let at = offset;
  while (text[at] === ' ' || text[at] === '\t' || text[at] === '\r') at++;
  return at >= text.length || text[at] === '\n';
}

/** The last child of each open container before an offset, from the outside in. */
function* openBefore(node: Node, text: string, offset: number): Generator<Node | Member> {
  yield node;
  if (isAliased(text, node) || (node.kind !== 'object' && node.kind !== 'array')) return;
  const last = childrenOf(node).findLast(({ span }) => span.start < offset);
  const child =
    node.kind === 'object'
      ? node.members.find((each) => each === last)
      : node.items.find((each) => each === last);
  if (child?.kind !== 'member') {
    if (child) yield* openBefore(child, text, offset);
    return;
  }
  yield child;
  if (child.value) yield* openBefore(child.value, text, offset);
}

const insideFlow = (root: Node, text: string, offset: number): boolean =>
  [...openBefore(root, text, offset)].some(
    (node) =>
      (node.kind === 'object' || node.kind === 'array') &&
      isFlow(text, node) &&
      node.span.start < offset &&
      offset < node.span.end,
  );

/** A blank line continues the block whose names stand in its column, or begins the value of a name without one. */
function slotInLine(root: Node, text: string, offset: number): Slot | undefined {
  const column = columnOf(text, offset);
  const replace = { start: offset, end: offset };
  const open = [...openBefore(root, text, offset)];
  const last = open.at(-1);
  if (last?.kind === 'member' && last.slot && !last.value && column > columnOf(text, last.span.start))
    return { kind: 'value', member: last, replace };
  const object = open.findLast(
    (node) => node.kind === 'object' && !isFlow(text, node) && columnOf(text, node.span.start) === column,
  );
  return object?.kind === 'object' ? { kind: 'key', object, replace } : undefined;
}

/** Behind a dash with nothing after it: the list whose dashes stand in that column. */
function itemAtDash(root: Node, text: string, offset: number, lineStart: number): Slot | undefined {
  const column = text.indexOf('-', lineStart) - lineStart;
  const array = [...openBefore(root, text, offset)].findLast(
    (node) => node.kind === 'array' && columnOf(text, node.span.start) === column,
  );
  if (array?.kind !== 'array' || offset <= lineStart + column) return undefined;
  return itemSlot(array, undefined, offset);
}

/** An item may also be a mapping whose first name is being typed. */
function itemSlot(array: ArrayNode, node: Node | undefined, offset: number): Slot {
  const replace = node?.span ?? { start: offset, end: offset };
  const begun = objectOf(replace, true, []);
  return { kind: 'item', array, ...(node && { node }), replace, begun: { ...begun, parent: array } };
}

function slotIn(node: Node, text: string, offset: number): Slot | undefined {
  if (isAliased(text, node)) return undefined;
  if (node.kind !== 'object' && node.kind !== 'array') return undefined;
  if (isFlow(text, node)) return json.slotAt(node, text, offset);
  return node.kind === 'object' ? slotInObject(node, text, offset) : slotInArray(node, text, offset);
}

function slotInArray(array: ArrayNode, text: string, offset: number): Slot | undefined {
  const node = array.items.findLast((item) => item.span.start <= offset && offset <= reachOf(item));
  if (node === undefined) return undefined;
  const deeper = slotIn(node, text, offset);
  return deeper ?? (isWord(node, text, offset) ? itemSlot(array, node, offset) : undefined);
}

function slotInObject(object: ObjectNode, text: string, offset: number): Slot | undefined {
  const member = object.members.findLast((each) => each.span.start <= offset && offset <= reachOf(each));
  if (member === undefined || isAliased(text, member)) return undefined;
  const { key, slot, value } = member;
  if (offset <= key.span.end) return { kind: 'key', object, member, replace: key.span };
  if (slot === undefined || offset < slot.start) return undefined;
  if (value === undefined) return { kind: 'value', member, replace: { start: offset, end: offset } };
  if (value.kind === 'object' || value.kind === 'array') return slotIn(value, text, offset);
  return isWord(value, text, offset)
    ? { kind: 'value', member, node: value, replace: value.span }
    : undefined;
}

/** Whether an offset is at a value that a suggestion may take the place of: one on a single line. */
const isWord = (node: Node, text: string, offset: number): boolean =>
  node.kind !== 'object' &&
  node.kind !== 'array' &&
  touches(node.span, offset) &&
  !slice(text, node.span).includes('\n');
