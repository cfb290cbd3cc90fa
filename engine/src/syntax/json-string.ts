/** What the inside of a JSON string says, piece by piece. */
import type { Piece } from '../text/segments.ts';
import type { Span } from '../text/span.ts';

const named: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};

/** The pieces of a JSON string between its quotes; an escape that JSON does not have says what is written. */
export function* jsonPieces(text: string, { start, end }: Span): Generator<Piece> {
  let from = start;
  for (let at = text.indexOf('\\', start); at >= 0 && at < end; at = text.indexOf('\\', from)) {
    const escape = escapeAt(text, at);
    if (at > from) yield { kind: 'same', raw: { start: from, end: at } };
    from = Math.min(escape.end, end);
    yield { kind: 'escape', raw: { start: at, end: from }, text: escape.text };
  }
  if (end > from) yield { kind: 'same', raw: { start: from, end } };
}

function escapeAt(text: string, at: number): { readonly end: number; readonly text: string } {
  const letter = text.charAt(at + 1);
  const code = Number(`0x${text.slice(at + 2, at + 6)}`);
  if (letter === 'u' && !Number.isNaN(code)) return { end: at + 6, text: String.fromCharCode(code) };
  return { end: at + 2, text: named[letter] ?? text.slice(at, at + 2) };
}

/** A text as it stands between the quotes of a JSON string. */
export const encodeJson = (text: string): string => JSON.stringify(text).slice(1, -1);
