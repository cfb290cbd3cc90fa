/** Where in its policy a finding is, in words that stay the same when lines move. */
import { covers } from '../text/span.ts';
import { listOf, textOf, valueOf } from '../tree/walk.ts';
import type { Finding } from './analyze.ts';

/** The statement that a finding is in, by its place in the policy and its `Sid`. */
export function statementOf({
  region,
  span,
}: Pick<Finding, 'region' | 'span'>): { readonly index: number; readonly sid?: string } | undefined {
  const statements = listOf(valueOf(region.node, 'Statement'));
  const index = statements.findIndex((node) => covers(node.span, span));
  if (index < 0) return undefined;
  const sid = textOf(valueOf(statements[index], 'Sid'));
  return { index, ...(sid !== undefined && sid !== '' && { sid }) };
}
