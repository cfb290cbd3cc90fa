/** What parts of a statement mean in it, in the words of its explanation. */
import { readPolicy } from '../../policy/read.ts';
import type { Statement } from '../../policy/policy.ts';
import type { Span } from '../../text/span.ts';
import type { Node } from '../../tree/tree.ts';
import type { Region } from '../document.ts';
import { asMarkdown, capitalized, type Phrase } from '../explain/phrase.ts';
import { explainStatements, type StatementExplanation } from '../explain/statement.ts';
import { paragraphs } from '../markdown.ts';

/** The explanation of the statement that a node is. */
export const explanationOf = (region: Region, node: Node): StatementExplanation | undefined =>
  explainStatements(readPolicy(region.node), region.dependsOn).find(({ span }) => span === node.span);

const bullets = (phrases: readonly Phrase[]): string =>
  phrases.map((phrase) => `- ${asMarkdown(capitalized(phrase))}`).join('\n');

/** Whom the statement is about. */
export function callersHere(region: Region, { node }: Statement): string | undefined {
  const explanation = explanationOf(region, node);
  if (explanation === undefined || explanation.callers.length === 0) return undefined;
  const verb = explanation.effect === 'deny' ? 'Kept out here' : 'Trusted here';
  return paragraphs(`${explanation.excludes ? 'Everybody but' : verb}:`, bullets(explanation.callers));
}

/** The conditions of the statement that lie in a span, or all. */
export function conditionsHere(region: Region, { node }: Statement, within?: Span): string | undefined {
  const clauses = (explanationOf(region, node)?.conditions ?? []).filter(
    ({ span }) => within === undefined || (within.start <= span.start && span.end <= within.end),
  );
  const [only] = clauses;
  if (only === undefined) return undefined;
  return clauses.length === 1
    ? `Here: ${asMarkdown(only.phrase)}.`
    : paragraphs('Here, all together:', bullets(clauses.map(({ phrase }) => phrase)));
}
