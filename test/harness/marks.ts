/**
 * Texts with marks: a line of carets under the text names what is expected there. Mark lines are comments of the
 * host language and are taken out before the text is looked at.
 */
import type { Span } from '#engine';

/** What a mark line says of the line above it. */
export interface Mark {
  readonly span: Span;
  readonly severity: string;
  /** A light bulb stands on the line: a fix is offered. */
  readonly fixable: boolean;
}

export interface Marked {
  readonly text: string;
  readonly marks: readonly Mark[];
}

const markLine = /^(?:\/\/|#) *(?<carets>\^+) (?<severity>error|warning|information|hint)(?: 💡)?$/;

/** Takes the mark lines out of a text. A mark that reaches to the end of its line stands for a span that goes on. */
export function readMarks(source: string): Marked {
  const lines: string[] = [];
  const marks: Mark[] = [];
  let lineStart = 0;
  let nextStart = 0;
  for (const line of source.split('\n')) {
    const mark = markLine.exec(line);
    if (mark) {
      const start = lineStart + line.indexOf('^');
      const end = start + (mark.groups?.['carets'] ?? '').length;
      marks.push({
        span: { start, end },
        severity: mark.groups?.['severity'] ?? '',
        fixable: line.includes('💡'),
      });
    } else {
      if (/^(?:\/\/|#) *\^/.test(line)) throw new Error(`This mark cannot be read: ${line}`);
      lines.push(line);
      lineStart = nextStart;
      nextStart += line.length + 1;
    }
  }
  return { text: lines.join('\n'), marks };
}

/** A span as a mark can show it: cut off at the end of its first line. */
export function onFirstLine(text: string, span: Span): Span {
  const lineEnd = text.indexOf('\n', span.start);
  const end = Math.min(span.end, lineEnd < 0 ? text.length : lineEnd);
  return { start: span.start, end: Math.max(end, span.start + 1) };
}
