/**
 * JSON text inside a string of the host, as a tree whose spans are the host's. Expressions of the host are holes: part
 * of a string, or a whole value. Edits are made in the JSON and written back as the host's string has to hold them;
 * what would touch an expression or cut an escape is refused.
 */
import type { TextEdit } from '../text/edit.ts';
import { decodedOffset, holeMark, isReplaceable, rawSpan, type SegmentedText } from '../text/segments.ts';
import { slice, type Span } from '../text/span.ts';
import { type Building, rebuild } from '../tree/build.ts';
import { type Change, encodeAround, keeps } from '../tree/change.ts';
import type { ArrayNode, Hole, Member, Node, ObjectNode, Problem, StringNode } from '../tree/tree.ts';
import { json } from './json.ts';
import { readJson } from './json-read.ts';
import type { Slot, Syntax } from './syntax.ts';

/** A string of the host: what it says, and how more text is to be written into it. */
export interface Carrier {
  readonly decoded: SegmentedText;
  /** Text as the host's string holds it; nothing where it cannot hold it. */
  readonly encode: (text: string) => string | undefined;
}

export interface EmbeddedJson {
  readonly root?: Node;
  readonly problems: readonly Problem[];
  readonly syntax: Syntax;
}

/** What belongs together in the two trees: that of the JSON text, and its copy in the host's text. */
interface Twins {
  readonly toJson: Map<Node, Node>;
  readonly toHost: Map<Node, Node>;
}

/** Reads the JSON text of a carrier. The tree stands where the host's string stands. */
export function readEmbedded(carrier: Carrier, string: Node, hostText: string): EmbeddedJson {
  const source = withoutHoles(carrier.decoded.text);
  const tree = readJson(source);
  const twins: Twins = { toJson: new Map(), toHost: new Map() };
  const copy = tree.root && copyInHost(tree.root, carrier.decoded, hostText, twins);
  if (copy && string.parent) place(copy, string.parent);
  const inHost = (edits: readonly TextEdit[]): readonly TextEdit[] | undefined =>
    editsInHost(edits, carrier, hostText);
  const problems = tree.problems.map((problem) => problemInHost(problem, carrier, inHost));
  return { ...(copy && { root: copy }), problems, syntax: syntaxOf(carrier, source, twins, inHost) };
}

function place(node: Building<Node>, parent: Member | ArrayNode): void {
  node.parent = parent;
}

/** Holes outside of strings stand for values: a digit keeps their place. */
function withoutHoles(text: string): string {
  if (!text.includes(holeMark)) return text;
  let source = '';
  let inString = false;
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at);
    if (inString && character === '\\') source += text.charAt(at++);
    else if (character === '"') inString = !inString;
    source += !inString && text.charAt(at) === holeMark ? '1' : text.charAt(at);
  }
  return source;
}

function copyInHost(root: Node, decoded: SegmentedText, hostText: string, { toJson, toHost }: Twins): Node {
  return rebuild(root, {
    span: (span) => rawSpan(decoded, span),
    replace: (copy, original) => {
      const twin = holed(copy, original, decoded, hostText);
      toJson.set(twin, original);
      toHost.set(original, twin);
      return twin;
    },
  });
}

/** Strings with holes lose their value, numbers that a hole stands in are not known at all. */
function holed(copy: Node, original: Node, decoded: SegmentedText, hostText: string): Node {
  if (
    copy.kind === 'number' &&
    decoded.text.slice(original.span.start, original.span.end).includes(holeMark)
  ) {
    const text = hostText.slice(copy.span.start, copy.span.end);
    return { kind: 'opaque', span: copy.span, complete: copy.complete, text };
  }
  if (copy.kind !== 'string' || copy.value?.includes(holeMark) !== true) return copy;
  const { span, complete, content } = copy;
  return {
    kind: 'string',
    span,
    complete,
    content,
    parts: partsOf(copy.value, original.span, decoded, hostText),
  };
}

function partsOf(
  value: string,
  span: Span,
  { segments }: SegmentedText,
  hostText: string,
): StringNode['parts'] {
  const holes = segments.filter(
    ({ kind, decoded }) => kind === 'hole' && span.start <= decoded.start && decoded.end <= span.end,
  );
  return value.split(holeMark).flatMap((text, index): readonly (string | Hole)[] => {
    const hole = holes[index - 1];
    const before = hole ? [{ hole: hostText.slice(hole.raw.start, hole.raw.end) }] : [];
    return text === '' ? before : [...before, text];
  });
}

