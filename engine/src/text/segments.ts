/**
 * Text that stands encoded inside a host's string: what it says, and which raw characters say it. JSON and HCL escapes,
 * block and quoted YAML scalars, heredocs and templates all become a list of segments, in the order of the text.
 * Invariant: segments do not overlap, and every decoded character belongs to exactly one.
 */
import type { Span } from './span.ts';

/** Stands for a hole in decoded text; a Unicode noncharacter, so it never stands in a document by itself. */
export const holeMark = '\uFDD4';

/**
 * A stretch of raw text. `same` says what it shows, letter by letter. `escape` says `text` as a whole: an escape
 * sequence, or a line break with the indentation behind it. `hole` is an expression, decoded as one `holeMark`.
 */
export type Piece =
  | { readonly kind: 'same' | 'hole'; readonly raw: Span }
  | { readonly kind: 'escape'; readonly raw: Span; readonly text: string };

/** A piece and where its text stands in the decoded text. */
export interface Segment {
  readonly kind: Piece['kind'];
  readonly raw: Span;
  readonly decoded: Span;
}

export interface SegmentedText {
  readonly text: string;
  readonly segments: readonly Segment[];
}

/** Puts decoded text together from the pieces of a raw text; what lies between them says nothing. */
export function segmented(raw: string, pieces: Iterable<Piece>): SegmentedText {
  const texts: string[] = [];
  const segments: Segment[] = [];
  let start = 0;
  for (const piece of pieces) {
    const text = textOf(raw, piece);
    if (text === '') continue;
    const end = start + text.length;
    texts.push(text);
    segments.push({ kind: piece.kind, raw: piece.raw, decoded: { start, end } });
    start = end;
  }
  return { text: texts.join(''), segments };
}

function textOf(raw: string, piece: Piece): string {
  if (piece.kind === 'escape') return piece.text;
  return piece.kind === 'hole' ? holeMark : raw.slice(piece.raw.start, piece.raw.end);
}

/** Decodes once more: `pieces` are of the outer text's decoded text, the result is of its raw text. */
export function segmentedAgain(outer: SegmentedText, pieces: Iterable<Piece>): SegmentedText {
  const inner = segmented(outer.text, pieces);
  const segments = inner.segments.flatMap((segment): readonly Segment[] => {
    if (segment.kind !== 'same') return [{ ...segment, raw: rawSpan(outer, segment.raw) }];
    const shift = segment.decoded.start - segment.raw.start;
    return partsOf(outer, segment.raw).map(({ kind, raw, decoded }) => ({
      kind,
      raw,
      decoded: { start: decoded.start + shift, end: decoded.end + shift },
    }));
  });
  return { text: inner.text, segments };
}

/** The segments of a decoded span, those at its ends cut to it where they can be cut. */
function partsOf(text: SegmentedText, { start, end }: Span): readonly Segment[] {
  const parts: Segment[] = [];
  for (let index = indexAt(text, start); index < text.segments.length; index++) {
    const segment = text.segments[index];
    if (segment === undefined || segment.decoded.start >= end) break;
    const decoded = {
      start: Math.max(start, segment.decoded.start),
      end: Math.min(end, segment.decoded.end),
    };
    if (decoded.end > decoded.start) parts.push({ kind: segment.kind, raw: rawSpan(text, decoded), decoded });
  }
  return parts;
}

/** The index of the segment that holds the decoded character at an offset; that of the last one behind the text. */
function indexAt({ segments }: SegmentedText, offset: number): number {
  let low = 0;
  let high = segments.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((segments[middle]?.decoded.start ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

/**
 * The raw text that a decoded span stands for. An empty span maps behind the character before it, so that a caret at
 * the beginning of a line stands behind the line's indentation.
 */
export function rawSpan(text: SegmentedText, { start, end }: Span): Span {
  if (end <= start) {
    const at = start > 0 ? rawEnd(text, start) : (text.segments[0]?.raw.start ?? 0);
    return { start: at, end: at };
  }
  return { start: rawStart(text, start), end: rawEnd(text, end) };
}

function rawStart(text: SegmentedText, offset: number): number {
  const segment = text.segments[indexAt(text, offset)];
  if (segment === undefined) return 0;
  if (offset >= segment.decoded.end) return segment.raw.end;
  return segment.kind === 'same' ? segment.raw.start + offset - segment.decoded.start : segment.raw.start;
}

function rawEnd(text: SegmentedText, offset: number): number {
  const segment = text.segments[indexAt(text, offset - 1)];
  if (segment === undefined) return 0;
  return segment.kind === 'same' ? segment.raw.start + offset - segment.decoded.start : segment.raw.end;
}

/** The decoded offset of a raw caret; nothing outside of the segments. Inside an escape it is the escape's start. */
export function decodedOffset({ segments }: SegmentedText, rawOffset: number): number | undefined {
  const segment = segments.findLast(({ raw }) => raw.start <= rawOffset);
  if (segment === undefined) return undefined;
  const { kind, raw, decoded } = segment;
  if (rawOffset > raw.end) return undefined;
  // What no character stands for, such as a line break that is missing at the end, stands behind the caret.
  if (rawOffset === raw.end) return raw.end > raw.start ? decoded.end : decoded.start;
  return kind === 'same' ? decoded.start + rawOffset - raw.start : decoded.start;
}

/**
 * Whether a decoded span can be replaced: it cuts no escape in two, and holds no hole that is not kept.
 * @param isKept whether what stands at a raw span is written again
 */
export function isReplaceable(
  text: SegmentedText,
  span: Span,
  isKept: (raw: Span) => boolean = () => false,
): boolean {
  return text.segments.every(({ kind, raw, decoded }) => {
    const apart = span.end <= decoded.start || decoded.end <= span.start;
    const strictlyInside = decoded.start < span.start && span.end < decoded.end;
    if (apart && !strictlyInside) return true;
    if (kind === 'same') return true;
    const isWhole = span.start <= decoded.start && decoded.end <= span.end;
    return isWhole && (kind === 'escape' || isKept(raw));
  });
}
