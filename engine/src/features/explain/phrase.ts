/** Sentences made of our own words and of texts of the policy, which are only ever shown as they stand. */
import { code, prose } from '../markdown.ts';

/** A part of a sentence: words of ours, or a text that somebody else wrote. */
export type Part = string | { readonly verbatim: string };
export type Phrase = readonly Part[];

/** A text of the policy. */
export const verbatim = (text: string): Part => ({ verbatim: text });

/** The phrase for Markdown: what the policy says is code and nothing else. */
export const asMarkdown = (phrase: Phrase): string =>
  phrase.map((part) => (typeof part === 'string' ? prose(part) : code(part.verbatim))).join('');

/** The phrase as plain text on one line. Texts that would run into the words around them stand in quotation marks. */
export const asText = (phrase: Phrase): string =>
  phrase.map((part) => (typeof part === 'string' ? part : quoted(part.verbatim))).join('');

/** The phrase as it is, for programs. */
export const asPlain = (phrase: Phrase): string =>
  phrase.map((part) => (typeof part === 'string' ? part : part.verbatim)).join('');

const longest = 200;

function quoted(text: string): string {
  const characters = Array.from(text, (character) => (isControl(character) ? ' ' : character));
  const shown = (characters.length > longest ? [...characters.slice(0, longest), '…'] : characters).join('');
  const runsOn = shown === '' || [' ', ',', ';'].some((character) => shown.includes(character));
  return runsOn ? `"${shown}"` : shown;
}

const isControl = (character: string): boolean =>
  character < ' ' || (character >= '\u007F' && character < '\u00A0');

/** The same with a capital letter at its beginning, if that is a word of ours. */
export function capitalized(phrase: Phrase): Phrase {
  const [first, ...rest] = phrase;
  return typeof first === 'string' ? [first.charAt(0).toUpperCase() + first.slice(1), ...rest] : phrase;
}

/** A list in words: `a`, `a or b`, `a, b or c`. */
export const listed = (phrases: readonly Phrase[], word: 'or' | 'and' | 'nor'): Phrase =>
  phrases.flatMap((phrase, index) => {
    if (index === 0) return phrase;
    return index === phrases.length - 1 ? [` ${word} `, ...phrase] : [', ', ...phrase];
  });

/** Phrases with a text between them. */
export const joined = (phrases: readonly Phrase[], between: string): Phrase =>
  phrases.flatMap((phrase, index) => (index === 0 ? phrase : [between, ...phrase]));
