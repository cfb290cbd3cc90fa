/** What a policy is written in, as far as it is broken: the document around it, or JSON text in a string of the document. */
import type { Written } from '../rules/rule.ts';
import type { Verdict } from '../rules/run.ts';
import type { Settings } from '../settings.ts';
import { covers, type Span } from '../text/span.ts';
import type { Problem } from '../tree/tree.ts';
import { descendants } from '../tree/walk.ts';
import type { Document, Region } from './document.ts';

/** The text of a policy. Where the string that holds it is broken, so is what it holds. */
export function writtenOf(document: Document, region: Region, settings: Settings): Written {
  const host = hostText(document, region, settings);
  if (region.problems === undefined || host.problems.length > 0) return host;
  // No editor looks for JSON inside strings.
  return { language: 'json', problems: region.problems, reportedByHost: false };
}

/** The document as far as it concerns a policy in it. */
function hostText(document: Document, { node }: Region, settings: Settings): Written {
  const { tree, whole, source, language } = document;
  const problems = whole ? tree.problems : breaksAround(tree, node);
  const isReported = settings.jsonSyntaxReportedByHost && source.languageId.startsWith('json');
  const isMended = language === 'yaml' && problems.length > 0 && isTemplate(source.text);
  return { language, problems, reportedByHost: isReported || isMended };
}

/** A file that merely holds a policy may have comments, and faults elsewhere. */
function breaksAround(tree: Document['tree'], { span: policy }: Region['node']): readonly Problem[] {
  const breaks = tree.problems.filter(({ kind }) => kind === 'syntax');
  const inside = breaks.filter(({ span }) => covers(policy, span));
  return inside.length > 0 ? inside : breaks.filter(({ span }) => opensAround(tree, policy, span));
}

/** Whether Helm or Jinja makes YAML of a text first. `{{resolve:…}}` is CloudFormation's own. */
const isTemplate = (text: string): boolean =>
  text.includes('{%') || text.split('{{').some((rest, index) => index > 0 && !rest.startsWith('resolve:'));

/** Whether a problem is that something which the policy lies in is not closed: it is noted where that begins. */
function opensAround({ root }: Document['tree'], policy: Span, { start }: Span): boolean {
  if (root === undefined || start >= policy.start) return false;
  for (const node of descendants(root))
    if (node.span.start === start && covers(node.span, policy)) return true;
  return false;
}

/** Findings where the text is broken are consequences of that, unless all of it is. */
export function withoutConsequences(
  verdicts: readonly Verdict[],
  { problems }: Written,
  policy: Span,
): readonly Verdict[] {
  const breaks = problems.filter(({ kind, span }) => kind === 'syntax' && !covers(span, policy));
  if (breaks.length === 0) return verdicts;
  return verdicts.filter(
    ({ rule, span }) =>
      rule.endsWith('-syntax-error') ||
      !breaks.some((broken) => broken.span.start < span.end && span.start < broken.span.end),
  );
}
