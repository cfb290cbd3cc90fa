/**
 * Reads HCL into our tree. A body is an object: an attribute is a member with a slot; a block is a member without one,
 * whose labels are members in members, as in the JSON form of HCL. `resource "a" "b" { c = 1 }` is
 * `{ resource: { a: { b: { c: 1 } } } }`. What is broken ends as early as it can, and the next block is intact.
 */
import { type MemberParts, objectOf } from '../tree/build.ts';
import type { Span } from '../text/span.ts';
import type { Member, ObjectNode, StringNode, Tree } from '../tree/tree.ts';
import {
  type Cursor,
  fail,
  failBehind,
  isLineEnd,
  offsetOf,
  peek,
  signOf,
  skipStray,
  startsTopBlock,
} from './hcl-cursor.ts';
import { readAssigned, readExpression } from './hcl-expression.ts';
import { lexHcl, type Token } from './hcl-lexer.ts';
import { nameNode, readString, spanOf } from './hcl-literal.ts';

/** Blocks are read by calls in each other. */
const deepest = 50;

/** Reads a text. Never throws. */
export function readHcl(text: string): Tree {
  const { tokens, comments } = lexHcl(text);
  const cursor: Cursor = { text, tokens, problems: [], open: [], choices: 0, at: 0 };
  const members: MemberParts[] = [];
  readBody(cursor, members, 0);
  const last = comments.at(-1);
  if (last && text.startsWith('/*', last.start) && !isClosed(text, last))
    fail(cursor, { start: last.start, end: last.start + 2 }, 'this comment is not closed');
  const root = objectOf({ start: 0, end: text.length }, cursor.problems.length === 0, members);
  return { root, problems: cursor.problems, comments };
}

const isClosed = (text: string, { start, end }: Span): boolean =>
  end - start >= '/**/'.length && text.endsWith('*/', end);

/** Whether a member is a block, and its body. */
export function bodyOf(member: Member): ObjectNode | undefined {
  if (member.slot !== undefined) return undefined;
  const { value } = member;
  if (value?.kind !== 'object') return undefined;
  // A label is a member of an object without braces of its own.
  const [label] = value.members;
  return label?.span.start === value.span.start ? bodyOf(label) : value;
}

/**
 * Reads attributes and blocks up to a closing brace, and gives its end; nothing where it is missing.
 * @param isLine the body begins on the line of its brace: there is one attribute, and the line ends behind the body
 */
function readBody(cursor: Cursor, members: MemberParts[], depth: number, isLine = false): number | undefined {
  for (;;) {
    const token = peek(cursor);
    if (token === undefined || (depth > 0 && startsTopBlock(cursor))) return undefined;
    if (token.sign === '}' && depth > 0) {
      cursor.at++;
      return token.end;
    }
    if (token.kind === 'newline') cursor.at++;
    else if (token.kind === 'word' || token.kind === 'string') {
      const before = cursor.problems.length;
      const member = readMember(cursor, token, depth);
      members.push(member);
      if (cursor.problems.length === before) checkEnd(cursor, member, depth, isLine);
    } else if (token.sign === '{' || token.sign === '[' || token.sign === '(') skipExpression(cursor);
    else skipStray(cursor);
  }
}

/** An attribute or a block ends with its line; in a block of one line there is one attribute and nothing else. */
function checkEnd(cursor: Cursor, { slot, span }: MemberParts, depth: number, isLine: boolean): void {
  const token = peek(cursor);
  const sign = signOf(cursor);
  const isOver = isLine ? sign === '}' && slot !== undefined : isLineEnd(cursor);
  if (isOver) return;
  if (isLine) fail(cursor, span, 'a block in one line holds one argument: put each on a line of its own');
  else if (token?.sign === ',') fail(cursor, spanOf(token), 'no comma stands between arguments of a block');
  else if (sign !== '}' || depth > 0) failBehind(cursor, 'a line break is missing behind this');
  if (sign === ',') cursor.at++;
}

function skipExpression(cursor: Cursor): void {
  const stray = readExpression(cursor, false);
  if (stray) fail(cursor, stray.span, 'this has no name');
}

function readMember(cursor: Cursor, token: Token, depth: number): MemberParts {
  const before = cursor.problems.length;
  const key = labelNode(cursor, token);
  const sign = peek(cursor);
  if (sign?.sign === '=' || sign?.sign === ':') {
    if (sign.sign === ':') fail(cursor, spanOf(sign), 'an argument of a block is set by =');
    if (token.kind === 'string') fail(cursor, key.span, 'the name of an argument has no quotes');
    return readAssigned(cursor, key);
  }
  const labels = labelsAhead(cursor);
  const computed = labels.find(({ value }) => value === undefined);
  if (computed) fail(cursor, computed.span, 'a label holds no expression');
  if (signOf(cursor) !== '{' || depth >= deepest) {
    fail(cursor, key.span, 'a value or a block is missing behind this name');
    return { key, span: key.span };
  }
  const body = readBlock(cursor, depth, before);
  const value = labels.reduceRight<ObjectNode>((inner, label) => labelled(label, inner), body);
  return { key, span: { start: key.span.start, end: body.span.end }, value };
}

function readBlock(cursor: Cursor, depth: number, before: number): ObjectNode {
  const start = offsetOf(cursor);
  cursor.at++;
  const members: MemberParts[] = [];
  const isLine = !isLineEnd(cursor) && signOf(cursor) !== '}';
  const end = readBody(cursor, members, depth + 1, isLine);
  if (end === undefined) fail(cursor, { start, end: start + 1 }, 'this block is not closed');
  const complete = cursor.problems.length === before;
  return objectOf({ start, end: end ?? offsetOf(cursor) }, complete, members);
}

function labelled(key: StringNode, value: ObjectNode): ObjectNode {
  const span = { start: key.span.start, end: value.span.end };
  return objectOf(span, value.complete, [{ key, span, value }]);
}

/** The labels of a block: names or strings on the same line. Where no brace follows there is no block. */
function labelsAhead(cursor: Cursor): readonly StringNode[] {
  const labels: StringNode[] = [];
  const from = cursor.at;
  for (;;) {
    const token = peek(cursor);
    if (token === undefined || isLineEnd(cursor) || (token.kind !== 'word' && token.kind !== 'string')) break;
    labels.push(labelNode(cursor, token));
  }
  if (signOf(cursor) === '{') return labels;
  if (labels.length > 0 && !isLineEnd(cursor)) cursor.at = from;
  return [];
}

function labelNode(cursor: Cursor, token: Token): StringNode {
  if (token.kind === 'string') return readString(cursor, token);
  cursor.at++;
  return nameNode(cursor.text, { start: token.start, end: token.end });
}
