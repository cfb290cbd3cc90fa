/** JSON and JSONC as a syntax: reading, edits, and the places where something can be written. */
import { createScanner } from 'jsonc-parser';
import { touches, type Span } from '../text/span.ts';
import type { TextEdit } from '../text/edit.ts';
import type { Member, Node, ObjectNode } from '../tree/tree.ts';
import { editJson } from './json-edit.ts';
import { readJson } from './json-read.ts';
import { rereadJson } from './json-reread.ts';
import { childrenOf, indentAt, layoutIn, printJson } from './json-style.ts';
import type { Entry, Slot, Syntax } from './syntax.ts';

export const json: Syntax = {
  id: 'json',
  remark: '//',
  parse: readJson,
  reread: rereadJson,
  slotAt,
  edits: editJson,
  insertion,
};

function slotAt(root: Node, text: string, offset: number): Slot | undefined {
  const closed = root.complete || isClosed(root, text);
  const inside =
    root.span.start < offset && (offset < root.span.end || (!closed && offset === root.span.end));
  if (!inside) return undefined;
  if (root.kind === 'array') {
    const node = root.items.find(({ span }) => touches(span, offset));
    const deeper = node && slotAt(node, text, offset);
    if (deeper) return deeper;
    return {
      kind: 'item',
      array: root,
      ...(node && { node }),
      replace: node ? node.span : wordAt(text, offset),
    };
  }
  return root.kind === 'object' ? slotInObject(root, text, offset) : undefined;
}

/** A container is read to the end of the text while its closing bracket is missing. */
const isClosed = (node: Node, text: string): boolean => {
  const last = text.charCodeAt(node.span.end - 1);
  return node.kind === 'object' ? last === 125 : last === 93;
};

function slotInObject(object: ObjectNode, text: string, offset: number): Slot {
  const member = object.members.findLast(
    ({ key, slot }) => key.span.start < offset && offset <= (slot ?? key.span).end,
  );
  if (member === undefined) return { kind: 'key', object, replace: wordAt(text, offset) };
  if (offset <= member.key.span.end) return { kind: 'key', object, member, replace: member.key.span };
  if (member.slot && offset >= member.slot.start) return slotInValue(member, text, offset);
  return { kind: 'key', object, replace: wordAt(text, offset) };
}

function slotInValue(member: Member, text: string, offset: number): Slot {
  const { value } = member;
  if (value === undefined) {
    // A word may hold a colon; the one that separates key and value is none of it.
    const word = wordAt(text, offset);
    return {
      kind: 'value',
      member,
      replace: { ...word, start: Math.max(word.start, member.slot?.start ?? 0) },
    };
  }
  const deeper = slotAt(value, text, offset);
  if (deeper) return deeper;
  if (touches(value.span, offset)) return { kind: 'value', member, node: value, replace: value.span };
  if (offset < value.span.start)
    return { kind: 'value', member, node: value, replace: { start: offset, end: offset } };
  // Behind a value only a comma is missing to write the next member.
  return { kind: 'key', object: member.parent, replace: wordAt(text, offset) };
}

/** The bare word around an offset: what is being typed before the quotes are there. */
function wordAt(text: string, offset: number): Span {
  let start = offset;
  let end = offset;
  while (isWord(text.charCodeAt(start - 1))) start--;
  while (isWord(text.charCodeAt(end))) end++;
  return { start, end };
}

/** Letters, digits and what element names, actions, ARNs and condition keys are made of. */
const isWord = (code: number): boolean =>
  (code >= 48 && code <= 58) ||
  (code >= 64 && code <= 90) ||
  (code >= 97 && code <= 122) ||
  '_-./*'.includes(String.fromCharCode(code));

function insertion(slot: Slot, { key, value }: Entry, text: string): readonly TextEdit[] {
  if (slot.kind === 'value') {
    const layout = { ...layoutIn(text, slot.member.parent), indent: indentAt(text, slot.member.span.start) };
    return [{ span: slot.replace, text: value === undefined ? '' : printJson(value, layout) }];
  }
  if (slot.kind === 'key' && slot.member) return [{ span: slot.replace, text: JSON.stringify(key ?? '') }];
  const container = slot.kind === 'key' ? slot.object : slot.array;
  const layout = { ...layoutIn(text, container), indent: indentAt(text, slot.replace.start) };
  const name = slot.kind === 'key' ? `${JSON.stringify(key ?? '')}: ` : '';
  const printed = name + (value === undefined ? '' : printJson(value, layout));
  if (slot.kind === 'item' && slot.node) return [{ span: slot.replace, text: printed }];
  return withCommas(container, slot.replace, printed, text);
}

/** A new child needs a comma on either side of it where a sibling stands and none is written yet. */
function withCommas(
  container: Parameters<typeof childrenOf>[0],
  replace: Span,
  printed: string,
  text: string,
): readonly TextEdit[] {
  const children = childrenOf(container).filter(({ span }) => span.start !== replace.start);
  const previous = children.findLast(({ span }) => span.end <= replace.start);
  const edit = { span: replace, text: printed + (isFollowed(text, replace.end) ? ',' : '') };
  if (!previous || text.slice(previous.span.end, replace.start).includes(',')) return [edit];
  return [edit, { span: { start: previous.span.end, end: previous.span.end }, text: ',' }];
}

/** Whether a child follows without a comma: also one that the tree has lost, because the comma is missing. */
function isFollowed(text: string, offset: number): boolean {
  const scanner = createScanner(text, true);
  scanner.setPosition(offset);
  scanner.scan();
  return !['', ',', '}', ']'].includes(text.charAt(scanner.getTokenOffset()));
}
