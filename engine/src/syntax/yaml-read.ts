/**
 * Reads YAML from the concrete syntax of the `yaml` package, which keeps going in broken text. A local tag is read as an
 * object with that one key, several documents as a list, a template's `{{ … }}` as a hole.
 */
import { type CST, Parser } from 'yaml';
import type { Span } from '../text/span.ts';
import { arrayOf, type MemberParts, objectOf } from '../tree/build.ts';
import type { Node, StringNode, Tree } from '../tree/tree.ts';
import { aliased, merged } from './yaml-alias.ts';
import { markBroken, newNotes, noteAll, type Notes, report, reportBare, spanOf } from './yaml-notes.ts';
import { scalarNode, stringNode } from './yaml-string.ts';
import { columnOf } from './yaml-style.ts';

/** Deeper text would exhaust the stack, and no policy comes near. */
const deepest = 400;

type Container = CST.BlockMap | CST.BlockSequence | CST.FlowCollection;
type Item = CST.CollectionItem | CST.BlockMap['items'][number];

/** Reads a text; a byte-order mark is passed over. */
export function readYaml(text: string): Tree {
  const notes = newNotes(text);
  const roots: Node[] = [];
  for (const token of tokensIn(text)) {
    if (token.type !== 'document') noteAll(notes, [token]);
    else {
      notes.anchors.clear();
      const root = readValue(notes, token.value, token.start);
      noteAll(notes, token.end);
      if (root) roots.push(root);
    }
  }
  const root = roots.length > 1 ? arrayOf({ start: 0, end: text.length }, true, roots) : roots[0];
  if (root) markBroken(notes, root);
  return { ...(root && { root }), problems: notes.problems, comments: notes.comments };
}

/** The tokens of a text. In a part of a file the first lines may be indented deeper: what follows is read on its own. */
function* tokensIn(text: string): Generator<CST.Token> {
  const at = lessIndented(text);
  if (at === undefined) return yield* new Parser().parse(text);
  yield* new Parser().parse(text.slice(0, at));
  // Line breaks in place of what has been read keep all offsets and columns.
  yield* tokensIn('\n'.repeat(at) + text.slice(at));
}

/** The first line that stands further to the left than the first of all. */
function lessIndented(text: string): number | undefined {
  let first: number | undefined;
  for (let at = 0; at >= 0 && at < text.length; at = text.indexOf('\n', at) + 1 || text.length) {
    let column = 0;
    while (text[at + column] === ' ') column++;
    if ('#\r\n'.includes(text.charAt(at + column))) continue;
    if (first === undefined && column === 0) return undefined;
    if (first !== undefined && column < first) return at;
    first ??= column;
  }
  return undefined;
}

function readValue(
  notes: Notes,
  token: CST.Token | null | undefined,
  props: readonly CST.SourceToken[],
): Node | undefined {
  noteAll(notes, props);
  const value = withTag(props, token ? readNode(notes, token) : undefined);
  const anchor = props.find(({ type }) => type === 'anchor');
  if (anchor && value) notes.anchors.set(anchor.source.slice(1), value);
  return value;
}

/** A local tag such as `!Sub` makes an object of what it stands before; the tags of YAML itself say nothing new. */
function withTag(props: readonly CST.SourceToken[], node: Node | undefined): Node | undefined {
  const tag = props.find(({ type, source }) => type === 'tag' && isLocal(source));
  if (tag === undefined) return node;
  const key = knownString(spanOf(tag), tag.source);
  // In broken text a tag can come behind what it seems to belong to.
  if (node && node.span.start < key.span.end) return node;
  const span = { start: key.span.start, end: Math.max(node?.span.end ?? 0, key.span.end) };
  return objectOf(span, node?.complete ?? true, [{ key, span, ...(node && { value: node }) }]);
}

const isLocal = (tag: string): boolean => tag.length > 1 && !tag.startsWith('!!') && !tag.startsWith('!<');

const knownString = (span: Span, value: string): StringNode => ({
  kind: 'string',
  span,
  complete: true,
  value,
  parts: [value],
  content: span,
});

const holeString = (span: Span, hole: string): StringNode => ({
  kind: 'string',
  span,
  complete: true,
  parts: [{ hole }],
  content: span,
});

