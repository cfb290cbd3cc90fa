/** What is said of a statement where it has to be decided first whether it is there. */
import { listed, type Phrase, verbatim } from './phrase.ts';

/** The same, and what it depends on. */
export function dependent<T extends { readonly sentence: Phrase }>(
  said: T,
  conditions: readonly string[] = [],
): T {
  if (conditions.length === 0) return said;
  const deciding = listed(
    conditions.map((condition) => [verbatim(condition)]),
    'and',
  );
  return { ...said, sentence: ['Depending on ', ...deciding, ': ', ...said.sentence] };
}
