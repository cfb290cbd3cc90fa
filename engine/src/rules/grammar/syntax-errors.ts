/**
 * The text is not JSON, or not the strict JSON that IAM reads; or it is not the YAML or HCL that it should be. Where the
 * editor says so already, we keep quiet.
 */
import type { Problem } from '../../tree/tree.ts';
import { defineRule, type Rule, type Written } from '../rule.ts';

/** Editors take comments and trailing commas in JSONC for granted; IAM does not, so these stay worth saying. */
function reported({ language, problems, reportedByHost }: Written): readonly Problem[] {
  if (reportedByHost && language !== 'jsonc') return [];
  const broken = reportedByHost ? undefined : firstBreak(problems);
  return problems.filter((problem) => problem.kind !== 'syntax' || problem === broken);
}

/** What follows the break that is noticed first is mostly a consequence of it. */
const firstBreak = (problems: readonly Problem[]): Problem | undefined =>
  problems.find(({ kind }) => kind === 'syntax');

/** The rule about texts of a language that IAM never sees: the tool that reads them says no before it does. */
const brokenText = (
  id: 'yaml-syntax-error' | 'hcl-syntax-error',
  language: Written['language'],
  says: string,
): Rule =>
  defineRule({
    id,
    category: 'grammar',
    severity: 'error',
    scope: 'policy',
    *check(_, { written }) {
      if (written.language !== language || written.reportedByHost) return;
      const first = firstBreak(written.problems);
      if (first === undefined) return;
      yield {
        at: first.span,
        message: `${says}: ${first.message}. Nothing in the file takes effect until this is mended.`,
        fixes: first.repair ? [{ ...first.repair, changes: [], safe: false }] : [],
      };
    },
  });

export const rules = [
  defineRule({
    id: 'json-syntax-error',
    category: 'grammar',
    severity: 'error',
    scope: 'policy',
    *check(_, { written }) {
      if (written.language !== 'json' && written.language !== 'jsonc') return;
      for (const { kind, span, message, repair } of reported(written)) {
        const lenient = written.language === 'jsonc' && kind !== 'syntax';
        yield {
          at: span,
          severity: lenient ? 'information' : 'error',
          message: lenient
            ? `IAM reads strict JSON: ${message}. Take it out before the policy is sent to AWS.`
            : `IAM answers "This policy contains invalid Json": ${message}.`,
          fixes: repair ? [{ ...repair, changes: [], safe: kind !== 'comment' }] : [],
        };
      }
    },
  }),
  brokenText('yaml-syntax-error', 'yaml', 'This is not YAML'),
  brokenText('hcl-syntax-error', 'hcl', 'Terraform cannot read this'),
];