function problemInHost({ repair, ...problem }: Problem, carrier: Carrier, inHost: InHost): Problem {
  const edits = repair && inHost(repair.edits);
  const span = rawSpan(carrier.decoded, problem.span);
  return { ...problem, span, ...(repair && edits && { repair: { title: repair.title, edits } }) };
}

/** Edits of the JSON text as edits of the host's; nothing where the host's string cannot hold what they write. */
type InHost = (edits: readonly TextEdit[]) => readonly TextEdit[] | undefined;

function editsInHost(
  edits: readonly TextEdit[],
  { decoded, encode }: Carrier,
  hostText: string,
): readonly TextEdit[] | undefined {
  const made: TextEdit[] = [];
  for (const { span, text } of edits) {
    const encoded = encodeAround(text, encode);
    const mayReplace = isReplaceable(decoded, span, (hole) => keeps(text, slice(hostText, hole)));
    if (encoded === undefined || !mayReplace) return undefined;
    made.push({ span: rawSpan(decoded, span), text: encoded });
  }
  return made;
}

function syntaxOf(carrier: Carrier, source: string, twins: Twins, inHost: InHost): Syntax {
  return {
    id: 'json-text',
    parse: readJson,
    slotAt: (root, _, offset) => {
      const original = twins.toJson.get(root);
      const at = decodedOffset(carrier.decoded, offset);
      const slot = original && at !== undefined ? json.slotAt(original, source, at) : undefined;
      return slot && mappedSlot(slot, twins.toHost, (span) => rawSpan(carrier.decoded, span));
    },
    edits: (changes) => {
      const mapped = changes.flatMap((change) => mappedChange(change, twins.toJson) ?? []);
      const edits = mapped.length === changes.length ? json.edits(mapped, source) : undefined;
      return edits && inHost(edits);
    },
    insertion: (slot, entry) => {
      const span = decodedSpan(carrier.decoded, slot.replace);
      const mapped = span && mappedSlot(slot, twins.toJson, () => span);
      return (mapped && inHost(json.insertion(mapped, entry, source))) ?? [];
    },
  };
}

function decodedSpan(decoded: SegmentedText, { start, end }: Span): Span | undefined {
  const from = decodedOffset(decoded, start);
  const to = decodedOffset(decoded, end);
  return from === undefined || to === undefined ? undefined : { start: from, end: to };
}

const objectIn = (node: ObjectNode, twins: Twins['toJson']): ObjectNode | undefined => {
  const twin = twins.get(node);
  return twin?.kind === 'object' ? twin : undefined;
};

const arrayIn = (node: ArrayNode, twins: Twins['toJson']): ArrayNode | undefined => {
  const twin = twins.get(node);
  return twin?.kind === 'array' ? twin : undefined;
};

const memberIn = (member: Member, twins: Twins['toJson']): Member | undefined =>
  objectIn(member.parent, twins)?.members[member.parent.members.indexOf(member)];

function mappedSlot(slot: Slot, twins: Twins['toJson'], span: (span: Span) => Span): Slot | undefined {
  const replace = span(slot.replace);
  if (slot.kind === 'item') {
    const array = arrayIn(slot.array, twins);
    const node = slot.node && twins.get(slot.node);
    return array && { kind: 'item', array, replace, ...(node && { node }) };
  }
  const member = slot.member && memberIn(slot.member, twins);
  if (slot.kind === 'key') {
    const object = objectIn(slot.object, twins);
    return object && { kind: 'key', object, replace, ...(member && { member }) };
  }
  const node = slot.node && twins.get(slot.node);
  return member && { kind: 'value', member, replace, ...(node && { node }) };
}

function mappedChange(change: Change, twins: Twins['toJson']): Change | undefined {
  switch (change.kind) {
    case 'set': {
      const object = objectIn(change.object, twins);
      return object && { ...change, object };
    }
    case 'append': {
      const array = arrayIn(change.array, twins);
      return array && { ...change, array };
    }
    case 'rename': {
      const member = memberIn(change.member, twins);
      return member && { ...change, member };
    }
    case 'replace': {
      const node = twins.get(change.node);
      return node && { ...change, node };
    }
    case 'remove': {
      const node = change.node.kind === 'member' ? memberIn(change.node, twins) : twins.get(change.node);
      return node && { ...change, node };
    }
  }
}
