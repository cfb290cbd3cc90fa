/** YAML as a syntax: reading, edits, and the places where something can be written. */
import type { TextEdit } from '../text/edit.ts';
import { json } from './json.ts';
import type { Entry, Slot, Syntax } from './syntax.ts';
import { editYaml } from './yaml-edit.ts';
import { readYaml } from './yaml-read.ts';
import { slotInYaml } from './yaml-slot.ts';
import {
  indentTo,
  isFlow,
  printBehind,
  printBlock,
  printMember,
  printScalar,
  styleAround,
} from './yaml-style.ts';

export const yaml: Syntax = {
  id: 'yaml',
  remark: '#',
  parse: readYaml,
  slotAt: slotInYaml,
  edits: editYaml,
  insertion,
};

function insertion(slot: Slot, entry: Entry, text: string): readonly TextEdit[] {
  const holder = slot.kind === 'value' ? slot.member.parent : slot.kind === 'key' ? slot.object : slot.array;
  if (isFlow(text, holder)) return json.insertion(slot, entry, text);
  const { key = '', value } = entry;
  const { replace } = slot;
  const style = styleAround(text, holder);
  const indent = indentTo(text, replace.start);
  if (slot.kind === 'value') return valueEdits(slot, value, text);
  if (slot.kind === 'item')
    return [{ span: replace, text: value === undefined ? '' : printBlock(value, indent, style) }];
  const name = printScalar(key, style.quote, false);
  if (slot.member) return [{ span: replace, text: name }];
  return [
    { span: replace, text: value === undefined ? `${name}: ` : printMember(key, value, indent, style) },
  ];
}

/** A value behind its colon, or in a line of its own. Blanks before a line break are taken away. */
function valueEdits(
  { member, replace }: Extract<Slot, { kind: 'value' }>,
  value: Entry['value'],
  text: string,
): readonly TextEdit[] {
  if (value === undefined) return [{ span: replace, text: '' }];
  const style = styleAround(text, member.parent);
  const from = member.slot?.start ?? replace.start;
  if (text.slice(from, replace.start).includes('\n'))
    return [{ span: replace, text: printBlock(value, indentTo(text, replace.start), style) }];
  const printed = printBehind(value, indentTo(text, member.span.start), style);
  if (from === replace.start) return [{ span: replace, text: printed }];
  if (printed.startsWith(' ')) return [{ span: replace, text: printed.slice(1) }];
  return [
    { span: replace, text: printed },
    { span: { start: from, end: replace.start }, text: '' },
  ];
}
