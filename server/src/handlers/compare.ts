/** The command that compares the policies of an open document with those of an older text of it. */
import { comparePolicies, comparisonMarkdown, comparisonText, readPolicies } from '#engine';
import type { Open } from './explain.ts';

/** Takes the address of a document, and the older text. */
export const compareCommand = 'trustPolicy.compareTrust';

/** How they compare; nothing where neither text has a policy. */
export function comparisonFor(given: readonly unknown[] | undefined, open: Open): unknown {
  const [uri, older] = given ?? [];
  const found = typeof uri === 'string' ? open(uri) : undefined;
  if (found === undefined || typeof older !== 'string') return null;
  const before = older.trim() === '' ? [] : readPolicies({ ...found.document.source, text: older });
  const { regions } = found.document;
  if (before.length === 0 && regions.length === 0) return null;
  if ([...before, ...regions].some(({ node }) => !node.complete))
    return { problem: 'A policy is broken, so that it cannot be compared: see the Problems panel.' };
  const comparison = comparePolicies(before, regions);
  return { ...comparison, text: comparisonText(comparison), markdown: comparisonMarkdown(comparison) };
}
