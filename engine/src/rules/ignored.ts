/** Whether the project wants to hear of a verdict: its entries name rules, policies and statements. */
import type { Ignored } from '../settings.ts';
import { covers } from '../text/span.ts';
import type { Policy } from '../policy/policy.ts';
import type { Verdict } from './run.ts';

/** The entries that speak of a verdict on a policy with this label. */
export function ignoring(
  verdict: Verdict,
  { statements }: Policy,
  label: string | undefined,
  entries: readonly Ignored[],
): readonly Ignored[] {
  const named = entries.filter(({ rule, policy }) => rule === verdict.rule && (policy ?? label) === label);
  if (named.length === 0) return named;
  const statement = statements.find(({ node }) => covers(node.span, verdict.span));
  return named.filter(({ sid }) => sid === undefined || sid === statement?.sid);
}
