/** Reads JSON and JSONC with `jsonc-parser` into our tree. Comments and trailing commas are problems that do not break it. */
import { type JSONVisitor, type ParseErrorCode, printParseErrorCode, visit } from 'jsonc-parser';
import type { Span } from '../text/span.ts';
import type { Building } from '../tree/build.ts';
import type { ArrayNode, Member, Node, ObjectNode, Problem, StringNode, Tree } from '../tree/tree.ts';

/** The parser calls itself for each level, so deeper text would exhaust the stack. No policy comes near. */
const deepest = 400;

type ObjectFrame = Building<Omit<ObjectNode, 'members'>> & { members: Building<Member>[] };
type ArrayFrame = Building<Omit<ArrayNode, 'items'>> & { items: Node[] };
type Frame = ObjectFrame | ArrayFrame;

/** The parser's names for what it finds. */
const wording: Readonly<Record<string, string>> = {
  InvalidSymbol: 'unexpected character or bare word',
  InvalidNumberFormat: 'malformed number',
  PropertyNameExpected: 'a quoted name is missing here',
  ValueExpected: 'a value is missing here',
  ColonExpected: 'a colon is missing here',
  CommaExpected: 'a comma is missing here',
  CloseBraceExpected: 'the closing brace is missing',
  CloseBracketExpected: 'the closing bracket is missing',
  EndOfFileExpected: 'text follows the end of the document',
  UnexpectedEndOfComment: 'the comment is not closed',
  UnexpectedEndOfString: 'the string is not closed on its line',
  UnexpectedEndOfNumber: 'the number is not complete',
  InvalidUnicode: 'malformed \\u escape',
  InvalidEscapeCharacter: 'unknown escape',
  InvalidCharacter: 'control character in a string',
};

/** Reads a text; a byte-order mark is passed over. */
export function readJson(text: string): Tree {
  if (isDeeperThan(text, deepest)) {
    const message = `brackets are nested more than ${String(deepest)} deep`;
    return { problems: [{ kind: 'syntax', span: { start: 0, end: 1 }, message }], comments: [] };
  }
  return treeOf(read(text));
}

/**
 * Reads a text that is one object from its first to its last character, in a document that nests it `depth` deep.
 * Nothing where it is more or less than that, as far as the parser sees it.
 */
export function readClosedObject(text: string, depth: number): Tree | undefined {
  if (isDeeperThan(text, deepest - depth)) return undefined;
  const build = read(text);
  return build.root?.kind === 'object' && build.closed === text.length ? treeOf(build) : undefined;
}

function read(text: string): Build {
  const build: Build = { text, problems: [], comments: [], stack: [] };
  visit(text.startsWith('\uFEFF') ? ` ${text.slice(1)}` : text, visitorOf(build), {
    allowTrailingComma: true,
  });
  return build;
}

const treeOf = ({ root, problems, comments }: Build): Tree => ({
  ...(root && { root }),
  problems,
  comments,
});

/** Whether brackets outside of strings open deeper than a limit. Comments are counted as text: a bound, not a parse. */
function isDeeperThan(text: string, limit: number): boolean {
  let depth = 0;
  let inString = false;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (inString) {
      if (code === 92) i++;
      else if (code === 34 || code === 10) inString = false;
    } else if (code === 34) inString = true;
    else if (code === 123 || code === 91) depth++;
    else if (code === 125 || code === 93) depth--;
    if (depth > limit) return true;
  }
  return false;
}

/** What has been read so far. `comma` is the last delimiter while nothing follows it. */
interface Build {
  readonly text: string;
  readonly problems: Problem[];
  readonly comments: Span[];
  readonly stack: Frame[];
  root?: Node;
  /** The end of the bracket that closes the outermost container. */
  closed?: number;
  comma?: Span | undefined;
}

function openMember({ stack }: Build): Building<Member> | undefined {
  const frame = stack.at(-1);
  return frame?.kind === 'object' ? frame.members.at(-1) : undefined;
}

/** Ends the slot of the member being read, if it is still open: a slot opens with its end before its start. */
function closeSlot(build: Build, end: number): void {
  const member = openMember(build);
  if (member?.slot && member.slot.end < member.slot.start) member.slot = { start: member.slot.start, end };
}

function place(build: Build, node: Building<Node>): void {
  build.comma = undefined;
  const frame = build.stack.at(-1);
  if (frame === undefined) {
    build.root ??= node;
  } else if (frame.kind === 'array') {
    node.parent = frame;
    frame.items.push(node);
  } else {
    const member = frame.members.at(-1);
    if (member?.slot === undefined || member.value) return;
    node.parent = member;
    member.value = node;
    member.span = { start: member.span.start, end: node.span.end };
  }
}

function open(build: Build, frame: Frame): void {
  place(build, frame);
  build.stack.push(frame);
}

/** Closes the innermost container. At the end of the text the bracket is missing, and its length is zero. */
function close(build: Build, offset: number, length: number): void {
  closeSlot(build, offset);
  const frame = build.stack.pop();
  if (frame === undefined) return;
  const { comma } = build;
  build.comma = undefined;
  if (comma) build.problems.push(trailingComma(comma));
  if (comma ?? length === 0) frame.complete = false;
  if (length === 0) for (const outer of build.stack) outer.complete = false;
  if (length > 0 && build.stack.length === 0) build.closed = offset + length;
  frame.span = { start: frame.span.start, end: offset + length };
  const member = frame.parent?.kind === 'member' ? openMember(build) : undefined;
  if (member) member.span = { start: member.span.start, end: frame.span.end };
}

