/** How HCL is laid out around a place, and values printed in that style: separators, quotes of names, commas. */
import type { Span } from '../text/span.ts';
import { fillMarks, isVerbatim, vacancy } from '../tree/change.ts';
import type { ArrayNode, Node, ObjectNode } from '../tree/tree.ts';
import type { JsonValue } from '../tree/walk.ts';
import { isWord } from './hcl-lexer.ts';
import { encodeQuoted, endOfLine } from './hcl-template.ts';
import { type Layout, layoutIn } from './json-style.ts';

type Container = ObjectNode | ArrayNode;

/** How new text is to look. */
export interface HclStyle extends Layout {
  /** What stands between a name and its value, blanks included. */
  readonly separator: string;
  /** Names are quoted although they need not be. */
  readonly quoted: boolean;
  /** Members are set apart by commas also where each has a line of its own. */
  readonly commas: boolean;
}

/** The style for the children of a container: theirs, or that of the nearest neighbours that show one. */
export function styleIn(text: string, container: Container): HclStyle {
  let separator: string | undefined;
  let quoted: boolean | undefined;
  let commas: boolean | undefined;
  for (const node of [container, ...holdersOf(container)]) {
    if (isBody(node)) break;
    if (node.kind !== 'object') continue;
    separator ??= separatorIn(node, text);
    quoted ??= quotesIn(node, text);
    commas ??= commasIn(node, text);
  }
  return {
    ...layoutIn(text, container),
    separator: separator ?? ' = ',
    quoted: quoted ?? false,
    commas: commas ?? separator?.includes(':') ?? false,
  };
}

/** Whether a node is the body of a block, or the whole file: those have a style that is always the same. */
const isBody = ({ kind, parent }: Node): boolean =>
  kind === 'object' && (parent === undefined || (parent.kind === 'member' && parent.slot === undefined));

function* holdersOf(node: Node): Generator<Node> {
  const { parent } = node;
  if (parent === undefined) return;
  const holder = parent.kind === 'member' ? parent.parent : parent;
  yield holder;
  yield* holdersOf(holder);
}

function separatorIn({ members }: ObjectNode, text: string): string | undefined {
  const member = members.find(({ slot }) => slot !== undefined);
  if (member?.slot === undefined) return undefined;
  if (text[member.slot.start - 1] === '=') return ' = ';
  return member.slot.start - member.key.span.end > 1 ? ' : ' : ': ';
}

function quotesIn({ members }: ObjectNode, text: string): boolean | undefined {
  const key = members.map((member) => member.key).find(({ value }) => value !== undefined && isWord(value));
  return key && text[key.span.start] === '"';
}

function commasIn(node: ObjectNode, text: string): boolean | undefined {
  const [first, second] = node.members;
  const comma = first && commaBehind(text, first.span.end);
  return second === undefined && comma === undefined ? undefined : comma !== undefined;
}

/** The comma that follows a value, comments and blanks passed over; nothing where something else follows. */
export function commaBehind(text: string, offset: number): number | undefined {
  const at = skipComments(text, offset);
  return text[at] === ',' ? at : undefined;
}

/** Passes over white space and comments. */
export function skipComments(text: string, offset: number): number {
  let at = offset;
  while (at < text.length) {
    if (isSpace(text.charAt(at))) at++;
    else if (text[at] === '#' || text.startsWith('//', at)) at = endOfLine(text, at);
    else if (text.startsWith('/*', at)) {
      const end = text.indexOf('*/', at + 2);
      at = end < 0 ? text.length : end + 2;
    } else break;
  }
  return at;
}

const isSpace = (sign: string): boolean => sign === ' ' || sign === '\t' || sign === '\n' || sign === '\r';

/** Passes over white space only. */
export function skipSpace(text: string, offset: number): number {
  let at = offset;
  while (isSpace(text.charAt(at)) && at < text.length) at++;
  return at;
}

/** Whether a container stands in brackets of its own, so that something can be written into it. */
export const isBracketed = (text: string, { kind, span }: Container): boolean =>
  text[span.start] === (kind === 'object' ? '{' : '[');

