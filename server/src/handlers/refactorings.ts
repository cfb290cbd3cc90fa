/** Code actions that need no finding: named insertions at a statement. */
import { type Document, insertionsAt, type Settings } from '#engine';
import { type CodeAction, CodeActionKind } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Client } from '../client.ts';
import { newRandom } from '../random.ts';
import { workspaceEdit } from '../workspace-edit.ts';

/** The kinds of the actions; behind the last part comes what each is called. */
const insertKind = `${CodeActionKind.RefactorRewrite}.trustPolicy.insert`;

export const refactoringKinds: readonly string[] = [insertKind];

/**
 * The actions at an offset.
 * @param wanted whether the client asks for actions of a kind
 */
export function refactorings(
  text: TextDocument,
  document: Document,
  offset: number,
  settings: Settings,
  client: Client,
  wanted: (kind: string) => boolean,
): readonly CodeAction[] {
  return insertionsAt(document, offset, settings, newRandom, (id) => wanted(`${insertKind}.${id}`)).map(
    ({ id, title, edits }) => ({
      title,
      kind: `${insertKind}.${id}`,
      edit: workspaceEdit(text, edits, client),
    }),
  );
}
