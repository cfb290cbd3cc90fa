/**
 * What a YAML scalar says, piece by piece: plain, quoted and block scalars with their escapes, folded lines and
 * indentation. Agrees with the `yaml` package on the decoded text; a property test holds the two together.
 */
import type { CST } from 'yaml';
import type { Piece } from '../text/segments.ts';
import type { Span } from '../text/span.ts';
import type { StringNode } from '../tree/tree.ts';

/** The pieces of a scalar's source; `text` is the whole document. */
export function scalarPieces(token: CST.FlowScalar | CST.BlockScalar, text: string): readonly Piece[] {
  const { offset, source } = token;
  if (token.type !== 'block-scalar') {
    const content =
      quoteOf(token) === '' ? { start: 0, end: 0 } : { start: 1, end: isClosed(token) ? -1 : 0 };
    const span = { start: offset + content.start, end: offset + source.length + content.end };
    return [...flowPieces(text, span, quoteOf(token))];
  }
  const start = blockStart(token);
  const header = text.slice(offset, start);
  const digit = headerMarks(header).find((mark) => mark >= '1' && mark <= '9');
  const depth = digit === undefined ? undefined : token.indent + Number(digit);
  return [...blockPieces(text, { start, end: start + source.length }, header, depth)];
}

const quoteOf = ({ type }: CST.FlowScalar): '"' | "'" | '' =>
  type === 'double-quoted-scalar' ? '"' : type === 'single-quoted-scalar' ? "'" : '';

/** The pieces of a string that was read from YAML, from where it stands alone. */
export function stringPieces({ span, content }: StringNode, text: string): readonly Piece[] {
  const first = text.charAt(span.start);
  if (first === '*') return [];
  if (first !== '|' && first !== '>')
    return [...flowPieces(text, content, first === '"' || first === "'" ? first : '')];
  const start = text.indexOf('\n', span.start) + 1;
  const depth = content.start - text.lastIndexOf('\n', content.start - 1) - 1;
  return start === 0
    ? []
    : [...blockPieces(text, { start, end: content.end }, text.slice(span.start, start), depth)];
}

/** Whether a quoted scalar has its closing quote; other scalars have none to miss. */
export function isClosed({ type, source }: CST.FlowScalar): boolean {
  if (type === 'double-quoted-scalar') return source.length > 1 && source.endsWith('"');
  return type !== 'single-quoted-scalar' || (source.length > 1 && source.endsWith("'"));
}

const isBlank = (code: number): boolean => code === 32 || code === 9;

/** Recognizes an escape sequence at an offset. An empty text says nothing. */
type Escape = (
  text: string,
  at: number,
  end: number,
) => { readonly end: number; readonly text: string } | undefined;

const noEscape: Escape = () => undefined;

const singleEscape: Escape = (text, at) =>
  text.startsWith("''", at) ? { end: at + 2, text: "'" } : undefined;

const named: Readonly<Record<string, string>> = {
  '0': '\0',
  a: '\x07',
  b: '\b',
  e: '\x1b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  N: '\u0085',
  _: '\u00a0',
  L: '\u2028',
  P: '\u2029',
  ' ': ' ',
  '"': '"',
  '/': '/',
  '\\': '\\',
  '\t': '\t',
};
const hexDigits: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

const doubleEscape: Escape = (text, at, end) => {
  if (text[at] !== '\\') return undefined;
  const next = text.charAt(at + 1);
  const known = named[next];
  if (known !== undefined) return { end: at + 2, text: known };
  const digits = hexDigits[next];
  if (digits !== undefined) return hexEscape(text, at, digits);
  const lineEnd = breakAt(text, at + 1);
  if (lineEnd === at + 1) return undefined;
  let stop = lineEnd;
  while (stop < end && isBlank(text.charCodeAt(stop))) stop++;
  return { end: stop, text: '' };
};

const escapesIn = { '': noEscape, "'": singleEscape, '"': doubleEscape } as const;

function hexEscape(text: string, at: number, digits: number): ReturnType<Escape> {
  const code = text.slice(at + 2, at + 2 + digits);
  const value = Number(`0x${code}`);
  const valid = code.length === digits && value <= 0x10_ffff && isHex(code);
  return valid ? { end: at + 2 + digits, text: String.fromCodePoint(value) } : undefined;
}

function isHex(code: string): boolean {
  for (let at = 0; at < code.length; at++)
    if (!'0123456789abcdefABCDEF'.includes(code.charAt(at))) return false;
  return true;
}

/** The offset behind a line break at an offset; the offset itself where there is none. */
function breakAt(text: string, at: number): number {
  if (text[at] === '\n') return at + 1;
  return text[at] === '\r' && text[at + 1] === '\n' ? at + 2 : at;
}

