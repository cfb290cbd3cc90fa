/** Half-open ranges of UTF-16 offsets in a host's text, and their arithmetic. Knows nothing of lines or of a protocol. */

/** A range of a text: `start` inclusive, `end` exclusive, both UTF-16 offsets from its beginning. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Whether the offset lies in the span or directly behind it, as a caret does. */
export const touches = (span: Span, offset: number): boolean => span.start <= offset && offset <= span.end;

/** Whether `inner` lies wholly in `outer`; equal spans cover each other. */
export const covers = (outer: Span, inner: Span): boolean =>
  outer.start <= inner.start && inner.end <= outer.end;

/** The text of a span. */
export const slice = (text: string, span: Span): string => text.slice(span.start, span.end);
