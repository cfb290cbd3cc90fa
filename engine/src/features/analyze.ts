/** Document to findings: each region's policy is read and judged. */
import { readPolicy } from '../policy/read.ts';
import type { Rule } from '../rules/rule.ts';
import { runRules, type Verdict } from '../rules/run.ts';
import type { Settings } from '../settings.ts';
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
  const { languageId } = document.source;
  return document.regions.flatMap((region, index) => {
    // Problems are the document's: they are told once, with its first policy.
    const problems = index === 0 ? problemsOf(document) : [];
    const verdicts = runRules(rules, readPolicy(region.node), { settings, problems, languageId });
    return verdicts.map((verdict) => ({ ...verdict, region }));
  });
}

/** A file that merely holds a policy may have comments: only what breaks its syntax concerns the policy. */
function problemsOf({ tree, whole }: Document): Document['tree']['problems'] {
  return whole ? tree.problems : tree.problems.filter(({ kind }) => kind === 'syntax');
}
