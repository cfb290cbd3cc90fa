/**
 * Comments that ignore findings, in the document. Behind code a comment speaks for that line; in a line of its own for what
 * begins on the next line of code, to its end: a statement, a condition, a whole policy.
 */
import { keyword, readSuppression, type Suppression, type SuppressionText } from '../rules/suppression.ts';
import { covers, type Span } from '../text/span.ts';
import { lineEndOf, lineStartOf, withoutName, withoutRemark, wordsOf } from '../syntax/remark.ts';
import type { Node } from '../tree/tree.ts';
import type { Finding } from './analyze.ts';
import type { Document } from './document.ts';

/** A suppression and what it is about. */
export interface PlacedSuppression extends SuppressionText {
  readonly comment: Span;
  /** Where the words begin. */
  readonly offset: number;
  readonly scope: Span;
}

/** How a comment begins in a document; nothing where it can have none. */
export const remarkMark = ({ syntax, language }: Document): string | undefined =>
  // A policy in JSON goes to AWS as it is; only JSONC is stripped before.
  language === 'json' ? undefined : syntax?.remark;

/** The comments of a document that ignore findings. */
export function suppressionsIn(document: Document): readonly PlacedSuppression[] {
  const { text } = document.source;
  if (remarkMark(document) === undefined || !text.includes(keyword)) return [];
  const beginnings = beginningsIn(document);
  return document.tree.comments.flatMap((comment) => {
    const words = wordsOf(text, comment);
    const said = readSuppression(text.slice(words.start, words.end));
    return said
      ? [{ ...said, comment, offset: words.start, scope: scopeOf(comment, document, beginnings) }]
      : [];
  });
}

/** The findings that remain, and the suppressions with what became of them. */
export function suppress(
  findings: readonly Finding[],
  placed: readonly PlacedSuppression[],
  text: string,
): { readonly findings: readonly Finding[]; readonly suppressions: readonly Suppression[] } {
  const effective = placed.filter(({ reasoned }) => reasoned);
  const hides = ({ scope, names }: PlacedSuppression, { rule, span }: Finding): boolean =>
    scope.start <= span.start && span.start <= scope.end && names.some(({ id }) => id === rule);
  return {
    findings: findings.filter((finding) => !effective.some((each) => hides(each, finding))),
    suppressions: placed.map((each) =>
      judged(
        each,
        findings.filter((finding) => hides(each, finding)),
        text,
      ),
    ),
  };
}

function judged(
  { comment, offset, names, reasoned }: PlacedSuppression,
  hidden: readonly Finding[],
  text: string,
): Suppression {
  const removal = [withoutRemark(text, comment)];
  const spans = names.map(({ span }) => ({ start: offset + span.start, end: offset + span.end }));
  return {
    form: 'comment',
    span: comment,
    reasoned,
    removal,
    names: names.map(({ id }, index) => {
      const own = withoutName(spans, index);
      return {
        id,
        span: spans[index] ?? comment,
        used: hidden.some(({ rule }) => rule === id),
        removal: own ? [own] : removal,
      };
    }),
  };
}

/** What a comment speaks for. */
function scopeOf(comment: Span, document: Document, beginnings: readonly Span[]): Span {
  const { text } = document.source;
  const line = lineStartOf(text, comment.start);
  const isBehind = text.slice(line, comment.start).trim() !== '';
  if (isBehind) return { start: line, end: lineEndOf(text, line) };
  const start = codeBehind(comment, document);
  const end = lineEndOf(text, start);
  const begun = beginnings.filter((span) => start <= span.start && span.start <= end);
  return { start, end: Math.max(end, ...begun.map((span) => span.end)) };
}

/** The next offset with code, other comments passed over. */
function codeBehind({ end }: Span, { source: { text }, tree: { comments } }: Document): number {
  let at = end;
  for (;;) {
    while (at < text.length && text.charAt(at).trim() === '') at++;
    const next = comments.find(({ start }) => start === at);
    if (next === undefined) return at;
    at = next.end;
  }
}

/** Whatever begins somewhere in the document: members, items, and all that has marks of its own. */
function beginningsIn({ tree: { root }, source: { text } }: Document): readonly Span[] {
  const spans: Span[] = [];
  const open: Node[] = root ? [root] : [];
  for (let node = open.pop(); node; node = open.pop()) {
    if (!isBlock(node, text) || node.parent?.kind === 'array') spans.push(node.span);
    if (node.kind === 'object') spans.push(...node.members.map(({ span }) => span));
    open.push(...partsOf(node));
  }
  return spans;
}

/** A block of YAML begins with its first member, and a file with its first block: a comment there is about that one. */
const isBlock = ({ kind, span }: Node, text: string): boolean =>
  (kind === 'object' || kind === 'array') && !'{['.includes(text.charAt(span.start));

function partsOf(node: Node): readonly Node[] {
  if (node.kind === 'object') return node.members.flatMap(({ value }) => value ?? []);
  if (node.kind === 'array') return node.items;
  return node.kind === 'opaque' ? (node.operands ?? []) : [];
}

/**
 * Where a comment about an offset can be written: above its line, or above the text that the line is a part of.
 * @returns an offset in the line below the comment
 */
export function placeForRemark(document: Document, offset: number): number {
  const line = lineStartOf(document.source.text, offset);
  const around = document.tree.root && textAround(document.tree.root, line);
  return around ? placeForRemark(document, around.span.start) : offset;
}

/** A text of several lines in which a line begins. */
function textAround(root: Node, line: number): Node | undefined {
  const open: Node[] = [root];
  for (let node = open.pop(); node; node = open.pop()) {
    const { start, end } = node.span;
    if (start >= line || end <= line) continue;
    const parts = partsOf(node);
    if (parts.length === 0) return node;
    open.push(...parts);
  }
  return undefined;
}

/** Whether a span is that of a comment that ignores findings. */
export const isSuppression = (placed: readonly PlacedSuppression[], span: Span): boolean =>
  placed.some(({ comment }) => covers(comment, span));
