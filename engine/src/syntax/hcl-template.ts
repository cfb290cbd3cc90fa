/**
 * HCL's quoted strings and heredocs: what they say, and how text is written into them. `${…}` and `%{…}` are holes;
 * doubled signs keep text from being one. A string is never evaluated.
 */
import { type Piece } from '../text/segments.ts';
import { slice, type Span } from '../text/span.ts';
import { encodeAround } from '../tree/change.ts';
import type { Hole, StringNode } from '../tree/tree.ts';

/** The end of an offset's line, before the line break. */
export function endOfLine(text: string, offset: number): number {
  const found = text.indexOf('\n', offset);
  const end = found < 0 ? text.length : found;
  return end > offset && text.charCodeAt(end - 1) === 13 ? end - 1 : end;
}

/** Whether an expression or a directive begins at an offset of a template. */
const opensHole = (text: string, at: number): boolean =>
  text.charCodeAt(at + 1) === 123 && (text[at] === '$' || text[at] === '%');

/** Whether a sign is doubled at an offset, so that it does not begin an expression. */
const isDoubled = (text: string, at: number): boolean => text[at] === text[at + 1] && opensHole(text, at + 1);

/**
 * Behind the sign that closes what is open at an offset: a string, or the braces of an expression. Strings and
 * expressions nest in each other; a string holds no line break itself. Nothing where it is not closed before the limit.
 */
export function templateEnd(text: string, from: number, limit: number, until: '"' | '}'): number | undefined {
  const open: string[] = [until];
  for (let at = from; at < limit; at++) {
    const sign = text.charAt(at);
    const inString = open.at(-1) === '"';
    if (sign === open.at(-1)) {
      open.pop();
      if (open.length === 0) return at + 1;
    } else if (inString && sign === '\n') return undefined;
    else if (inString && sign === '\\') at++;
    else if (inString && isDoubled(text, at)) at += 2;
    else if (inString ? opensHole(text, at) : sign === '{') {
      open.push('}');
      if (inString) at++;
    } else if (sign === '"') open.push('"');
  }
  return undefined;
}

/** The pieces of a template. In a quoted string `\` escapes; in a heredoc it is a letter. */
function* templatePieces(text: string, { start, end }: Span, quoted: boolean): Generator<Piece> {
  let from = start;
  let trials = 20;
  for (let at = start; at < end;) {
    const piece = specialAt(text, at, end, quoted, trials > 0);
    if (piece === undefined) {
      at++;
      continue;
    }
    if (at > from) yield { kind: 'same', raw: { start: from, end: at } };
    yield piece;
    from = piece.raw.end;
    at = from;
    if (piece.kind === 'hole' && text[from - 1] !== '}') trials--;
  }
  if (end > from) yield { kind: 'same', raw: { start: from, end } };
}

/** `mayClose` is false where so many expressions are not closed that it is vain to look for the end of another. */
function specialAt(
  text: string,
  at: number,
  end: number,
  quoted: boolean,
  mayClose: boolean,
): Piece | undefined {
  const sign = text[at];
  if (sign === '\\') return quoted ? escapeAt(text, at, end) : undefined;
  if (sign !== '$' && sign !== '%') return undefined;
  if (isDoubled(text, at) && at + 3 <= end)
    return { kind: 'escape', raw: { start: at, end: at + 3 }, text: `${sign}{` };
  if (!opensHole(text, at) || at + 2 > end) return undefined;
  // An expression that is not closed yet may be anything up to the next quote.
  const close = (mayClose ? templateEnd(text, at + 2, end, '}') : undefined) ?? stopOf(text, at + 2, end);
  return { kind: 'hole', raw: { start: at, end: close } };
}

function stopOf(text: string, from: number, end: number): number {
  const line = Math.min(end, endOfLine(text, from));
  const stop = text.indexOf('"', from);
  return stop < 0 ? line : Math.min(line, stop);
}

const named: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\' };

/** An escape; one that HCL does not have says what is written. */
function escapeAt(text: string, at: number, end: number): Piece {
  const letter = text.charAt(at + 1);
  const digits = letter === 'u' ? 4 : letter === 'U' ? 8 : 0;
  const code = digits > 0 ? Number(`0x${text.slice(at + 2, at + 2 + digits)}`) : Number.NaN;
  const known = code >= 0 && code <= 0x10ffff;
  const raw = { start: at, end: Math.min(end, at + 2 + (known ? digits : 0)) };
  return {
    kind: 'escape',
    raw,
    text: known ? String.fromCodePoint(code) : (named[letter] ?? slice(text, raw)),
  };
}

