/**
 * Where something can be written in a policy document: names of arguments and blocks stand for elements, the values of
 * `type`, `test` and `variable` for names of members. What is written there is printed as Terraform wants it.
 */
import type { TextEdit } from '../text/edit.ts';
import { touches, type Span } from '../text/span.ts';
import type { Member, Node, ObjectNode } from '../tree/tree.ts';
import type { PolicyDocument, Said } from './hcl-document.ts';
import { termFor } from './hcl-document-names.ts';
import { isList, joined, printArgument, printElement } from './hcl-document-print.ts';
import { hcl } from './hcl.ts';
import { bodyOf } from './hcl-read.ts';
import { slotInValue, wordAt } from './hcl-slot.ts';
import { indentAt, layoutIn } from './json-style.ts';
import type { Entry, Slot } from './syntax.ts';

/** The slot at an offset of the file, as one of the policy. */
export function slotInDocument(document: PolicyDocument, text: string, offset: number): Slot | undefined {
  return slotInBody(document.body, document, text, offset);
}

function slotInBody(
  body: ObjectNode,
  document: PolicyDocument,
  text: string,
  offset: number,
): Slot | undefined {
  const isClosed = text[body.span.end - 1] === '}';
  const isInside =
    body.span.start < offset && (offset < body.span.end || (!isClosed && offset === body.span.end));
  if (!isInside) return undefined;
  const member = body.members.findLast(
    ({ key, span, slot }) => key.span.start <= offset && offset <= (slot ?? span).end,
  );
  if (member) return slotInMember(member, document, text, offset);
  const object = [...document.bodies].find(([, each]) => each === body)?.[0];
  return object?.kind === 'object' ? { kind: 'key', object, replace: wordAt(text, offset) } : undefined;
}

function slotInMember(
  member: Member,
  document: PolicyDocument,
  text: string,
  offset: number,
): Slot | undefined {
  const said = document.said.get(member);
  const inner = bodyOf(member);
  if (offset <= member.key.span.end) return slotInName(member, said, document);
  if (inner) return slotInBody(inner, document, text, offset);
  if (said === undefined) return undefined;
  const slot = slotInValue(member, text, offset);
  return slot && (said.as === 'name' ? nameSlot(slot, said) : valueSlot(slot, said, document));
}

/** The name of an argument or a block; one that is only begun may become any. */
function slotInName(member: Member, said: Said | undefined, { bodies }: PolicyDocument): Slot | undefined {
  const replace = member.key.span;
  if (said?.as === 'value' && said.member.key.span.start === replace.start)
    return { kind: 'key', object: said.member.parent, member: said.member, replace };
  if (said || member.value || member.slot) return undefined;
  const object = [...bodies].find(([, body]) => body === member.parent)?.[0];
  return object?.kind === 'object' ? { kind: 'key', object, replace } : undefined;
}

/** A value that names a member of the policy. */
function nameSlot({ replace }: Slot, { member }: Said): Slot {
  const object = member.parent;
  const isThere = member.key.span.end > member.key.span.start;
  return { kind: 'key', object, ...(isThere && { member }), replace };
}

function valueSlot(slot: Slot, { member }: Said, { written }: PolicyDocument): Slot | undefined {
  const copyOf = (node: Node | undefined): Node | undefined =>
    node && [...written].find(([, original]) => original === node)?.[0];
  const { replace } = slot;
  const node = slot.kind === 'key' ? undefined : copyOf(slot.node);
  if (slot.kind === 'value') return { kind: 'value', member, ...(node && { node }), replace };
  const { value } = member;
  return slot.kind === 'item' && value?.kind === 'array'
    ? { kind: 'item', array: value, ...(node && { node }), replace }
    : undefined;
}

/** Whether a name may be written once more: that of a block, or one that several blocks may have together. */
export function mayRepeat({ bodies }: PolicyDocument, slot: Slot, name: string): boolean {
  if (slot.kind !== 'key') return false;
  if (bodies.has(slot.object)) return termFor(name)?.isBlock === true;
  const holder = slot.object.parent;
  return holder?.kind === 'member' && bodies.has(holder.parent);
}

/** The edits that write an entry at a slot. */
export function insertIntoDocument(
  document: PolicyDocument,
  slot: Slot,
  { key, value }: Entry,
  text: string,
): readonly TextEdit[] {
  const { replace } = slot;
  const at = argumentAround(document.body, replace);
  if (at === undefined) return elementEdits(slot, key, value, text);
  const original = slotInValue(at, text, replace.start === replace.end ? replace.start : replace.end);
  if (slot.kind === 'item' && original?.kind === 'item')
    return hcl.insertion({ ...original, replace }, { ...(value !== undefined && { value }) }, text);
  const name = at.key.value ?? '';
  const said = slot.kind === 'key' ? key : (firstName(value) ?? value);
  // One of the values of a list is being typed without its brackets.
  const printed = said === undefined ? '' : printArgument(name, said);
  return printed === undefined ? [] : [{ span: replace, text: printed }];
}

/** The name in a value that stands for one member, where only the name is asked for. */
function firstName(value: Entry['value']): string | undefined {
  if (typeof value !== 'object' || value === null || isList(value)) return undefined;
  return Object.keys(value)[0];
}

/** The argument in whose value a span lies. */
function argumentAround(body: ObjectNode, { start, end }: Span): Member | undefined {
  for (const member of body.members) {
    const inner = bodyOf(member);
    if (inner && touches(inner.span, start)) {
      const found = argumentAround(inner, { start, end });
      if (found) return found;
    } else if (member.slot && member.slot.start <= start && end <= member.slot.end) return member;
  }
  return undefined;
}

/** A new element, or the name of one that is there. */
function elementEdits(
  slot: Slot,
  key: string | undefined,
  value: Entry['value'],
  text: string,
): readonly TextEdit[] {
  const { replace } = slot;
  if (slot.kind !== 'key' || key === undefined) return [];
  const term = termFor(key);
  if (term === undefined) return [];
  if (slot.member || value === undefined) return [{ span: replace, text: term.name }];
  const place = { ...layoutIn(text, slot.object), indent: indentAt(text, replace.start) };
  const parts = printElement(key, value, place);
  return parts ? [{ span: replace, text: joined(parts, place) }] : [];
}
