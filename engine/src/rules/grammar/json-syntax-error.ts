/** The text is not JSON, or not the strict JSON that IAM reads. Where the editor says so already, we keep quiet. */
import type { Problem } from '../../tree/tree.ts';
import { defineRule, type Facts } from '../rule.ts';

/** Editors take comments and trailing commas in JSONC for granted; IAM does not, so these stay worth saying. */
function reported({ problems, languageId, settings }: Facts): readonly Problem[] {
  const told = settings.jsonSyntaxReportedByHost;
  if (told && languageId !== 'jsonc') return [];
  // What follows the first break is mostly a consequence of it.
  const broken = told ? undefined : problems.find(({ kind }) => kind === 'syntax');
  return problems.filter((problem) => problem.kind !== 'syntax' || problem === broken);
}

export const rule = defineRule({
  id: 'json-syntax-error',
  category: 'grammar',
  severity: 'error',
  *check(_, facts) {
    if (facts.languageId !== 'json' && facts.languageId !== 'jsonc') return;
    for (const { kind, span, message, repair } of reported(facts)) {
      const lenient = facts.languageId === 'jsonc' && kind !== 'syntax';
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
});
