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
  /** What would follow, where the pattern ends before the form does. */
  readonly cut?: string;
}

/** The parts of a pattern by a form, as far as the pattern goes; nothing where it is of another form. */
export function partsOf(pattern: string, template: string): readonly SubjectPart[] | undefined {
  const parts: SubjectPart[] = [];
  let at = 0;
  for (const match of template.matchAll(/([^{]*)\{(\w+)\}/g)) {
    const [whole, literal = '', name = ''] = match;
    const delimiter = template.charAt(match.index + whole.length);
    if (!pattern.startsWith(literal, at)) return endsOpen(pattern, at) ? parts : undefined;
    at += literal.length;
    const stop = delimiter === '' ? -1 : pattern.indexOf(delimiter, at);
    const text = pattern.slice(at, stop < 0 ? undefined : stop);
    parts.push({ name, start: at, text, ...(stop < 0 && delimiter !== '' && { cut: delimiter }) });
    at += text.length;
  }
  return parts;
}

/** Whether a wildcard ended the part before, so that it covers what would follow, too. */
const endsOpen = (pattern: string, at: number): boolean => at === pattern.length && pattern.endsWith('*');

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
  const cut = parts.at(-1)?.cut;
  return result + (cut === undefined ? pattern.slice(at) : `${cut}*`);
}
