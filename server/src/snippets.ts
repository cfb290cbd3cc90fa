/**
 * Edits with tab stops, in the snippet syntax of editors. Editors indent the lines of a snippet like the line that it
 * begins on; ours are indented already, so a snippet of several lines begins where its line does.
 */
import type { Stop, TextEdit } from '#engine';
import type { TextDocument } from 'vscode-languageserver-textdocument';

export const hasStops = ({ stops = [] }: TextEdit): boolean => stops.length > 0;

/** Gives every stop of a document its own number: stops of one number are typed into at once. */
export const stopNumbers = (): NumberOf => {
  let last = 0;
  return () => ++last;
};

/** Gives stops that show the same text the same number, so that one account id is typed once. */
export const linkedNumbers = (): NumberOf => {
  const known = new Map<string, number>();
  const next = stopNumbers();
  return (text) => {
    const number = known.get(text) ?? next(text);
    if (text !== '') known.set(text, number);
    return number;
  };
};

/** The number of a stop that shows a text. */
export type NumberOf = (text: string) => number;

/** The text as a snippet: each stop a numbered placeholder, everything else taken literally. */
export function snippetOf(
  { text, stops = [] }: Pick<TextEdit, 'text' | 'stops'>,
  numberOf: NumberOf,
): string {
  let at = 0;
  const parts = stops.map((stop) => {
    const before = literal(text.slice(at, stop.start));
    at = stop.end;
    return before + stopOf(stop, text, String(numberOf(text.slice(stop.start, stop.end))));
  });
  return parts.join('') + literal(text.slice(at));
}

function stopOf({ start, end, choices }: Stop, text: string, number: string): string {
  if (choices) return `\${${number}|${choices.map(chosen).join(',')}|}`;
  return start === end ? `\${${number}}` : `\${${number}:${literal(text.slice(start, end))}}`;
}

const chosen = (text: string): string => text.replace(/[\\,|]/g, String.raw`\$&`);
const literal = (text: string): string => text.replace(/[\\$}]/g, String.raw`\$&`);

/**
 * The same edits in the order of the text, those of several lines from the beginning of their line.
 * @returns nothing where another edit stands in that line before
 */
export function fromLineStarts(
  document: TextDocument,
  edits: readonly TextEdit[],
): readonly TextEdit[] | undefined {
  const sorted = [...edits].sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
  const widened = sorted.map((edit) => fromLineStart(document, edit));
  const isFree = widened.every(({ span }, index) => span.start >= (widened[index - 1]?.span.end ?? 0));
  return isFree ? widened : undefined;
}

function fromLineStart(document: TextDocument, edit: TextEdit): TextEdit {
  const { span, text, stops = [] } = edit;
  if (!text.includes('\n')) return edit;
  const lineStart = { line: document.positionAt(span.start).line, character: 0 };
  const before = document.getText({ start: lineStart, end: document.positionAt(span.start) });
  const shift = before.length;
  return {
    span: { start: span.start - shift, end: span.end },
    text: before + text,
    stops: stops.map((stop) => ({ ...stop, start: stop.start + shift, end: stop.end + shift })),
  };
}
