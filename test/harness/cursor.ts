/** Texts with a cursor, `<|>`, and texts after an edit, in which the places to fill in stand in `⟨…⟩`. */
import { applyEdits, type TextEdit } from '#engine';

const cursor = '<|>';

/** The text without the cursor, and where it was. */
export function readCursor(marked: string): { readonly text: string; readonly offset: number } {
  const [before, after, ...others] = marked.split(cursor);
  if (before === undefined || after === undefined || others.length > 0)
    throw new Error(`One ${cursor} is expected in:\n${marked}`);
  return { text: before + after, offset: before.length };
}

/** The text after the edits, with brackets around the places to fill in. */
export function applyWithStops(text: string, edits: readonly TextEdit[]): string {
  return applyEdits(
    text,
    edits.map((edit) => ({ span: edit.span, text: bracketed(edit) })),
  );
}

function bracketed({ text, stops = [] }: TextEdit): string {
  let result = '';
  let at = 0;
  for (const { start, end, choices = [text.slice(start, end)] } of stops) {
    result += `${text.slice(at, start)}⟨${choices.join('|')}⟩`;
    at = end;
  }
  return result + text.slice(at);
}
