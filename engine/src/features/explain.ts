/** Who can assume a role, and what each statement says: the explanation of a policy as data, as text and as Markdown. */
import type { Policy } from '../policy/policy.ts';
import { covers, type Span } from '../text/span.ts';
import { policyAsWritten } from './as-written.ts';
import type { Document, Region } from './document.ts';
import { dependent } from './explain/dependent.ts';
import { type CallerGroup, callerGroups, groupsInWords } from './explain/groups.ts';
import { asMarkdown, asText } from './explain/phrase.ts';
import { explainStatements, labelOf, type StatementExplanation } from './explain/statement.ts';
import { code, paragraphs, prose } from './markdown.ts';

export type { CallerGroup } from './explain/groups.ts';
export type { StatementExplanation } from './explain/statement.ts';
export { asText as plainText } from './explain/phrase.ts';

/** What one policy of a document says. */
export interface PolicyExplanation {
  readonly label?: string;
  readonly span: Span;
  readonly callers: readonly CallerGroup[];
  /** The callers in one line. */
  readonly summary: string;
  readonly statements: readonly StatementExplanation[];
  /** What the policy cannot tell, whatever it says. */
  readonly limits: readonly string[];
}

/** Explains the policies of a document. */
export const explainDocument = ({ regions }: Document): readonly PolicyExplanation[] =>
  regions.map(explainRegion);

/** Explains one policy. */
export function explainRegion(region: Region): PolicyExplanation {
  const { node, label } = region;
  const policy = policyAsWritten(region);
  const callers = callerGroups(policy);
  return {
    ...(label !== undefined && { label }),
    span: node.span,
    callers,
    summary: groupsInWords(callers),
    statements: explainStatements(policy).map((each) => inItsView(each, region)),
    limits: limitsOf(policy),
  };
}

/** What a statement says as it is where the choices that it stands in have fallen. */
function inItsView(explanation: StatementExplanation, { views = [] }: Region): StatementExplanation {
  const view = views.findLast(({ sides }) => sides.some((side) => covers(side, explanation.span)));
  return dependent(explanation, view?.region.dependsOn);
}

/** What decides besides the trust policy. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html */
function limitsOf({ grants }: Policy): readonly string[] {
  const fromAws = grants.some(({ principal }) => principal.type === 'AWS' || principal.type === undefined);
  const federated = grants.some(({ principal }) => principal.type === 'Federated');
  return [
    ...(fromAws
      ? [
          'Callers of other accounts than the role’s need permission in their own policies, too.',
          'A permissions boundary, a session policy or a service control policy of a caller can forbid the call.',
        ]
      : []),
    ...(federated
      ? ['The identity provider has to exist in the role’s account, unless AWS knows it by itself.']
      : []),
    'A resource control policy of the role’s organization can deny what this policy allows.',
  ];
}

/** The explanation as plain text. */
export const explanationText = (policy: PolicyExplanation): string =>
  [
    `Who can assume${policy.label === undefined ? '' : ` ${policy.label}`}: ${policy.summary}`,
    '',
    ...policy.statements.map((statement) => `  ${asText(labelOf(statement))}. ${asText(statement.sentence)}`),
    '',
    ...policy.limits.map((limit) => `  ${limit}`),
  ].join('\n');

/** The explanation as Markdown, in which nothing of the policy is more than code. */
export const explanationMarkdown = (policy: PolicyExplanation): string =>
  paragraphs(
    `**Who can assume${policy.label === undefined ? ' this role' : ` ${code(policy.label)}`}:** ${prose(policy.summary)}`,
    policy.statements
      .map((statement) => `- ${asMarkdown(labelOf(statement))}: ${asMarkdown(statement.sentence)}`)
      .join('\n'),
    'What this policy cannot tell:',
    policy.limits.map((limit) => `- ${prose(limit)}`).join('\n'),
  );