function readNode(notes: Notes, token: CST.Token): Node | undefined {
  switch (token.type) {
    case 'alias':
      noteAll(notes, token.end);
      return aliased(notes, token);
    case 'scalar':
    case 'single-quoted-scalar':
    case 'double-quoted-scalar':
    case 'block-scalar':
      return readScalar(notes, token);
    case 'block-map':
    case 'block-seq':
    case 'flow-collection':
      return readContainer(notes, token);
    default:
      noteAll(notes, [token]);
      return undefined;
  }
}

function readScalar(notes: Notes, token: CST.FlowScalar | CST.BlockScalar): Node {
  noteAll(notes, token.type === 'block-scalar' ? token.props : token.end);
  const node = scalarNode(token, notes.text);
  if (!node.complete) report(notes, node.span, 'the string is not closed');
  return node;
}

function readContainer(notes: Notes, token: Container): Node {
  const start = { start: token.offset, end: token.offset + 1 };
  if (notes.depth >= deepest) {
    report(notes, start, `collections are nested more than ${deepest} deep`);
    return { kind: 'opaque', span: start, complete: false, text: '' };
  }
  notes.depth++;
  const node =
    token.type === 'block-seq'
      ? readSequence(notes, token)
      : token.type === 'block-map'
        ? readMapping(notes, token)
        : readFlow(notes, token);
  notes.depth--;
  return node;
}

function readSequence(notes: Notes, token: CST.BlockSequence): Node {
  const items: Node[] = [];
  let end = token.offset + 1;
  for (const { start, value } of token.items) {
    const item = readValue(notes, value, start);
    if (item) items.push(item);
    const dash = start.find(({ type }) => type === 'seq-item-ind');
    end = Math.max(end, item?.span.end ?? 0, dash ? dash.offset + 1 : 0);
  }
  return arrayOf({ start: token.offset, end }, true, items);
}

function readMapping(notes: Notes, token: CST.BlockMap): Node {
  const parts = token.items.flatMap((item) => {
    const members = readMember(notes, item);
    if (!isExplicit(item) && item.start.every(({ type }) => type !== 'anchor' && type !== 'tag'))
      checkColumn(notes, members.at(-1), columnOf(notes.text, token.offset));
    return members;
  });
  const start = parts[0]?.span.start ?? token.offset;
  const end = Math.max(start, ...parts.map(({ span }) => span.end));
  const node = objectOf({ start, end }, true, merged(parts));
  if (parts.some(({ slot }) => slot === undefined)) notes.broken.add(node);
  return node;
}

const isExplicit = (item: Item): boolean => 'explicitKey' in item;

function checkColumn(notes: Notes, member: MemberParts | undefined, column: number): void {
  if (member && columnOf(notes.text, member.span.start) !== column)
    report(notes, member.key.span, 'this line is indented differently from those that it belongs to');
}

/** A member, and before it the lines that are to become members: words without a colon. */
function readMember(notes: Notes, item: Item): readonly MemberParts[] {
  const { key: token, sep, value: valueToken } = item;
  if (sep === undefined || token === undefined) {
    noteAll(notes, item.start);
    return [];
  }
  const keys = readKeys(notes, token, item);
  const colon = sep.find(({ type }) => type === 'map-value-ind');
  const bare = colon ? keys.slice(0, -1) : keys;
  for (const { span } of bare) reportBare(notes, span);
  const value = readValue(notes, valueToken, sep);
  const dangling = bare.map((key): MemberParts => ({ key, span: key.span }));
  const key = keys.at(-1);
  if (colon === undefined || key === undefined) return dangling;
  const from = colon.offset + 1;
  if (valueToken?.type === 'block-map' && !isExplicit(item) && sep.every(({ type }) => type !== 'newline'))
    report(
      notes,
      { start: from, end: valueToken.offset + 1 },
      'a mapping cannot begin behind a name on its line',
    );
  const end = value?.span.end ?? from;
  const slotEnd = value?.span.end ?? slotEndOf(notes.text, from);
  const member = { key, span: { start: key.span.start, end }, slot: { start: from, end: slotEnd } };
  return [...dangling, value ? { ...member, value } : member];
}

