/** The command that answers with a policy as JSON, and the action that offers it where the policy cannot be edited. */
import { decodedPolicy, type Document, isPrintout } from '#engine';
import { type CodeAction, CodeActionKind, type CodeActionParams } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Client } from '../client.ts';
import { spanOf } from '../convert.ts';
import { type Open, policyFor } from './explain.ts';

/** Takes the address of a document and which of its policies is meant: its number, or a position in it. */
export const decodeCommand = 'trustPolicy.decodePolicy';

/** The JSON of the policy that the arguments of the command name; nothing where there is none. */
export function decodedFor(given: readonly unknown[] | undefined, open: Open): string | null {
  const found = policyFor(given, open);
  return found ? decodedPolicy(found.region, found.text.getText()) : null;
}

/** Offers to decode the policies at a range, where a command has printed them. */
export function decodeActions(
  { range, context: { only } }: CodeActionParams,
  text: TextDocument,
  document: Document,
  client: Client,
): readonly CodeAction[] {
  const wanted = only === undefined || only.includes(CodeActionKind.QuickFix);
  if (!wanted || !isPrintout(document) || !client.knows('trustPolicy.decode')) return [];
  const { start, end } = spanOf(text, range);
  const title = 'Decode this trust policy';
  return document.regions.flatMap(({ node: { span } }, region) =>
    span.start <= end && start <= span.end
      ? [
          {
            title,
            kind: CodeActionKind.QuickFix,
            command: { title, command: 'trustPolicy.decode', arguments: [text.uri, region] },
          },
        ]
      : [],
  );
}