/** Where a line begins, and whether only blanks stand before an offset on it. */
export function lineBefore(
  text: string,
  offset: number,
): { readonly start: number; readonly blank: boolean } {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  return { start, blank: text.slice(start, offset).trim() === '' };
}

/** The rest of an offset's line: whether there is nothing but a comma and a comment, and where it ends. */
export function lineBehind(text: string, offset: number): { readonly end: number; readonly blank: boolean } {
  const comma = onLine(text, offset);
  const at = text[comma] === ',' ? onLine(text, comma + 1) : comma;
  const end = endOfLine(text, offset);
  return { end, blank: at >= end };
}

/** Passes over blanks and comments that end on the same line. */
function onLine(text: string, offset: number): number {
  const end = endOfLine(text, offset);
  let at = offset;
  while (at < end) {
    if (text[at] === ' ' || text[at] === '\t') at++;
    else if (text[at] === '#' || text.startsWith('//', at)) return end;
    else if (text.startsWith('/*', at)) {
      const close = text.indexOf('*/', at + 2);
      if (close < 0 || close + 2 > end) return at;
      at = close + 2;
    } else break;
  }
  return at;
}

/** Whether a comment stands in a stretch of text in which no value stands. */
export const hasComment = (text: string, { start, end }: Span): boolean =>
  ['#', '//', '/*'].some((mark) => text.slice(start, end).includes(mark));

const isList = (value: JsonValue): value is readonly JsonValue[] => Array.isArray(value);

/** Prints a value. The first line is not indented: it follows what stands before it. */
export function printHcl(value: JsonValue, style: HclStyle): string {
  if (typeof value === 'string') return printHclText(value);
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const { eol, flat, unit, indent } = style;
  const inner = { ...style, indent: indent + unit };
  const list = isList(value);
  const parts = list ? value.map((item) => printHcl(item, inner)) : printMembers(value, inner);
  const [open, close] = list ? ['[', ']'] : ['{', '}'];
  if (parts.length === 0) return open + close;
  // A list of plain values stands on one line, as `terraform fmt` leaves it.
  if (flat || (list && value.every((item) => typeof item !== 'object')))
    return list ? `[${parts.join(', ')}]` : `{ ${parts.join(', ')} }`;
  const comma = list || style.commas ? ',' : '';
  return `${open}${eol}${inner.indent}${parts.join(comma + eol + inner.indent)}${eol}${indent}${close}`;
}

/** Prints a text in quotes, or as it stands where it is the host's. */
export const printHclText = (value: string): string =>
  isVerbatim(value) ? value : `"${encodeQuoted(value)}"`;

/** Members of an object. On lines of their own their signs stand in one column, as `terraform fmt` has it. */
function printMembers(value: Readonly<Record<string, JsonValue>>, style: HclStyle): readonly string[] {
  const members = Object.entries(value);
  if (style.flat || style.separator !== ' = ')
    return members.map(([key, item]) => printMember(key, item, style));
  const printed = members.map(([key, item]) => ({
    key,
    name: printName(key, style),
    text: printHcl(item, style),
  }));
  const widths = printed.map(({ key, name, text }) =>
    key === vacancy || text.includes('\n') ? undefined : fillMarks(name, () => '').text.length,
  );
  return printed.map(({ key, name, text }, index) => {
    if (key === vacancy) return key;
    const width = widths[index];
    const gap = width === undefined ? 0 : widestAround(widths, index) - width;
    return name + ' '.repeat(gap) + style.separator + text;
  });
}

/** The widest of those that stand together with one. */
function widestAround(widths: readonly (number | undefined)[], index: number): number {
  const start = widths.findLastIndex((width, at) => at < index && width === undefined) + 1;
  const next = widths.findIndex((width, at) => at > index && width === undefined);
  return Math.max(...widths.slice(start, next < 0 ? widths.length : next).map((width = 0) => width));
}

/** Prints a name and its value. */
export function printMember(key: string, value: JsonValue, style: HclStyle): string {
  return key === vacancy ? key : printName(key, style) + style.separator + printHcl(value, style);
}

/** Prints a name, without quotes where it needs none and its neighbours have none. */
export const printName = (key: string, { quoted }: Pick<HclStyle, 'quoted'>): string =>
  !quoted && isWord(key) ? key : `"${encodeQuoted(key)}"`;
