/** Values as texts of their own, in the layout that the formatters of each language leave. They may hold marks. */
import type { TextEdit } from '../text/edit.ts';
import type { JsonValue } from '../tree/walk.ts';
import { joined, printElement } from './hcl-document-print.ts';
import { printHcl } from './hcl-style.ts';
import { printJson } from './json-style.ts';
import { printBlock } from './yaml-style.ts';

const plain = { eol: '\n', unit: '  ', flat: false } as const;

/** A value as JSON. */
export const jsonText = (value: JsonValue): string => printJson(value, { ...plain, indent: '' });

/** A value as YAML, in blocks; its further lines are indented like the first. */
export const yamlText = (value: JsonValue, indent = ''): string =>
  printBlock(value, indent, { ...plain, listUnit: '  ', quote: "'" });

/** A value as an expression of HCL; its further lines are indented like the line that it begins on. */
export const hclText = (value: JsonValue, indent = ''): string =>
  printHcl(value, { ...plain, indent, separator: ' = ', quoted: false, commas: false });

/** Statements as blocks of a policy document, without their outer indentation; nothing where it cannot say them. */
export function documentText(statements: readonly JsonValue[], indent = ''): string | undefined {
  const place = { ...plain, indent };
  const printed = printElement('Statement', statements, place);
  return printed && joined(printed, place);
}

/** A text behind all that stands in another one, which says nothing yet but may have comments. */
export function appended(text: string, added: string): TextEdit {
  const kept = text.trimEnd();
  const gap = kept === '' ? '' : '\n\n';
  return { span: { start: kept.length, end: text.length }, text: gap + added };
}
