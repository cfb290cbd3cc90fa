/** Templates of the catalogue: `{NAME}` marks a part that only the user, or the policy itself, can tell. */
import { placeholder } from '../tree/change.ts';

/** The template with the known parts filled in and a place to fill in for each of the others. */
export const filled = (template: string, parts: Readonly<Record<string, string>> = {}): string =>
  template.replace(/\{(\w+)\}/g, (_, name: string) => parts[name] ?? placeholder(name));

/** The names of the parts of a template. */
export const partNames = (template: string): readonly string[] =>
  Array.from(template.matchAll(/\{(\w+)\}/g), ([, name = '']) => name);

/**
 * The parts of a template that a text which is still being written has so far; nothing where it is not of this form. A
 * part that is not complete yet counts as far as it goes, and none holds a delimiter of those behind it.
 */
export function partsSoFar(typed: string, template: string): Readonly<Record<string, string>> | undefined {
  const parts: Record<string, string> = {};
  const all = [...pieces(template)];
  const delimiters = all.slice(1).map(({ literal }) => literal.charAt(0));
  let rest = typed;
  for (const [index, { literal, name }] of all.entries()) {
    if (rest.length <= literal.length) return literal.startsWith(rest) ? parts : undefined;
    if (!rest.startsWith(literal) || name === undefined) return undefined;
    rest = rest.slice(literal.length);
    // An @ begins an id, so it ends a name.
    const delimiter = delimiters[index] ?? '';
    const later = [...delimiters.slice(index + 1), '@'];
    const end = delimiter === '' ? -1 : rest.indexOf(delimiter);
    const text = rest.slice(0, end < 0 ? undefined : end);
    const isLast = delimiter === '';
    if (text === '' || (!isLast && later.some((other) => other !== '' && text.includes(other))))
      return undefined;
    parts[name] = text;
    if (end < 0) return parts;
    rest = rest.slice(end);
  }
  return undefined;
}

/** What is written out before each part, and what is left behind the last. */
function* pieces(template: string): Generator<{ readonly literal: string; readonly name?: string }> {
  let at = 0;
  for (const { 0: whole, 1: name = '', index } of template.matchAll(/\{(\w+)\}/g)) {
    yield { literal: template.slice(at, index), name };
    at = index + whole.length;
  }
  yield { literal: template.slice(at) };
}

const stop = /\$\{([a-z][a-z0-9-]*)\}/g;

/** A text of a template of policies, in which `${name}` is a place to fill in; variables of IAM have a colon. */
export const withStops = (text: string, valueOf: (name: string) => string): string =>
  text.replace(stop, (_, name: string) => valueOf(name));

/** A pattern with a place to fill in for each run of wildcards; policy variables stay. */
export const exactly = (pattern: string): string =>
  pattern.replace(/\$\{[^}]*\}|[*?]+/g, (part) => (part.startsWith('$') ? part : placeholder('VALUE')));