/** The pieces of a text that is a template and nothing else, such as a string in the JSON form of Terraform. */
export const templateTextPieces = (text: string): Iterable<Piece> =>
  templatePieces(text, { start: 0, end: text.length }, false);

/** The pieces of a string node, as it is written in the text. */
export function hclPieces({ span, content }: StringNode, text: string): Iterable<Piece> {
  if (text[span.start] === '"') return templatePieces(text, content, true);
  if (text[span.start] !== '<') return [{ kind: 'same', raw: content }];
  const pieces = templatePieces(text, content, false);
  return text[span.start + 2] === '-' ? withoutIndent(pieces, text, indentIn(text, content).length) : pieces;
}

/** The indentation that all lines of a heredoc share. */
function indentIn(text: string, { start, end }: Span): string {
  let indent: string | undefined;
  for (const line of text.slice(start, end).split('\n')) {
    if (line.trim() === '') continue;
    const own = line.slice(0, line.length - line.trimStart().length);
    if (indent === undefined || own.length < indent.length) indent = own;
  }
  return indent ?? '';
}

function* withoutIndent(pieces: Iterable<Piece>, text: string, width: number): Generator<Piece> {
  for (const piece of pieces) {
    if (piece.kind !== 'same') yield piece;
    else yield* linesOf(text, piece.raw, width);
  }
}

/** A stretch of text line by line, each without its indentation. */
function* linesOf(text: string, { start, end }: Span, width: number): Generator<Piece> {
  for (let at = start; at < end;) {
    const found = text.indexOf('\n', at);
    const next = found < 0 || found >= end ? end : found + 1;
    let from = at;
    const isLineStart = at === 0 || text[at - 1] === '\n';
    if (isLineStart) while (from < at + width && from < next && ' \t'.includes(text.charAt(from))) from++;
    if (next > from) yield { kind: 'same', raw: { start: from, end: next } };
    at = next;
  }
}

/** The text between quotes where nothing in it has to be decoded: the usual case. */
const plainText = (inside: string): string | undefined =>
  inside.includes('\\') || inside.includes('{') ? undefined : inside;

/** What a string says: its text, or the known parts of it. */
export function stringNode(
  text: string,
  span: Span,
  content: Span,
  closed: boolean,
): { -readonly [Key in keyof StringNode]: StringNode[Key] } {
  const node: StringNode = { kind: 'string', span, content, complete: closed, parts: [] };
  const plain = text[span.start] === '"' ? plainText(slice(text, content)) : undefined;
  if (plain !== undefined) return { ...node, value: plain, parts: [plain] };
  const parts: (string | Hole)[] = [];
  let known = '';
  for (const piece of hclPieces(node, text)) {
    if (piece.kind !== 'hole') known += piece.kind === 'escape' ? piece.text : slice(text, piece.raw);
    else {
      if (known !== '') parts.push(known);
      known = '';
      parts.push({ hole: slice(text, piece.raw) });
    }
  }
  if (parts.length === 0) return { ...node, value: known, parts: [known] };
  return { ...node, parts: known === '' ? parts : [...parts, known] };
}

/** Signs that would begin an expression, doubled. */
export const withoutHoles = (text: string): string => text.split('${').join('$${').split('%{').join('%%{');

/** A text as it stands between the quotes of a string. */
export const encodeQuoted = (text: string): string => encodeAround(text, encodeLetters);

function encodeLetters(text: string): string {
  let encoded = '';
  for (const sign of withoutHoles(text)) {
    const code = sign.charCodeAt(0);
    const letter = Object.keys(named).find((name) => named[name] === sign);
    if (letter !== undefined) encoded += `\\${letter}`;
    else encoded += code < 32 ? `\\u${code.toString(16).padStart(4, '0')}` : sign;
  }
  return encoded;
}

/** A text as it has to stand inside a string or a heredoc that is there already. */
export function encodeInto({ span, content }: StringNode, text: string, added: string): string {
  if (text[span.start] !== '<') return encodeQuoted(added);
  const indent = text[span.start + 2] === '-' ? indentIn(text, content) : '';
  return withoutHoles(added).split('\n').join(`\n${indent}`);
}
