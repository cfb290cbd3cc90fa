/** Replacements in a text. Edits are made in `syntax/` only; here they are compared and carried out. */
import type { Span } from './span.ts';

/** A place in a text that the user is meant to fill in. */
export interface Stop extends Span {
  /** What there is to choose from; the first is what stands there. */
  readonly choices?: readonly string[];
}

/** Replaces a span by a text. `stops` are the places in `text` that the user is meant to fill in. */
export interface TextEdit {
  readonly span: Span;
  readonly text: string;
  readonly stops?: readonly Stop[];
}

/** Puts a text in the place of another. */
export const replacing = (span: Span, text: string): TextEdit => ({ span, text });

const byPosition = (a: TextEdit, b: TextEdit): number =>
  a.span.start - b.span.start || a.span.end - b.span.end;

/** Whether two of the edits touch the same characters. Insertions at one offset do not: they keep their order. */
export function overlap(edits: readonly TextEdit[]): boolean {
  const sorted = [...edits].sort(byPosition);
  return sorted.some((edit, index) => {
    const next = sorted[index + 1];
    return next !== undefined && next.span.start < edit.span.end;
  });
}

/**
 * Carries out edits whose spans are offsets of the text before any of them.
 * @throws RangeError when edits overlap or lie outside the text
 */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  if (overlap(edits)) throw new RangeError('Edits overlap.');
  const sorted = [...edits].sort(byPosition);
  const parts: string[] = [];
  let at = 0;
  for (const { span, text: inserted } of sorted) {
    if (span.start < at || span.end > text.length) throw new RangeError('An edit lies outside the text.');
    parts.push(text.slice(at, span.start), inserted);
    at = span.end;
  }
  return parts.join('') + text.slice(at);
}
