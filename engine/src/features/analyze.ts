/** Document to findings: each region's policy is read and judged. */
import type { Policy } from '../policy/policy.ts';
import { readPolicy } from '../policy/read.ts';
import { ignoring } from '../rules/ignored.ts';
import type { Facts, Rule } from '../rules/rule.ts';
import { rulesOn, runRules, type Verdict } from '../rules/run.ts';
import type { Ignored, Settings } from '../settings.ts';
import { covers } from '../text/span.ts';
import type { Document, Region } from './document.ts';
import { entriesAsSuppressions } from './project.ts';
import { type Known, recall, remember } from './recall.ts';
import { isSuppression, type PlacedSuppression, suppress, suppressionsIn } from './suppress.ts';
import { withoutConsequences, writtenOf } from './written.ts';

/** A verdict and the region that it is about. */
export interface Finding extends Verdict {
  readonly region: Region;
}

/** What the next judgement of a document need not look at again. */
export interface Memory {
  readonly settings: Settings;
  readonly known: Known;
  /** As they were read: a node that is still in the tree has the same content. */
  readonly policies: readonly Policy[];
}

export interface Judgement {
  /** In the order of the text. */
  readonly findings: readonly Finding[];
  readonly memory: Memory;
  /** The entries of the settings that ignore something here, or may once the text is whole. */
  readonly used: ReadonlySet<Ignored>;
}

/**
 * Judges a document.
 * @param before what the judgement of another version of it has left: what was found in a statement is found again as long as its
 *   text, the settings and the statements that deny are the same
 */
export function judge(
  document: Document,
  rules: readonly Rule[],
  settings: Settings,
  before?: Memory,
): Judgement {
  const known = before?.settings === settings ? before.known : undefined;
  const next: Known = new Map();
  if (document.project) {
    const findings = judgeProject(document, document.project, rules, settings, new Set());
    return { findings, memory: { settings, known: next, policies: [] }, used: new Set() };
  }
  const isBroken = document.tree.problems.some(({ kind }) => kind === 'syntax');
  const used = new Set(isBroken ? settings.ignore : []);
  const comments = suppressionsIn(document);
  const policies: Policy[] = [];
  const ofTrust = rulesOn(rules);
  const found = document.regions.flatMap((region, index) => {
    const facts = factsOf(document, region, comments, settings);
    const policy = readPolicy(region.node, before?.policies[index]);
    policies.push(policy);
    const { verdicts, opinions } = runRules(ofTrust, policy, facts, recall(policy, region, document, known));
    remember(opinions, policy, region, document, known, next);
    const judged = { verdicts, policy, region };
    const views = judgeViews(region, ofTrust, facts);
    const made = [judged, ...views].flatMap((each) =>
      withoutConsequences(each.verdicts, facts.written, region.node.span)
        .filter((verdict) => !isIgnored(verdict, each.policy, region, settings, used))
        .map((verdict) => ({ ...verdict, region: each.region })),
    );
    return views.length > 0 ? inOrder(made) : made;
  });
  const all = [...found, ...judgeCallers(document, comments, rules, settings, used)];
  const findings = comments.length === 0 ? all : withComments(document, all, comments, rules, settings, used);
  return { findings, memory: { settings, known: next, policies }, used };
}

/** What a policy comes to by each of its choices; only what is wrong with the side that is taken is new. */
const judgeViews = (
  { views = [] }: Region,
  rules: readonly Rule[],
  facts: Facts,
): readonly { readonly verdicts: readonly Verdict[]; readonly policy: Policy; readonly region: Region }[] =>
  views.map(({ sides, region }) => {
    const policy = readPolicy(region.node);
    const { verdicts } = runRules(rules, policy, facts);
    const isNew = ({ span }: Verdict): boolean => sides.some((side) => covers(side, span));
    return { verdicts: verdicts.filter(isNew), policy, region };
  });

/** Whether the project ignores a verdict; which entries do is added to those that are used. */
function isIgnored(
  verdict: Verdict,
  policy: Policy,
  { label }: Region,
  { ignore }: Settings,
  used: Set<Ignored>,
): boolean {
  const entries = ignoring(verdict, policy, label, ignore);
  for (const entry of entries) used.add(entry);
  return entries.length > 0;
}

/**
 * Judges a project file.
 * @param idle the numbers of the entries that are known to ignore nothing
 */
export function judgeProject(
  document: Document,
  region: Region,
  rules: readonly Rule[],
  settings: Settings,
  idle: ReadonlySet<number>,
): readonly Finding[] {
  const facts = factsOf({ ...document, whole: true }, region, [], settings);
  const suppressions = entriesAsSuppressions(region.node, document.source.text, idle);
  return inOrder([
    ...judgeRoot(region, 'project', rules, facts),
    ...judgeRoot(region, 'comments', rules, { ...facts, suppressions }),
  ]);
}

/** Permission policies of callers have rules of their own. */
const judgeCallers = (
  document: Document,
  comments: readonly PlacedSuppression[],
  rules: readonly Rule[],
  settings: Settings,
  used: Set<Ignored>,
): readonly Finding[] =>
  document.callers.flatMap((region) => {
    const own = rulesOn(rules, 'caller');
    const policy = readPolicy(region.node);
    const { verdicts } = runRules(own, policy, factsOf(document, region, comments, settings));
    return verdicts
      .filter((verdict) => !isIgnored(verdict, policy, region, settings, used))
      .map((verdict) => ({ ...verdict, region }));
  });

/** What is left where comments ignore findings, and what there is to say about these comments. */
function withComments(
  document: Document,
  found: readonly Finding[],
  comments: readonly PlacedSuppression[],
  rules: readonly Rule[],
  settings: Settings,
  used: Set<Ignored>,
): readonly Finding[] {
  const { findings, suppressions } = suppress(found, comments, document.source.text);
  const { tree, syntax } = document;
  const { root, problems } = tree;
  // While a text is broken, what is not found in it may come back with the next letter.
  if (root === undefined || syntax === undefined || problems.some(({ kind }) => kind === 'syntax'))
    return findings;
  const region = { node: root, syntax };
  const facts = { ...factsOf(document, region, comments, settings), suppressions };
  const ofComments = judgeRoot(region, 'comments', rules, facts).filter(({ rule }) => {
    const entries = settings.ignore.filter((entry) => entry.rule === rule);
    for (const entry of entries) used.add(entry);
    return entries.length === 0;
  });
  return inOrder([...findings, ...ofComments]);
}

const inOrder = (findings: readonly Finding[]): readonly Finding[] =>
  [...findings].sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);

/** Runs the rules that judge a document and no policy. */
function judgeRoot(
  region: Region,
  subject: Exclude<Rule['subject'], undefined>,
  rules: readonly Rule[],
  facts: Facts,
): readonly Finding[] {
  const nothing: Policy = { node: region.node, statements: [], strays: [], grants: [], size: 0 };
  const own = rulesOn(rules, subject);
  return runRules(own, nothing, facts).verdicts.map((verdict) => ({ ...verdict, region }));
}

function factsOf(
  document: Document,
  region: Region,
  comments: readonly PlacedSuppression[],
  settings: Settings,
): Facts {
  const written = writtenOf(document, region, settings);
  // A comment that ignores a finding is there on purpose.
  const problems = written.problems.filter(
    ({ kind, span }) => kind !== 'comment' || !isSuppression(comments, span),
  );
  return {
    settings,
    languageId: document.source.languageId,
    written: { ...written, problems },
    ...(region.role && { role: region.role }),
  };
}
