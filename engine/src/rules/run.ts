/** Runs the enabled rules over a policy and puts their reports in order. One problem, one finding. */
import type { Severity } from '../settings.ts';
import type { Span } from '../text/span.ts';
import type { Member, Node } from '../tree/tree.ts';
import type { Policy, Statement } from '../policy/policy.ts';
import type { RuleId } from './ids.gen.ts';
import type { Facts, Fix, Report, Rule, Tag } from './rule.ts';

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
  /** The Allow statements that no rule has anything to say about. */
  readonly blameless: readonly Statement[];
}

const spanOf = (at: Node | Member | Span): Span => ('span' in at ? at.span : at);

/**
 * Judges a policy.
 * @param known Allow statements that are blameless for certain: only rules of policy scope look at them
 */
export function runRules(
  rules: readonly Rule[],
  policy: Policy,
  facts: Facts,
  known: ReadonlySet<Statement> = new Set(),
): Verdicts {
  const made: { readonly verdict: Verdict; readonly about: number }[] = [];
  const silenced = new Set<string>();
  const blamed = blameIn(policy);
  const suspect = known.size > 0 ? without(policy, known) : policy;
  const federated = suspect.statements.some(mayTrustProviders);
  for (const rule of rules) {
    if (!federated && rule.category.startsWith('federation')) continue;
    const configured = facts.settings.rules[rule.id];
    if (configured === 'off') continue;
    const reports = [...rule.check(rule.scope === 'policy' ? policy : suspect, facts)];
    if (rule.supersedes === 'everything') {
      if (reports.length > 0)
        return { verdicts: reports.map((report) => verdictOf(rule, report, configured)), blameless: [] };
      continue;
    }
    for (const report of reports) {
      const about = spanOf(report.about ?? report.at).start;
      for (const id of rule.supersedes ?? []) silenced.add(`${id}@${String(about)}`);
      made.push({ verdict: verdictOf(rule, report, configured), about });
      blamed.add(about, rule);
      blamed.add(spanOf(report.at).start, rule);
    }
  }
  const verdicts = made
    .filter(({ verdict, about }) => !silenced.has(`${verdict.rule}@${String(about)}`))
    .map(({ verdict }) => verdict)
    .sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
  return { verdicts, blameless: blamed.others() };
}

/** The policy without some of its statements. */
const without = (policy: Policy, known: ReadonlySet<Statement>): Policy => ({
  ...policy,
  statements: policy.statements.filter((statement) => !known.has(statement)),
  leftOut: new Set([...known].map(({ node }) => node)),
  grants: policy.grants.filter(({ statement }) => !known.has(statement)),
});

/** Keeps account of the statements that reports are about. */
function blameIn({ statements }: Policy): {
  readonly add: (offset: number, rule: Rule) => void;
  readonly others: () => readonly Statement[];
} {
  const blamed = new Set<Statement>();
  let everywhere = false;
  return {
    add: (offset, { scope }) => {
      const statement = statementAt(statements, offset);
      if (statement) blamed.add(statement);
      // It may be about any of them.
      else if (scope !== 'policy') everywhere = true;
    },
    others: () =>
      everywhere
        ? []
        : statements.filter((statement) => statement.effect === 'Allow' && !blamed.has(statement)),
  };
}

/** The statement around an offset, by binary search. */
function statementAt(statements: readonly Statement[], offset: number): Statement | undefined {
  let low = 0;
  let high = statements.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((statements[middle]?.node.span.start ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  const found = statements[low];
  return found && found.node.span.start <= offset && offset < found.node.span.end ? found : undefined;
}

/** Only statements that trust an identity provider, or may, concern the rules on federation. */
const mayTrustProviders = ({ principals, open }: Statement): boolean =>
  open.principals || principals.some(({ type }) => type === 'Federated');

function verdictOf(rule: Rule, report: Report, configured: Severity | undefined): Verdict {
  const related = (report.related ?? []).map(({ at, message }) => ({ span: spanOf(at), message }));
  return {
    rule: rule.id,
    severity: configured ?? report.severity ?? rule.severity,
    span: spanOf(report.at),
    ...(rule.tag && { tag: rule.tag }),
    message: report.message,
    fixes: report.fixes ?? [],
    related,
  };
}