function separate(build: Build, character: string, start: number, length: number): void {
  const member = openMember(build);
  if (character === ':' && member && !member.slot) {
    member.slot = { start: start + length, end: -1 };
    member.span = { start: member.span.start, end: start + length };
  } else if (character === ',') {
    closeSlot(build, start);
    build.comma = { start, end: start + length };
  }
}

function beginMember(build: Build, name: string, start: number, length: number): void {
  build.comma = undefined;
  const frame = build.stack.at(-1);
  if (frame?.kind !== 'object') return;
  closeSlot(build, start);
  const key = stringNode(build.text, name, start, length);
  frame.members.push({ kind: 'member', key, span: key.span, parent: frame });
}

function fail(build: Build, error: ParseErrorCode, span: Span): void {
  for (const frame of build.stack) frame.complete = false;
  const name = printParseErrorCode(error);
  const repair = repairOf(name, span, build.stack.at(-1), build.text);
  build.problems.push({
    kind: 'syntax',
    span,
    message: wording[name] ?? 'not valid JSON',
    ...(repair && { repair }),
  });
}

const spanOf = (start: number, length: number): Span => ({ start, end: start + length });

const visitorOf = (build: Build): JSONVisitor => ({
  onObjectBegin: (start, length) => {
    open(build, { kind: 'object', span: spanOf(start, length), complete: true, members: [] });
  },
  onArrayBegin: (start, length) => {
    open(build, { kind: 'array', span: spanOf(start, length), complete: true, items: [] });
  },
  onObjectEnd: (offset, length) => {
    close(build, offset, length);
  },
  onArrayEnd: (offset, length) => {
    close(build, offset, length);
  },
  onObjectProperty: (name, start, length) => {
    beginMember(build, name, start, length);
  },
  onSeparator: (character, start, length) => {
    separate(build, character, start, length);
  },
  onLiteralValue: (value: unknown, start, length) => {
    place(build, literalNode(build.text, value, start, length));
  },
  onComment: (start, length) => {
    const span = spanOf(start, length);
    build.comments.push(span);
    const repair = {
      title: 'Remove the comment',
      edits: [{ span: withBlankBefore(build.text, span), text: '' }],
    };
    build.problems.push({ kind: 'comment', span, message: 'JSON has no comments', repair });
  },
  onError: (error, start, length) => {
    fail(build, error, spanOf(start, length));
  },
});

function trailingComma(span: Span): Problem {
  const repair = { title: 'Remove the trailing comma', edits: [{ span, text: '' }] };
  return { kind: 'trailing-comma', span, message: 'a comma follows the last element', repair };
}

/** The mend of an error whose cause is certain: a comma left out, or single quotes around a word. */
function repairOf(error: string, span: Span, frame: Frame | undefined, text: string): Problem['repair'] {
  const previous = frame?.kind === 'object' ? frame.members.at(-1) : frame?.items.at(-1);
  if (error === 'CommaExpected' && previous) {
    const { end } = previous.span;
    return { title: 'Insert the missing comma', edits: [{ span: { start: end, end }, text: ',' }] };
  }
  const word = text.slice(span.start, span.end);
  const quoted = word.length > 2 && word.startsWith("'") && word.endsWith("'");
  if (error !== 'InvalidSymbol' || !quoted) return undefined;
  return { title: 'Use double quotes', edits: [{ span, text: JSON.stringify(word.slice(1, -1)) }] };
}

/** A comment at the end of a line, with the blanks that set it off. */
function withBlankBefore(text: string, { start, end }: Span): Span {
  const next = text.charCodeAt(end);
  if (end < text.length && next !== 10 && next !== 13) return { start, end };
  let at = start;
  while (text.charCodeAt(at - 1) === 32 || text.charCodeAt(at - 1) === 9) at--;
  return { start: at, end };
}

function literalNode(text: string, value: unknown, start: number, length: number): Building<Node> {
  const span = { start, end: start + length };
  if (typeof value === 'string') return stringNode(text, value, start, length);
  if (typeof value === 'number')
    return { kind: 'number', span, complete: true, value, text: text.slice(start, span.end) };
  if (typeof value === 'boolean') return { kind: 'boolean', span, complete: true, value };
  return { kind: 'null', span, complete: true };
}

/** Whether a sign stands behind an odd number of backslashes. */
function isEscaped(text: string, at: number): boolean {
  let from = at;
  while (text.charCodeAt(from - 1) === 92) from--;
  return (at - from) % 2 === 1;
}

function stringNode(text: string, value: string, start: number, length: number): Building<StringNode> {
  const end = start + length;
  const closed = length > 1 && text.charCodeAt(end - 1) === 34 && !isEscaped(text, end - 1);
  const content = { start: start + 1, end: closed ? end - 1 : end };
  return { kind: 'string', span: { start, end }, complete: closed, value, parts: [value], content };
}
