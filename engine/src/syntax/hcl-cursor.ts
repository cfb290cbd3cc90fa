/**
 * Where a reader of HCL is in its tokens, and when what is open there has to end although its bracket is missing: a
 * bracket never takes the sign that closes an outer one, and a block that can only stand at the top ends everything.
 */
import type { Span } from '../text/span.ts';
import type { Problem } from '../tree/tree.ts';
import type { Token } from './hcl-lexer.ts';

export interface Cursor {
  readonly text: string;
  readonly tokens: readonly Token[];
  readonly problems: Problem[];
  /** The brackets of expressions that are open, from the outside in. */
  readonly open: Bracket[];
  /** How many choices are open: `a ? b : c` in each other. */
  choices: number;
  /** The index of the next token. */
  at: number;
}

export type Bracket = '{' | '[' | '(';

const closers: Readonly<Record<Bracket, string>> = { '{': '}', '[': ']', '(': ')' };

/** The token that comes next; nothing at the end. */
export const peek = (cursor: Cursor): Token | undefined => cursor.tokens[cursor.at];

/** The sign that comes next, or an empty text. */
export const signOf = (cursor: Cursor): string => peek(cursor)?.sign ?? '';

/** Where the next token begins, or the text ends. */
export const offsetOf = (cursor: Cursor): number => peek(cursor)?.start ?? cursor.text.length;

/** Where the last token that was read ends. */
export const endOf = (cursor: Cursor): number => cursor.tokens[cursor.at - 1]?.end ?? 0;

/** Whether the line ends here. */
export const isLineEnd = (cursor: Cursor): boolean => (peek(cursor)?.kind ?? 'newline') === 'newline';

/** Goes on to the next token that is no line break. */
export function skipNewlines(cursor: Cursor): void {
  while (peek(cursor)?.kind === 'newline') cursor.at++;
}

/** Notes that the syntax is broken. */
export function fail(cursor: Cursor, span: Span, message: string): void {
  cursor.problems.push({ kind: 'syntax', span, message });
}

/** Notes that something is missing or wrong behind the last token. */
export function failBehind(cursor: Cursor, message: string): void {
  const end = endOf(cursor);
  fail(cursor, { start: end - 1, end }, message);
}

/** Goes past a token that has no business where it stands. */
export function skipStray(cursor: Cursor): void {
  const token = peek(cursor);
  if (token) fail(cursor, { start: token.start, end: token.end }, 'this does not belong here');
  cursor.at++;
}

/** The place behind a separator, up to the end of what can be written there. */
export function slotFrom(cursor: Cursor, start: number): Span {
  const end = offsetOf(cursor);
  const beforeBreak = cursor.text[end - 1] === '\r' ? end - 1 : end;
  return { start, end: Math.max(start, beforeBreak) };
}

/**
 * Reads what stands between brackets, separated by commas and in braces also by line breaks, and the closing bracket if it is
 * there.
 * @param readOne reads one thing; what it leaves is passed over
 * @param isLoop a `for` stands there, which no commas separate
 */
export function readBracket(
  cursor: Cursor,
  bracket: Bracket,
  readOne: () => void,
  isLoop = false,
): { readonly span: Span; readonly complete: boolean } {
  const start = offsetOf(cursor);
  const before = cursor.problems.length;
  cursor.at++;
  cursor.open.push(bracket);
  const end = readItems(cursor, closers[bracket], readOne, isLoop);
  cursor.open.pop();
  if (end === undefined) fail(cursor, { start, end: start + 1 }, 'this bracket is not closed');
  const span = { start, end: end ?? offsetOf(cursor) };
  return { span, complete: cursor.problems.length === before };
}

/** Reads up to a closing sign and gives its end; nothing where it is missing. */
function readItems(cursor: Cursor, closer: string, readOne: () => void, isLoop: boolean): number | undefined {
  let previous: Previous = isLoop ? 'loop' : 'none';
  for (;;) {
    previous = skipSeparators(cursor, closer, previous);
    const token = peek(cursor);
    if (token === undefined || startsTopBlock(cursor)) return undefined;
    if (closer === ']' && startsBlock(cursor)) return undefined;
    if (token.sign === closer) {
      cursor.at++;
      return token.end;
    }
    if (closesOuter(cursor, token.sign)) return undefined;
    if (previous === 'item') failBehind(cursor, 'a comma is missing behind this');
    const before = cursor.at;
    const problems = cursor.problems.length;
    readOne();
    if (cursor.at === before) skipStray(cursor);
    if (!isLoop) previous = cursor.problems.length === problems ? 'item' : 'broken';
  }
}

/** What a comma would follow: nothing, so that it is one too many; an item, which needs one; something broken; parts of a `for`. */
type Previous = 'none' | 'item' | 'broken' | 'loop';

/** Goes past line breaks and commas, and tells what the next item follows then. */
function skipSeparators(cursor: Cursor, closer: string, from: Previous): Previous {
  let previous = from;
  for (;;) {
    const isComma = signOf(cursor) === ',';
    if (!isComma && peek(cursor)?.kind !== 'newline') return previous;
    if (isComma && previous === 'none') skipStray(cursor);
    else cursor.at++;
    if (from !== 'loop' && (isComma || closer === '}')) previous = 'none';
  }
}

/** Whether a sign closes something that was opened before the innermost bracket; a brace may always be a block's. */
const closesOuter = ({ open }: Cursor, sign: string): boolean =>
  sign === '}' || (sign === ']' && open.includes('[')) || (sign === ')' && open.includes('('));

/** Passes over brackets that are nested deeper than anybody writes. */
export function skipBracket(cursor: Cursor): Span {
  const start = offsetOf(cursor);
  let depth = 0;
  do {
    const sign = signOf(cursor);
    if (sign === '{' || sign === '[' || sign === '(') depth++;
    else if (sign === '}' || sign === ']' || sign === ')') depth--;
    cursor.at++;
  } while (depth > 0 && cursor.at < cursor.tokens.length);
  const span = { start, end: endOf(cursor) };
  fail(cursor, span, 'brackets are nested too deep');
  return span;
}

/** Blocks that stand at the top of a file only, by the number of their labels. */
const topBlocks: ReadonlyMap<string, number> = new Map([
  ['resource', 2],
  ['data', 2],
  ['ephemeral', 2],
  ['module', 1],
  ['variable', 1],
  ['output', 1],
  ['provider', 1],
  ['check', 1],
  ['locals', 0],
  ['terraform', 0],
  ['moved', 0],
  ['import', 0],
  ['removed', 0],
]);

/** Whether a line begins here with a name and a brace: such is no item of a list, so the list is over. */
const startsBlock = ({ tokens, at }: Cursor): boolean =>
  tokens[at]?.kind === 'word' && tokens[at - 1]?.kind === 'newline' && tokens[at + 1]?.sign === '{';

/** Whether the head of a block that stands at the top of a file begins a line here. */
export function startsTopBlock({ text, tokens, at }: Cursor): boolean {
  const token = tokens[at];
  if (token?.kind !== 'word' || (tokens[at - 1]?.kind ?? 'newline') !== 'newline') return false;
  const labels = topBlocks.get(text.slice(token.start, token.end));
  if (labels === undefined || tokens[at + labels + 1]?.sign !== '{') return false;
  return tokens
    .slice(at + 1, at + 1 + labels)
    .every(({ kind, closed }) => (kind === 'string' && closed) || kind === 'word');
}
