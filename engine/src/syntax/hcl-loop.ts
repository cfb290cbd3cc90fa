/** `for` of HCL, which makes a list or an object of another: an expression, with what is made each time as its operands. */
import { slice, type Span } from '../text/span.ts';
import type { Node } from '../tree/tree.ts';
import { repeated } from './hcl-call.ts';
import { type Cursor, fail, offsetOf, readBracket, signOf } from './hcl-cursor.ts';
import { opaqueFrom, spanOf } from './hcl-literal.ts';

/** Whether a `for` stands behind the bracket that comes next. */
export function isLoop({ text, tokens, at }: Cursor): boolean {
  let next = at + 1;
  while (tokens[next]?.kind === 'newline') next++;
  const word = tokens[next];
  return word?.kind === 'word' && slice(text, spanOf(word)) === 'for' && tokens[next + 1]?.kind === 'word';
}

/** Whether one or two names and the word `in` stand behind a `for`. */
function namesList({ text, tokens }: Cursor, opening: number): boolean {
  const head = tokens.slice(opening + 1).filter(({ kind }) => kind !== 'newline');
  const words = head.slice(1, 5).map((token) => slice(text, spanOf(token)));
  return words[words[1] === ',' ? 3 : 1] === 'in';
}

/** `[for name in list : value]` and `{for name in list : key => value}`, both also with `if` behind. */
export function readLoop(
  cursor: Cursor,
  bracket: '[' | '{',
  readValue: (cursor: Cursor) => Node | undefined,
): Node {
  const before = cursor.problems.length;
  const start = offsetOf(cursor);
  const opening = cursor.at;
  const made: Node[] = [];
  let isMade = false;
  let isPair = false;
  let head: Span = { start: start + 1, end: start + 1 };
  const { span } = readBracket(
    cursor,
    bracket,
    () => {
      const isColon = signOf(cursor) === ':';
      if (isColon && !isMade) head = { start: start + 1, end: offsetOf(cursor) };
      const value = isColon ? undefined : readValue(cursor);
      if (signOf(cursor) === '=>') isPair = true;
      if (value === undefined && (isColon || signOf(cursor) === '=>' || signOf(cursor) === '...'))
        cursor.at++;
      isMade = isColon || (isMade && !(value?.kind === 'opaque' && value.text === 'if'));
      if (isMade && value) made.push(value);
    },
    true,
  );
  if (cursor.problems.length === before && !namesList(cursor, opening))
    fail(cursor, span, 'behind for stand a name, the word in, and a list');
  else if (cursor.problems.length === before && isPair !== (bracket === '{'))
    fail(cursor, span, 'a for makes values in brackets, and names with values behind => in braces');
  const loop = { ...opaqueFrom(cursor, start, before, span), operands: made };
  return repeated(loop, slice(cursor.text, head).trim(), bracket);
}
