/** Actions: what they permit, and which of the principals of the statement can use them. */
import { type StsAction, stsActionNamed, trustActionsMatching } from '../../catalog/catalog.ts';
import type { Statement } from '../../policy/policy.ts';
import type { Node } from '../../tree/tree.ts';
import { textOf } from '../../tree/walk.ts';
import { callersNamedIn } from '../callers.ts';
import { code, documented, paragraphs, prose } from '../markdown.ts';

/** Markdown for an action, or for what a pattern covers. */
export function describeAction(node: Node, statement: Statement): string | undefined {
  const pattern = textOf(node);
  if (pattern === undefined) return undefined;
  const action = stsActionNamed(pattern);
  if (action)
    return paragraphs(`**${action.id}**`, fitting(action, statement), documented(action.doc, action.url));
  const matches = trustActionsMatching(pattern);
  if (matches.length === 0) return undefined;
  const lines = matches.map(({ id, doc }) => `- ${prose(id)}: ${prose(doc)}`);
  return paragraphs(`${code(pattern)} stands for these actions:`, lines.join('\n'));
}

/** Whether the principals that are named can use it at all. */
function fitting({ trust, principals }: StsAction, statement: Statement): string | undefined {
  if (!trust || statement.principals.length === 0) return undefined;
  const able = callersNamedIn(statement).some((caller) => principals.includes(caller));
  return able ? undefined : 'None of the principals of this statement can use it.';
}
