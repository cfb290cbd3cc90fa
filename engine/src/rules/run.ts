/** Runs the enabled rules over a policy and puts their reports in order. One problem, one finding. */
import type { Severity } from '../settings.ts';
import type { Span } from '../text/span.ts';
import type { Member, Node } from '../tree/tree.ts';
import type { Policy, Statement } from '../policy/policy.ts';
import type { RuleId } from './ids.gen.ts';
import type { Facts, Fix, Report, Rule } from './rule.ts';

/** A report with the rule that made it and the severity that applies. */
export interface Verdict {
  readonly rule: RuleId;
  readonly severity: Severity;
  readonly span: Span;
  readonly message: string;
  readonly fixes: readonly Fix[];
  readonly related: readonly { readonly span: Span; readonly message: string }[];
}

const spanOf = (at: Node | Member | Span): Span => ('span' in at ? at.span : at);

/** The verdicts on a policy in the order of the text. */
export function runRules(rules: readonly Rule[], policy: Policy, facts: Facts): readonly Verdict[] {
  const made: { readonly verdict: Verdict; readonly about: number }[] = [];
  const silenced = new Set<string>();
  const federated = policy.statements.some(mayTrustProviders);
  for (const rule of rules) {
    if (!federated && rule.category.startsWith('federation')) continue;
    const configured = facts.settings.rules[rule.id];
    if (configured === 'off') continue;
    const reports = [...rule.check(policy, facts)];
    if (rule.supersedes === 'everything') {
      if (reports.length > 0) return reports.map((report) => verdictOf(rule, report, configured));
      continue;
    }
    for (const report of reports) {
      const about = spanOf(report.about ?? report.at).start;
      for (const id of rule.supersedes ?? []) silenced.add(`${id}@${String(about)}`);
      made.push({ verdict: verdictOf(rule, report, configured), about });
    }
  }
  return made
    .filter(({ verdict, about }) => !silenced.has(`${verdict.rule}@${String(about)}`))
    .map(({ verdict }) => verdict)
    .sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
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
    message: report.message,
    fixes: report.fixes ?? [],
    related,
  };
}
