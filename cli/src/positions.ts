/** Spans as lines and columns counted from one, as people and their tools name them. The end is exclusive. */
import { lineColumnAt, lineStarts, type Span } from '#engine';

export interface Place {
  readonly startLine: number;
  readonly startColumn: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** Tells the places of spans in a text. */
export function placesIn(text: string): (span: Span) => Place {
  const starts = lineStarts(text);
  return ({ start, end }) => {
    const from = lineColumnAt(starts, start);
    const to = lineColumnAt(starts, end);
    return {
      startLine: from.line + 1,
      startColumn: from.character + 1,
      endLine: to.line + 1,
      endColumn: to.character + 1,
    };
  };
}