/** The end of what may be written behind a colon: of its line, or where the flow collection goes on. */
function slotEndOf(text: string, from: number): number {
  let at = from;
  while (at < text.length && !',]}#\r\n'.includes(text.charAt(at))) at++;
  return at;
}

/** The name of a member. A plain name of several lines is several: all but the last are still being typed. */
function readKeys(notes: Notes, token: CST.Token | null, item: Item): readonly StringNode[] {
  const { start } = item;
  noteAll(notes, start);
  const tag = start.find(({ type, source }) => type === 'tag' && isLocal(source));
  const empty = item.sep?.[0]?.offset ?? 0;
  if (token === null) return [knownString({ start: empty, end: empty }, '')];
  const key = keyOf(notes, token);
  if (tag)
    return [
      holeString({ start: spanOf(tag).start, end: key.span.end }, notes.text.slice(tag.offset, key.span.end)),
    ];
  const lines = token.type === 'scalar' && !isExplicit(item) ? linesIn(notes.text, key.span) : [];
  if (lines.length < 2) return [key];
  return lines.map((span) => knownString(span, notes.text.slice(span.start, span.end)));
}

function linesIn(text: string, { start, end }: Span): readonly Span[] {
  const lines: Span[] = [];
  for (let at = start; at < end; at++) {
    const found = text.indexOf('\n', at);
    const stop = found < 0 || found > end ? end : found;
    const line = text.slice(at, stop);
    const from = at + line.length - line.trimStart().length;
    if (line.trim() !== '') lines.push({ start: from, end: from + line.trim().length });
    at = stop;
  }
  return lines;
}

function keyOf(notes: Notes, token: CST.Token): StringNode {
  if (
    token.type === 'single-quoted-scalar' ||
    token.type === 'double-quoted-scalar' ||
    token.type === 'scalar'
  ) {
    noteAll(notes, token.end);
    return stringNode(token, notes.text);
  }
  const node = readNode(notes, token);
  if (node?.kind === 'string') return node;
  const span = node?.span ?? { start: token.offset, end: token.offset + 1 };
  return holeString(span, notes.text.slice(span.start, span.end));
}

function readFlow(notes: Notes, token: CST.FlowCollection): Node {
  noteAll(notes, token.end);
  const isMap = token.start.type === 'flow-map-start';
  const closer = token.end.find(({ type }) => type === 'flow-map-end' || type === 'flow-seq-end');
  const closed = closer?.type === (isMap ? 'flow-map-end' : 'flow-seq-end');
  const end = closer ? closer.offset + 1 : token.offset + 1;
  if (isMap && notes.text.startsWith('{{', token.offset)) return holeOf(notes, { start: token.offset, end });
  const parts = isMap ? token.items.flatMap((item) => readMember(notes, item)) : [];
  const items = isMap ? [] : token.items.flatMap((item) => readFlowItem(notes, item));
  const ends = [...parts, ...items].map(({ span }) => span.end);
  const span = { start: token.offset, end: Math.max(end, ...ends) };
  const node = isMap ? objectOf(span, true, merged(parts)) : arrayOf(span, true, items);
  if (!closed) {
    const start = { start: token.offset, end: token.offset + 1 };
    report(notes, start, `the closing ${isMap ? 'brace' : 'bracket'} is missing`);
  }
  if (!closed || parts.some(({ slot }) => slot === undefined)) notes.broken.add(node);
  return node;
}

/** What a template tool fills in before anybody reads this as YAML. */
const holeOf = ({ text }: Notes, span: Span): Node => ({
  kind: 'opaque',
  span,
  complete: true,
  text: text.slice(span.start, span.end),
});

/** An item of a flow sequence; one with a colon is a mapping of one member. */
function readFlowItem(notes: Notes, item: CST.CollectionItem): readonly Node[] {
  if (item.sep === undefined) {
    const value = readValue(notes, item.value, item.start);
    return value ? [value] : [];
  }
  const [first, ...rest] = readMember(notes, item);
  if (first === undefined) return [];
  return [
    objectOf({ start: first.span.start, end: (rest.at(-1) ?? first).span.end }, true, [first, ...rest]),
  ];
}
