/** HCL as a syntax: reading, edits, and the places where something can be written in objects and lists. */
import type { TextEdit } from '../text/edit.ts';
import type { Span } from '../text/span.ts';
import { editHcl } from './hcl-edit.ts';
import { readHcl } from './hcl-read.ts';
import { slotInHcl } from './hcl-slot.ts';
import {
  commaBehind,
  hasComment,
  type HclStyle,
  printHcl,
  printMember,
  printName,
  styleIn,
} from './hcl-style.ts';
import { endOfLine } from './hcl-template.ts';
import { childrenOf, indentAt } from './json-style.ts';
import type { Entry, Slot, Syntax } from './syntax.ts';

export const hcl: Syntax = {
  id: 'hcl',
  remark: '#',
  parse: readHcl,
  slotAt: slotInHcl,
  edits: editHcl,
  insertion,
};

function insertion(slot: Slot, { key = '', value }: Entry, text: string): readonly TextEdit[] {
  const holder = slot.kind === 'value' ? slot.member.parent : slot.kind === 'key' ? slot.object : slot.array;
  const own = styleIn(text, holder);
  const style = { ...own, indent: indentAt(text, slot.replace.start) };
  const { replace } = slot;
  if (slot.kind === 'value') return [{ span: replace, text: valueText(value, style) }];
  if (slot.kind === 'key' && slot.member) {
    const quoted = style.quoted || text[replace.start] === '"';
    return [{ span: replace, text: printName(key, { quoted }) }];
  }
  const printed = slot.kind === 'item' ? valueText(value, style) : memberText(key, value, style);
  if (slot.kind === 'item' && slot.node) return [{ span: replace, text: printed }];
  return withCommas(holder, replace, printed, style, text);
}

const valueText = (value: Entry['value'], style: HclStyle): string =>
  value === undefined ? '' : printHcl(value, style);

const memberText = (key: string, value: Entry['value'], style: HclStyle): string =>
  value === undefined ? printName(key, style) + style.separator : printMember(key, value, style);

/** A new child is set apart from its neighbours: in a list and on their line by commas, else as they are. */
function withCommas(
  container: Parameters<typeof childrenOf>[0],
  replace: Span,
  printed: string,
  style: HclStyle,
  text: string,
): readonly TextEdit[] {
  const children = childrenOf(container).filter(({ span }) => span.start !== replace.start);
  const previous = children.findLast(({ span }) => span.end <= replace.start);
  const next = children.find(({ span }) => span.start >= replace.end);
  const isList = container.kind === 'array';
  const needsBehind =
    next !== undefined &&
    commaBehind(text, replace.end) === undefined &&
    (isList || style.commas || next.span.start < endOfLine(text, replace.end));
  const edit = { span: replace, text: printed + (needsBehind ? ',' : '') };
  if (previous === undefined || commaBehind(text, previous.span.end) !== undefined) return [edit];
  const between = { start: previous.span.end, end: replace.start };
  const sameLine = endOfLine(text, between.start) >= between.end;
  if (!isList && !style.commas && !sameLine) return [edit];
  if (hasComment(text, between) && sameLine) return [edit];
  return [edit, { span: { start: between.start, end: between.start }, text: ',' }];
}
