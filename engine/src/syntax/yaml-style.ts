/** How a YAML text is laid out around a place, and values printed in that style: block or flow, quoted as its neighbours. */
import { fillMarks, isVerbatim, placeholder, vacancy } from '../tree/change.ts';
import type { Node, StringNode } from '../tree/tree.ts';
import { descendants, type JsonValue } from '../tree/walk.ts';
import { eolOf } from './json-style.ts';
import { encodeJson } from './json-string.ts';

/** How new text is to look. */
export interface Style {
  readonly eol: string;
  /** One step of indentation. */
  readonly unit: string;
  /** The step from a name to the dashes of its list; nothing where they stand in one column. */
  readonly listUnit: string;
  readonly quote: '"' | "'";
}

/** The column of an offset, counted from zero. */
export const columnOf = (text: string, offset: number): number =>
  offset - text.lastIndexOf('\n', offset - 1) - 1;

/** Spaces up to the column of an offset: dashes and names before it count as spaces. */
export const indentTo = (text: string, offset: number): string => ' '.repeat(columnOf(text, offset));

/** Whether a container is written with brackets. */
export const isFlow = (text: string, { span }: Node): boolean => '[{'.includes(text.charAt(span.start));

/** Whether a node is not written here, but where the anchor of an alias stands. */
export const isAliased = (text: string, { span }: Pick<Node, 'span'>): boolean => text[span.start] === '*';

/** The style of the nearest neighbours that show one, outwards from a node. */
export function styleAround(text: string, node: Node): Style {
  let unit: number | undefined;
  let listUnit: number | undefined;
  let quote: Style['quote'] | undefined;
  for (const holder of [node, ...holdersOf(node)]) {
    if (unit !== undefined && listUnit !== undefined && quote !== undefined) break;
    unit ??= stepIn(text, holder, 'object');
    listUnit ??= stepIn(text, holder, 'array');
    quote ??= quoteIn(text, holder);
  }
  const step = unit ?? 2;
  return {
    eol: eolOf(text),
    unit: ' '.repeat(step),
    listUnit: ' '.repeat(listUnit ?? step),
    quote: quote ?? "'",
  };
}

function* holdersOf(node: Node): Generator<Node> {
  const { parent } = node;
  if (parent === undefined) return;
  const holder = parent.kind === 'member' ? parent.parent : parent;
  yield holder;
  yield* holdersOf(holder);
}

/** The step from a member's name to the block that is its value. */
function stepIn(text: string, node: Node, kind: 'object' | 'array'): number | undefined {
  if (node.kind !== 'object' || isFlow(text, node)) return undefined;
  for (const { key, value } of node.members) {
    if (value?.kind !== kind || isFlow(text, value) || isAliased(text, value)) continue;
    const step = columnOf(text, value.span.start) - columnOf(text, key.span.start);
    if (step >= 0 && text.slice(key.span.end, value.span.start).includes('\n')) return step;
  }
  return undefined;
}

function quoteIn(text: string, node: Node): Style['quote'] | undefined {
  for (const { kind, span } of descendants(node)) {
    const first = text.charAt(span.start);
    if (kind === 'string' && (first === '"' || first === "'")) return first;
  }
  return undefined;
}

/** Prints a text: plain where that reads back as the same text, else quoted. */
export function printScalar(value: string, quote: Style['quote'], flow: boolean): string {
  if (value === placeholder('') || isVerbatim(value) || isPlain(withoutMarks(value), flow)) return value;
  return printQuoted(value, quote);
}

/** A random value may begin with a digit. */
const withoutMarks = (value: string): string => fillMarks(value, () => '0').text;

/** Prints a text in quotes. Line breaks and control characters need double ones. */
export function printQuoted(value: string, quote: Style['quote']): string {
  return quote === "'" && !hasControls(value) ? `'${value.replaceAll("'", "''")}'` : JSON.stringify(value);
}

function hasControls(value: string): boolean {
  for (let at = 0; at < value.length; at++) {
    const code = value.charCodeAt(at);
    if (code < 32 || code === 127 || code === 0x85 || code === 0x2028 || code === 0x2029 || code === 0xfeff)
      return true;
  }
  return false;
}

const words = new Set(['', '~', '=', '<<', 'null', 'true', 'false', 'yes', 'no', 'on', 'off', 'y', 'n']);

/** Whether every YAML reader, also an old one, takes an unquoted text for this text. */
function isPlain(value: string, flow: boolean): boolean {
  if (words.has(value.toLowerCase()) || hasControls(value)) return false;
  if ('-?:,[]{}#&*!|>\'"%@` .+0123456789'.includes(value.charAt(0))) return false;
  if (value.endsWith(' ') || value.endsWith(':') || value.includes(': ') || value.includes(' #'))
    return false;
  if (!flow) return true;
  for (const mark of ',[]{}') if (value.includes(mark)) return false;
  return true;
}

const isList = (value: JsonValue): value is readonly JsonValue[] => Array.isArray(value);

/** Whether a value is written in lines of its own. */
const isBlock = (value: JsonValue): boolean =>
  typeof value === 'object' &&
  value !== null &&
  (isList(value) ? value.length > 0 : Object.keys(value).length > 0);

/** Prints a value on one line. */
export function printFlow(value: JsonValue, quote: Style['quote'], flow = true): string {
  if (typeof value === 'string') return printScalar(value, quote, flow);
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (isList(value)) return `[${value.map((item) => printFlow(item, quote)).join(', ')}]`;
  const parts = Object.entries(value).map(([key, item]) =>
    key === vacancy ? key : `${printScalar(key, quote, true)}: ${printFlow(item, quote)}`,
  );
  return parts.length === 0 ? '{}' : `{ ${parts.join(', ')} }`;
}

/** Prints a value that begins where the indentation ends; its further lines are indented like the first. */
export function printBlock(value: JsonValue, indent: string, style: Style): string {
  if (typeof value !== 'object' || value === null || !isBlock(value))
    return printFlow(value, style.quote, false);
  const lines = isList(value)
    ? value.map((item) => `- ${printBlock(item, `${indent}  `, style)}`)
    : Object.entries(value).map(([key, item]) => printMember(key, item, indent, style));
  return lines.join(style.eol + indent);
}

/** Prints a member: its name, and its value behind it or in the lines below it. */
export function printMember(key: string, value: JsonValue, indent: string, style: Style): string {
  if (key === vacancy) return key;
  return `${printScalar(key, style.quote, false)}:${printBehind(value, indent, style)}`;
}

/** Prints a value as it follows the colon of a member with that indentation. */
export function printBehind(value: JsonValue, indent: string, style: Style): string {
  if (!isBlock(value)) return ` ${printBlock(value, indent, style)}`;
  const inner = indent + (isList(value) ? style.listUnit : style.unit);
  return style.eol + inner + printBlock(value, inner, style);
}

/** A text as it has to stand inside a scalar that is there already; nothing where the scalar cannot hold it. */
export function encodeYaml({ span, content }: StringNode, text: string, added: string): string | undefined {
  const lines = added.split('\n').join(eolOf(text) + indentTo(text, content.start));
  switch (text[span.start]) {
    case '|':
    case '>':
      return lines;
    case '"':
      return encodeJson(added);
    case "'":
      return hasControls(added) ? undefined : added.replaceAll("'", "''");
    default:
      return undefined;
  }
}
