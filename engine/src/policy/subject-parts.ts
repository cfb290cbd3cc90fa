/**
 * Subject patterns against the forms that a provider documents: can they match at all, and which of the parts to fill
 * in do they leave open? What fits no form is not judged part by part.
 */
import { globsOverlap, hasWildcard } from '../text/glob.ts';
import { placeholder } from '../tree/change.ts';

/** Whether a token can have a subject that the pattern matches, if these forms are all. */
export const fitsSomeForm = (pattern: string, templates: readonly string[]): boolean =>
  templates.some((template) => globsOverlap(pattern, template.replace(/\{\w+\}/g, '?*')));

/** A part to fill in of a form, and what a pattern has in its place. */
export interface SubjectPart {
  readonly name: string;
  readonly start: number;
  readonly text: string;
}

/** The parts of a pattern by a form, as far as the pattern goes; nothing where it is of another form. */
export function partsOf(pattern: string, template: string): readonly SubjectPart[] | undefined {
  const parts: SubjectPart[] = [];
  let at = 0;
  for (const [, literal = '', name, delimiter = ''] of template.matchAll(/([^{]*)\{(\w+)\}(?=(.?))/g)) {
    if (!pattern.startsWith(literal, at)) return endsOpen(pattern, at) ? parts : undefined;
    at += literal.length;
    const stop = delimiter === '' ? -1 : pattern.indexOf(delimiter, at);
    const text = pattern.slice(at, stop < 0 ? undefined : stop);
    parts.push({ name: name ?? '', start: at, text });
    at += text.length;
  }
  return parts;
}

/** Whether a wildcard ended the part before, so that it covers what would follow, too. */
const endsOpen = (pattern: string, at: number): boolean =>
  at === pattern.length && /[*]$/.test(pattern.slice(0, at));

/** The parts with a wildcard, by the first form that the pattern follows. */
export function openParts(pattern: string, templates: readonly string[]): readonly SubjectPart[] {
  const parts = templates.map((template) => partsOf(pattern, template)).find((found) => found?.length);
  return (parts ?? []).filter(({ text }) => hasWildcard(text));
}

/** The pattern with a place to fill in for each of the parts; a wildcard that ended it goes on behind. */
export function withPartsNamed(pattern: string, parts: readonly SubjectPart[]): string {
  let result = '';
  let at = 0;
  for (const { name, start, text } of parts) {
    result += pattern.slice(at, start) + placeholder(name);
    at = start + text.length;
  }
  return result + pattern.slice(at);
}
