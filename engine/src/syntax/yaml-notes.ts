/** What is noticed while YAML is read: comments, problems, anchors. One record for each reading, filled as it goes. */
import type { CST } from 'yaml';
import type { Span } from '../text/span.ts';
import type { Building } from '../tree/build.ts';
import type { Node, Problem } from '../tree/tree.ts';

export interface Notes {
  readonly text: string;
  readonly problems: Problem[];
  readonly comments: Span[];
  /** Containers whose own punctuation is broken. */
  readonly broken: Set<Node>;
  readonly anchors: Map<string, Node>;
  /** Nodes copied for aliases so far. */
  copies: number;
  /** Containers that are open. */
  depth: number;
}

export const newNotes = (text: string): Notes => ({
  text,
  problems: [],
  comments: [],
  broken: new Set(),
  anchors: new Map(),
  copies: 0,
  depth: 0,
});

export function report({ problems }: Notes, span: Span, message: string, repair?: Problem['repair']): void {
  problems.push({ kind: 'syntax', span, message, ...(repair && { repair }) });
}

/** Notes that a name stands without a colon: an item of that name alone cannot be among members. */
export function reportBare(notes: Notes, { start, end }: Span): void {
  const line = notes.text.slice(start, end);
  const blank = line.indexOf(' ');
  const at = blank < 0 ? end : start + blank;
  const edits = [{ span: { start: at, end: at }, text: ':' }];
  const repair = { title: 'Insert the missing colon', edits };
  report(notes, { start, end }, 'a colon is missing behind this name', repair);
}

/** The span of a token that has a source. */
export const spanOf = ({ offset, source }: { readonly offset: number; readonly source: string }): Span => ({
  start: offset,
  end: offset + source.length,
});

/** What may stand between values without a word about it. */
const quiet = new Set<string>([
  'anchor',
  'block-scalar-header',
  'byte-order-mark',
  'comma',
  'directive',
  'doc-end',
  'doc-mode',
  'doc-start',
  'explicit-key-ind',
  'flow-map-end',
  'flow-map-start',
  'flow-seq-end',
  'flow-seq-start',
  'map-value-ind',
  'newline',
  'seq-item-ind',
  'space',
  'tag',
]);

/** Notes comments and what does not belong there among the tokens that stand around values. */
export function noteAll(notes: Notes, tokens: readonly CST.Token[] | undefined): void {
  for (const token of tokens ?? []) {
    if (token.type === 'doc-end') noteAll(notes, token.end);
    if (quiet.has(token.type)) continue;
    const span = 'source' in token ? spanOf(token) : { start: token.offset, end: token.offset + 1 };
    if (token.type === 'comment') notes.comments.push(span);
    else report(notes, span, 'this text does not belong here');
  }
}

/** Marks as incomplete whatever holds a broken container or a problem. */
export function markBroken({ broken, problems }: Notes, root: Node): void {
  if (broken.size > 0 || problems.length > 0)
    mark(root, (node) => {
      const { start, end } = node.span;
      return broken.has(node) || problems.some(({ span }) => start <= span.start && span.start < end);
    });
}

function mark(node: Building<Node>, isBroken: (node: Node) => boolean): boolean {
  const children =
    node.kind === 'array'
      ? node.items
      : node.kind === 'object'
        ? node.members.flatMap(({ value }) => value ?? [])
        : [];
  const sound = children.map((child) => mark(child, isBroken));
  node.complete = node.complete && !sound.includes(false) && !isBroken(node);
  return node.complete;
}
