/** What a value of a condition asks for once policy variables are filled in, and whether a text of the request is that. */
import { certainly, type Certainty } from '../policy/certainty.ts';
import { isUnknown, unknownPart } from '../policy/known.ts';
import { valueParts } from '../policy/variable.ts';
import { globMatches } from '../text/glob.ts';

/** Stand for `*` and `?` that are letters and not wildcards; Unicode noncharacters, which no document has. */
const letters: Readonly<Record<string, string>> = { '*': '\uFDD0', '?': '\uFDD1' };

/** A text whose wildcards mean themselves. */
export const literally = (text: string): string =>
  text.includes('*') || text.includes('?')
    ? text.replaceAll('*', letters['*'] ?? '').replaceAll('?', letters['?'] ?? '')
    : text;

/** A value to compare with: a wildcard pattern in which unknown parts are stars. */
export interface Pattern {
  readonly text: string;
  /** A part is not known, so that a match is merely possible. */
  readonly open: boolean;
}

/** How a value is read: whether `*` and `?` are wildcards in it, and whether policy variables are filled in. */
export interface Reading {
  readonly wildcards: boolean;
  readonly variables: boolean;
}

/**
 * The pattern of a value. A variable without a value in the request makes it match nothing: then there is no pattern.
 * @param valueOf the value of a context key, if it has just one
 */
export function patternOf(
  value: string,
  { wildcards, variables }: Reading,
  valueOf: (key: string) => string | undefined,
): Pattern | undefined {
  const written = (text: string): string => (wildcards ? text : literally(text)).replaceAll(unknownPart, '*');
  const open = isUnknown(value);
  if (!variables) return { text: written(value), open };
  const texts = valueParts(value).map((part) => {
    if (part.kind === 'text') return written(part.text);
    const found = part.kind === 'key' ? (valueOf(part.key) ?? part.otherwise) : part.text;
    return found === undefined ? undefined : literally(found);
  });
  return texts.every((text) => text !== undefined) ? { text: texts.join(''), open } : undefined;
}

/** Whether a text of the request is what a pattern asks for. */
export function meets(pattern: Pattern, text: string, ignoreCase = false): Certainty {
  if (!globMatches(pattern.text, literally(text), { ignoreCase })) return 'no';
  return pattern.open ? 'maybe' : 'yes';
}

/**
 * The same for ARNs, whose six parts are compared each on its own: a wildcard does not stand for the colons between
 * them. A star alone is any ARN.
 */
export function meetsArn(pattern: Pattern, text: string): Certainty {
  const subject = arnParts(literally(text));
  if (subject === undefined) return 'no';
  if (pattern.text === '*') return pattern.open ? 'maybe' : 'yes';
  const parts = arnParts(pattern.text);
  if (parts === undefined) return pattern.open ? meets(pattern, text) : 'no';
  const matches = parts.every((part, index) => globMatches(part, subject[index] ?? ''));
  // An unknown part may hold colons, so that only the whole tells whether it can match.
  if (pattern.open) return matches ? 'maybe' : meets(pattern, text);
  return certainly(matches);
}

/** The six parts of an ARN or of a pattern for one; the last holds all further colons. */
function arnParts(text: string): readonly string[] | undefined {
  const parts = text.split(':');
  return parts.length < 6 ? undefined : [...parts.slice(0, 5), parts.slice(5).join(':')];
}
