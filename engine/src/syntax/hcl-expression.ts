/**
 * Expressions of HCL as nodes. Literals, objects and lists are what they are; everything else is opaque, with the values
 * that are written in calls and choices as its operands.
 */
import { slice } from '../text/span.ts';
import { arrayOf, type MemberParts, objectOf } from '../tree/build.ts';
import type { Node, StringNode } from '../tree/tree.ts';
import { callNode, unknownKey } from './hcl-call.ts';
import {
  type Cursor,
  endOf,
  fail,
  failBehind,
  isLineEnd,
  offsetOf,
  peek,
  readBracket,
  signOf,
  skipBracket,
  skipNewlines,
  slotFrom,
} from './hcl-cursor.ts';
import type { Token } from './hcl-lexer.ts';
import { lone, nameNode, opaqueFrom, readHeredoc, readString, spanOf } from './hcl-literal.ts';
import { isLoop, readLoop } from './hcl-loop.ts';

/** Brackets are read by calls of functions in each other, so there is a limit. No policy comes near. */
const deepest = 100;

const operators = new Set(['&&', '||', '==', '!=', '<', '>', '<=', '>=', '+', '-', '*', '/', '%']);

/**
 * Reads an expression; nothing where none begins.
 * @param multiline inside of parentheses and lists a line break ends nothing
 */
export function readExpression(cursor: Cursor, multiline: boolean): Node | undefined {
  const before = cursor.problems.length;
  const first = readOperation(cursor, multiline);
  if (first === undefined || !isNext(cursor, multiline, '?')) return first;
  const condition = slice(cursor.text, { start: first.span.start, end: first.span.end });
  const sides = readSides(cursor, multiline);
  const choice = opaqueFrom(cursor, first.span.start, before, sides.at(-1)?.span ?? first.span);
  if (sides.length < 2) return { ...choice, operands: sides };
  return { ...choice, operands: sides, choice: { condition, sides: sides.map(unlessNull) } };
}

/** A side that is `null` is no value. */
const unlessNull = (node: Node): Node | undefined => (node.kind === 'null' ? undefined : node);

/** Reads the two values of a choice, behind its `?`. */
function readSides(cursor: Cursor, multiline: boolean): readonly Node[] {
  if (cursor.open.length + cursor.choices >= deepest) {
    failBehind(cursor, 'choices are nested too deep');
    return [];
  }
  cursor.choices++;
  const yes = readSide(cursor, multiline);
  const hasOther = yes !== undefined && isNext(cursor, multiline, ':');
  if (yes && !hasOther) failBehind(cursor, 'the other value of the choice is missing here');
  const no = hasOther ? readSide(cursor, multiline) : undefined;
  cursor.choices--;
  return [yes, no].filter((side) => side !== undefined);
}

function readSide(cursor: Cursor, multiline: boolean): Node | undefined {
  const side = readExpression(cursor, multiline);
  if (side === undefined) failBehind(cursor, 'a value is missing here');
  return side;
}

/** Reads values with operators between them. */
function readOperation(cursor: Cursor, multiline: boolean): Node | undefined {
  const before = cursor.problems.length;
  const first = readOperand(cursor, multiline);
  if (first === undefined) return undefined;
  let last: Node | undefined;
  while (goPast(cursor, multiline, (sign) => operators.has(sign))) {
    const operand = readOperand(cursor, multiline);
    last = operand ?? last ?? first;
    if (operand) continue;
    failBehind(cursor, 'a value is missing here');
    break;
  }
  return last ? opaqueFrom(cursor, first.span.start, before, last.span) : first;
}

const isNext = (cursor: Cursor, multiline: boolean, expected: string): boolean =>
  goPast(cursor, multiline, (sign) => sign === expected);

/** Goes past a sign that is expected, and past line breaks where they mean nothing; stays where another one comes. */
function goPast(cursor: Cursor, multiline: boolean, isExpected: (sign: string) => boolean): boolean {
  const here = cursor.at;
  if (multiline) skipNewlines(cursor);
  if (!isExpected(signOf(cursor))) {
    cursor.at = here;
    return false;
  }
  cursor.at++;
  if (multiline) skipNewlines(cursor);
  return true;
}

const isPrefix = (sign: string): boolean => sign === '-' || sign === '!';

function readOperand(cursor: Cursor, multiline: boolean): Node | undefined {
  const start = offsetOf(cursor);
  const before = cursor.problems.length;
  const prefixed = isPrefix(signOf(cursor));
  while (isPrefix(signOf(cursor))) cursor.at++;
  const value = readPrimary(cursor, multiline);
  if (prefixed && value === undefined) failBehind(cursor, 'a value is missing here');
  const followed = value !== undefined && readTraversal(cursor, multiline);
  return value && (prefixed || followed) ? opaqueFrom(cursor, start, before, value.span) : value;
}

/** Reads `.name`, `.0`, `.*` and `[…]` behind a value. */
function readTraversal(cursor: Cursor, multiline: boolean): boolean {
  const from = cursor.at;
  for (;;) {
    if (isNext(cursor, multiline, '.')) {
      if (!isLineEnd(cursor) && (peek(cursor)?.sign === '' || signOf(cursor) === '*')) cursor.at++;
      else failBehind(cursor, 'a name is missing behind this');
    } else if (signOf(cursor) === '[' && !isWordOfLoop(cursor)) readIndex(cursor);
    else return cursor.at > from;
  }
}

/** `in` and `if`, behind which a value begins. */
const isWordOfLoop = ({ text, tokens, at }: Cursor): boolean => {
  const token = tokens[at - 1];
  return token?.kind === 'word' && ['in', 'if'].includes(slice(text, spanOf(token)));
};

