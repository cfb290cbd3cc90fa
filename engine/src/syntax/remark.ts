/** Comments as edits: one written above a line, one taken out, a part of one taken out. The same in every syntax that has them. */
import { replacing, type TextEdit } from '../text/edit.ts';
import type { Span } from '../text/span.ts';
import { eolOf, indentAt } from './json-style.ts';

const isBlank = (character: string | undefined): boolean => character === ' ' || character === '\t';

const isBreak = (character: string | undefined): boolean => character === '\n' || character === '\r';

/** The beginning of the line of an offset. */
export function lineStartOf(text: string, offset: number): number {
  let start = offset;
  while (start > 0 && !isBreak(text[start - 1])) start--;
  return start;
}

/** The end of the line of an offset, before its break. */
export function lineEndOf(text: string, offset: number): number {
  let end = offset;
  while (end < text.length && !isBreak(text[end])) end++;
  return end;
}

/** The words of a comment: without its marks and the blanks around. */
export function wordsOf(text: string, { start, end }: Span): Span {
  const isBlock = text.startsWith('/*', start);
  let from = start + (isBlock || text.startsWith('//', start) ? 2 : 1);
  let to = isBlock && text.endsWith('*/', end) ? end - 2 : end;
  while (from < to && (isBlank(text[from]) || text[from] === text[start])) from++;
  while (to > from && (isBlank(text[to - 1]) || isBreak(text[to - 1]))) to--;
  return { start: from, end: to };
}

/** Writes a comment in a line of its own above the line of an offset. */
export const remarkAbove = (text: string, offset: number, mark: string, words: string): TextEdit => {
  const start = lineStartOf(text, offset);
  return replacing({ start, end: start }, `${indentAt(text, offset)}${mark} ${words}${eolOf(text)}`);
};

/** Takes a comment out: with its line where it stands alone, else with the blanks before it. */
export function withoutRemark(text: string, { start, end }: Span): TextEdit {
  let from = start;
  while (isBlank(text[from - 1])) from--;
  const isAlone = (from === 0 || isBreak(text[from - 1])) && (end === text.length || isBreak(text[end]));
  if (!isAlone) return replacing({ start: from, end }, '');
  const next = text.startsWith('\r\n', end) ? end + 2 : Math.min(end + 1, text.length);
  return replacing({ start: from, end: next }, '');
}

/** Takes one of several names out of a list. */
export function withoutName(names: readonly Span[], index: number): TextEdit | undefined {
  const [own, before, after] = [names[index], names[index - 1], names[index + 1]];
  if (own === undefined || (before === undefined && after === undefined)) return undefined;
  const start = before === undefined ? own.start : before.end;
  const end = before === undefined && after !== undefined ? after.start : own.end;
  return replacing({ start, end }, '');
}
