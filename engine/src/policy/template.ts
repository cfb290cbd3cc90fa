/** Templates of the catalogue: `{NAME}` marks a part that only the user, or the policy itself, can tell. */
import { placeholder } from '../tree/change.ts';

/** The template with the known parts filled in and a place to fill in for each of the others. */
export const filled = (template: string, parts: Readonly<Record<string, string>> = {}): string =>
  template.replace(/\{(\w+)\}/g, (_, name: string) => parts[name] ?? placeholder(name));

/** A pattern with a place to fill in for each run of wildcards; policy variables stay. */
export const exactly = (pattern: string): string =>
  pattern.replace(/\$\{[^}]*\}|[*?]+/g, (part) => (part.startsWith('$') ? part : placeholder('VALUE')));