/** Reads an index or, as in `[*]`, all of them. */
function readIndex(cursor: Cursor): void {
  const { tokens, at } = cursor;
  if (tokens[at + 1]?.sign === '*' && tokens[at + 2]?.sign === ']') cursor.at += 3;
  else {
    const index = readTuple(cursor);
    if (index.kind === 'array' && index.complete && index.items.length !== 1)
      fail(cursor, index.span, 'an index is one value');
  }
}

function readPrimary(cursor: Cursor, multiline: boolean): Node | undefined {
  const token = peek(cursor);
  if (token === undefined) return undefined;
  const span = spanOf(token);
  switch (token.kind) {
    case 'string':
      return lone(readString(cursor, token));
    case 'heredoc':
      return readHeredoc(cursor, token);
    case 'number': {
      cursor.at++;
      const text = slice(cursor.text, span);
      return { kind: 'number', span, complete: true, value: Number(text), text };
    }
    case 'word':
      return readName(cursor, token);
    case 'newline':
      return undefined;
    case 'mark':
      return readInBrackets(cursor, token.sign, multiline);
  }
}

function readInBrackets(cursor: Cursor, sign: string, multiline: boolean): Node | undefined {
  if (sign !== '[' && sign !== '{' && sign !== '(') return undefined;
  if (cursor.open.length >= deepest) {
    const span = skipBracket(cursor);
    return { kind: 'opaque', span, complete: false, text: slice(cursor.text, span) };
  }
  if (sign === '(') return readParentheses(cursor);
  if (isLoop(cursor)) return readLoop(cursor, sign, (inner) => readExpression(inner, true));
  return sign === '[' ? readTuple(cursor) : readObject(cursor, multiline);
}

const literals: ReadonlyMap<string, boolean | null> = new Map([
  ['true', true],
  ['false', false],
  ['null', null],
]);

function readName(cursor: Cursor, token: Token): Node {
  const before = cursor.problems.length;
  cursor.at++;
  while (signOf(cursor) === '::') cursor.at += 2;
  const span = { start: token.start, end: endOf(cursor) };
  const text = slice(cursor.text, span);
  if (signOf(cursor) === '(' && cursor.open.length < deepest) return readCall(cursor, text, token.start);
  const literal = literals.get(text);
  if (literal === undefined || signOf(cursor) === '.') return opaqueFrom(cursor, token.start, before);
  return literal === null
    ? { kind: 'null', span, complete: true }
    : { kind: 'boolean', span, complete: true, value: literal };
}

function readCall(cursor: Cursor, callee: string, start: number): Node {
  const before = cursor.problems.length;
  const operands: Node[] = [];
  const { span } = readBracket(cursor, '(', () => {
    const operand = readExpression(cursor, true);
    if (operand && signOf(cursor) !== '...') operands.push(operand);
    else if (operand) {
      cursor.at++;
      operands.push(opaqueFrom(cursor, operand.span.start, before));
    }
  });
  return callNode({ ...opaqueFrom(cursor, start, before, span), callee, operands });
}

function readParentheses(cursor: Cursor): Node {
  const before = cursor.problems.length;
  const start = offsetOf(cursor);
  const inner: Node[] = [];
  const { span } = readBracket(cursor, '(', () => {
    const value = readExpression(cursor, true);
    if (value) inner.push(value);
  });
  const [value, ...others] = inner;
  if (cursor.problems.length === before && inner.length !== 1)
    fail(cursor, span, 'there is one value in parentheses');
  return value && others.length === 0 ? value : opaqueFrom(cursor, start, before, span);
}

function readTuple(cursor: Cursor): Node {
  const items: Node[] = [];
  const { span, complete } = readBracket(cursor, '[', () => {
    const item = readExpression(cursor, true);
    if (item) items.push(item);
  });
  return arrayOf(span, complete, items);
}

function readObject(cursor: Cursor, multiline: boolean): Node {
  const members: MemberParts[] = [];
  const { span, complete } = readBracket(cursor, '{', () => {
    const member = readMember(cursor, multiline);
    if (member) members.push(member);
  });
  return objectOf(span, complete, members);
}

function readMember(cursor: Cursor, multiline: boolean): MemberParts | undefined {
  const key = readKey(cursor);
  if (key === undefined) {
    const stray = readExpression(cursor, multiline);
    if (stray) fail(cursor, stray.span, 'this has no name');
    return undefined;
  }
  const sign = signOf(cursor);
  if (sign === '=' || sign === ':') return readAssigned(cursor, key);
  fail(cursor, key.span, 'a value is missing behind this name');
  return { key, span: key.span };
}

/** Reads a separator and the value behind it, which belong to a key. */
export function readAssigned(cursor: Cursor, key: StringNode): MemberParts {
  cursor.at++;
  const start = endOf(cursor);
  const value = readExpression(cursor, false);
  if (value === undefined) fail(cursor, key.span, 'the value is missing');
  const span = { start: key.span.start, end: value?.span.end ?? start };
  return { key, span, slot: slotFrom(cursor, start), ...(value && { value }) };
}

/** Reads a key: a name or a string, or an expression, which may be any. */
function readKey(cursor: Cursor): StringNode | undefined {
  const token = peek(cursor);
  if (token === undefined) return undefined;
  if (token.kind === 'string') return readString(cursor, token);
  const next = cursor.tokens[cursor.at + 1]?.sign ?? '';
  if (
    token.kind === 'number' ||
    (token.kind === 'word' && !operators.has(next) && !'.[('.includes(next || ' '))
  ) {
    cursor.at++;
    return nameNode(cursor.text, spanOf(token));
  }
  if (token.kind !== 'word' && token.sign !== '(') return undefined;
  const expression = readExpression(cursor, false);
  return expression && unknownKey(expression.span, slice(cursor.text, expression.span));
}