/** Plain and quoted scalars: white space around line breaks folds to one space, or to the empty lines between. */
function* flowPieces(text: string, { start, end }: Span, quote: '"' | "'" | ''): Generator<Piece> {
  const escapeAt = escapesIn[quote];
  let from = start;
  let at = start;
  while (at < end) {
    const found = escapeAt(text, at, end) ?? foldAt(text, at, end);
    if (found === undefined) at++;
    else {
      if (at > from) yield { kind: 'same', raw: { start: from, end: at } };
      if (found.text !== '') yield { kind: 'escape', raw: { start: at, end: found.end }, text: found.text };
      at = from = found.end;
    }
  }
  if (end > from) yield { kind: 'same', raw: { start: from, end } };
}

const foldAt: Escape = (text, at, end) => {
  let breaks = 0;
  let stop = at;
  while (stop < end) {
    const next = breakAt(text, stop);
    if (next > stop) breaks++;
    else if (!isBlank(text.charCodeAt(stop))) break;
    stop = Math.max(next, stop + 1);
  }
  if (breaks === 0) return undefined;
  return { end: Math.min(stop, end), text: breaks === 1 ? ' ' : '\n'.repeat(breaks - 1) };
};

/** A line of a block scalar: from behind its indentation to before its break. */
interface Line {
  readonly start: number;
  readonly content: number;
  readonly end: number;
}

/** The marks in the header of a block scalar: how it is chomped, and how deep it is indented. */
const headerMarks = (header: string): readonly string[] =>
  (header.split('#')[0] ?? '').trim().slice(1).split('');

/** Where the source of a block scalar begins: behind its header's line. */
function blockStart({ offset, props }: CST.BlockScalar): number {
  return props.reduce((end, prop) => end + ('source' in prop ? prop.source.length : 0), offset);
}

function linesOf(text: string, { start, end }: Span): readonly Line[] {
  const lines: Line[] = [];
  for (let at = start; at <= end;) {
    const found = text.indexOf('\n', at);
    const stop = found < 0 || found >= end ? end : found;
    let content = at;
    while (content < stop && text.charCodeAt(content) === 32) content++;
    const lineEnd = stop > content && stop < end && text[stop - 1] === '\r' ? stop - 1 : stop;
    lines.push({ start: at, content: Math.min(content, lineEnd), end: lineEnd });
    at = stop + 1;
  }
  return lines;
}

const isEmpty = ({ content, end }: Line): boolean => content === end;

/** Block scalars; where the header does not say how deep they are indented, the first line does. */
function* blockPieces(
  text: string,
  source: Span,
  header: string,
  indent: number | undefined,
): Generator<Piece> {
  const lines = linesOf(text, source);
  const first = lines.find((line) => !isEmpty(line));
  if (first === undefined) return;
  const depth = indent ?? first.content - first.start;
  const last = lines.findLastIndex((line) => !isEmpty(line) || line.end - line.start > depth);
  const body = lines
    .slice(0, last + 1)
    .map((line) => ({ ...line, content: Math.min(line.start + depth, line.end) }));
  yield* header.startsWith('>') ? foldedLines(body, text, first.start) : literalLines(body);
  const end = body.at(-1)?.end ?? source.start;
  // Of the line breaks at the end `+` keeps all; one of them is enough for everything that is read here.
  if (!headerMarks(header).includes('-'))
    yield { kind: 'escape', raw: { start: end, end: breakAt(text, end) }, text: '\n' };
}

function* literalLines(lines: readonly Line[]): Generator<Piece> {
  let previous: Line | undefined;
  for (const line of lines) {
    if (previous) yield { kind: 'escape', raw: { start: previous.end, end: line.content }, text: '\n' };
    if (line.end > line.content) yield { kind: 'same', raw: { start: line.content, end: line.end } };
    previous = line;
  }
}

/** Neighbouring lines fold to one, except where lines are empty or indented deeper. */
function* foldedLines(lines: readonly Line[], text: string, firstStart: number): Generator<Piece> {
  let gap = '';
  let open = '';
  let end = lines[0]?.start ?? 0;
  let wasDeeper = false;
  for (const line of lines) {
    const empty = isEmpty(line);
    const deeper = !empty && isBlank(text.charCodeAt(line.content));
    if (line.start < firstStart) gap += '\n';
    else if (empty) {
      if (open === '\n') gap += '\n';
      else open = '\n';
      continue;
    } else {
      if (deeper && open === ' ') open = '\n';
      else if (deeper && !wasDeeper && open === '\n') open = '\n\n';
      yield { kind: 'escape', raw: { start: end, end: line.content }, text: gap + open };
      yield { kind: 'same', raw: { start: line.content, end: line.end } };
      [gap, open, end, wasDeeper] = ['', deeper ? '\n' : ' ', line.end, deeper];
    }
  }
}
