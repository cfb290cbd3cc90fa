/** Document to findings: each region's policy is read and judged. */
import { readPolicy } from '../policy/read.ts';
import type { Facts, Rule } from '../rules/rule.ts';
import { runRules, type Verdict } from '../rules/run.ts';
import type { Settings } from '../settings.ts';
import { covers } from '../text/span.ts';
import type { Document, Region } from './document.ts';

/** A verdict and the region that it is about. */
export interface Finding extends Verdict {
  readonly region: Region;
}

/** All findings in a document, in the order of the text. */
export function findingsIn(
  document: Document,
  rules: readonly Rule[],
  settings: Settings,
): readonly Finding[] {
  return document.regions.flatMap((region) => {
    const facts = factsOf(document, region, settings);
    return runRules(rules, readPolicy(region.node), facts).map((verdict) => ({ ...verdict, region }));
  });
}

function factsOf({ tree, whole, source }: Document, { node, problems }: Region, settings: Settings): Facts {
  // No editor looks for JSON inside strings.
  if (problems)
    return { problems, languageId: 'json', settings: { ...settings, jsonSyntaxReportedByHost: false } };
  const { languageId } = source;
  if (whole) return { problems: tree.problems, languageId, settings };
  // A file that merely holds a policy may have comments, and faults elsewhere.
  const inside = tree.problems.filter(({ kind, span }) => kind === 'syntax' && covers(node.span, span));
  return { problems: inside, languageId, settings };
}
