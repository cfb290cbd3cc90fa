/** Runs the enabled rules over a policy and puts their reports in order. One problem, one finding. */
import type { Severity } from '../settings.ts';
import type { Span } from '../text/span.ts';
import type { Policy, Statement } from '../policy/policy.ts';
import type { RuleId } from './ids.gen.ts';
import { type Opinion, opinionsIn, spanOf } from './opinion.ts';
import type { Facts, Fix, Report, Rule, Tag } from './rule.ts';
import { traitsOf } from './trait.ts';

/** A report with the rule that made it and the severity that applies. */
export interface Verdict {
  readonly rule: RuleId;
  readonly severity: Severity;
  readonly span: Span;
  readonly tag?: Tag;
  readonly message: string;
  readonly fixes: readonly Fix[];
  readonly related: readonly { readonly span: Span; readonly message: string }[];
}

export interface Verdicts {
  /** In the order of the text. */
  readonly verdicts: readonly Verdict[];
  /** What there is to say about each Allow statement that is judged by itself. */
  readonly opinions: ReadonlyMap<Statement, Opinion>;
}

const nothingKnown: ReadonlyMap<Statement, Opinion> = new Map();

/**
 * Judges a policy.
 * @param known Allow statements and what there is to say about them: only rules of policy scope look at these again
 */
export function runRules(
  rules: readonly Rule[],
  policy: Policy,
  facts: Facts,
  known = nothingKnown,
): Verdicts {
  const found: Found[] = [];
  const opinions = opinionsIn(policy, known);
  const suspect = known.size > 0 ? without(policy, known) : policy;
  const traits = traitsOf(policy);
  const traitsOfSuspect = suspect === policy ? traits : traitsOf(suspect);
  const federated = suspect.statements.some(mayTrustProviders);
  for (const rule of rules) {
    if (!federated && isOnFederation(rule)) continue;
    if (!concerns(rule, rule.scope === 'policy' ? traits : traitsOfSuspect)) continue;
    const configured = facts.settings.rules[rule.id];
    if (configured === 'off') continue;
    const reports = [...rule.check(rule.scope === 'policy' ? policy : suspect, facts)];
    if (rule.supersedes === 'everything') {
      if (reports.length > 0)
        return {
          verdicts: reports.map((report) => verdictOf({ rule, report, by: 0 }, configured)),
          opinions: nothingKnown,
        };
      continue;
    }
    for (const report of reports) {
      found.push({ rule, report, by: 0 });
      opinions.add(rule, report);
    }
  }
  for (const [{ node }, { start, reports }] of known)
    for (const { rule, report } of reports) found.push({ rule, report, by: node.span.start - start });
  return { verdicts: inOrder(found, rules, facts), opinions: opinions.settled() };
}

const isOnFederation = ({ category }: Rule): boolean =>
  category === 'federation-oidc' || category === 'federation-saml';

/** Whether there is anything that a rule is about. */
function concerns({ when }: Rule, traits: ReturnType<typeof traitsOf>): boolean {
  if (when === undefined) return true;
  for (const trait of when) if (traits.has(trait)) return true;
  return false;
}

const parted = new WeakMap<readonly Rule[], Map<Rule['subject'], readonly Rule[]>>();

/** Those rules of a list that judge one kind of thing: trust policies where none is said. */
export function rulesOn(rules: readonly Rule[], subject?: Rule['subject']): readonly Rule[] {
  const parts = parted.get(rules) ?? new Map<Rule['subject'], readonly Rule[]>();
  parted.set(rules, parts);
  const part = parts.get(subject) ?? rules.filter((rule) => rule.subject === subject);
  parts.set(subject, part);
  return part;
}

/** A report, and by how much the text has moved since it was made. */
interface Found {
  readonly rule: Rule;
  readonly report: Report;
  readonly by: number;
}

/** What is not superseded, in the order of the text; rules that speak of the same place keep their order. */
function inOrder(found: readonly Found[], rules: readonly Rule[], facts: Facts): readonly Verdict[] {
  if (found.length === 0) return [];
  const places = new Map(rules.map((rule, index) => [rule, index]));
  const placeOf = ({ rule }: Found): number => places.get(rule) ?? 0;
  const aboutOf = ({ report, by }: Found): string => String(spanOf(report.about ?? report.at, by).start);
  const silenced = new Set<string>();
  for (const one of found)
    if (one.rule.supersedes !== 'everything')
      for (const id of one.rule.supersedes ?? []) silenced.add(`${id}@${aboutOf(one)}`);
  return found
    .filter((one) => !silenced.has(`${one.rule.id}@${aboutOf(one)}`))
    .sort((a, b) => placeOf(a) - placeOf(b))
    .map((one) => {
      const configured = facts.settings.rules[one.rule.id];
      return verdictOf(one, configured === 'off' ? undefined : configured);
    })
    .sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
}

/** The policy without some of its statements. */
const without = (policy: Policy, known: ReadonlyMap<Statement, unknown>): Policy => ({
  ...policy,
  statements: policy.statements.filter((statement) => !known.has(statement)),
  leftOut: new Set([...known.keys()].map(({ node }) => node)),
  grants: policy.grants.filter(({ statement }) => !known.has(statement)),
});

/** Only statements that trust an identity provider, or may, concern the rules on federation. */
const mayTrustProviders = ({ principals, open }: Statement): boolean =>
  open.principals || principals.some(({ type }) => type === 'Federated');

function verdictOf({ rule, report, by }: Found, configured: Severity | undefined): Verdict {
  const related = (report.related ?? []).map(({ at, message }) => ({ span: spanOf(at, by), message }));
  return {
    rule: rule.id,
    severity: configured ?? report.severity ?? rule.severity,
    span: spanOf(report.at, by),
    ...(rule.tag && { tag: rule.tag }),
    message: report.message,
    fixes: report.fixes ?? [],
    related,
  };
}
