/** Code actions that need no finding: named insertions at a statement, and other forms of the same policy. */
import { type Document, insertionsAt, type Refactored, refactoringsAt, type Settings } from '#engine';
import { type CodeAction, CodeActionKind, type WorkspaceEdit } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Client } from '../client.ts';
import { newRandom } from '../random.ts';
import { workspaceEdit } from '../workspace-edit.ts';

/** The kinds of the actions; behind the last part comes what each is called. */
const insertKind = `${CodeActionKind.RefactorRewrite}.trustPolicy.insert`;

const formKinds: Readonly<Record<Refactored['kind'], string>> = {
  rewrite: `${CodeActionKind.RefactorRewrite}.trustPolicy.form`,
  extract: `${CodeActionKind.RefactorExtract}.trustPolicy`,
};

export const refactoringKinds: readonly string[] = [insertKind, ...Object.values(formKinds)];

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
  const inserted = insertionsAt(document, offset, settings, newRandom, (id) =>
    wanted(`${insertKind}.${id}`),
  ).map(({ id, title, edits }) => ({
    title,
    kind: `${insertKind}.${id}`,
    edit: workspaceEdit(text, edits, client),
  }));
  const formed = refactoringsAt(document, offset, (kind, id) => wanted(`${formKinds[kind]}.${id}`));
  return [...inserted, ...formed.flatMap((refactored) => formAction(refactored, text, client))];
}

/** An action, or none where the client cannot be told why it is refused, or makes no files. */
function formAction(
  { id, kind, title, outcome }: Refactored,
  text: TextDocument,
  client: Client,
): readonly CodeAction[] {
  const action = { title, kind: `${formKinds[kind]}.${id}` };
  if ('refused' in outcome)
    return client.showsRefusals ? [{ ...action, disabled: { reason: outcome.refused } }] : [];
  const edit = workspaceEdit(text, outcome.edits, client);
  if (outcome.file === undefined) return [{ ...action, edit }];
  const { uri, text: content } = { uri: besides(text.uri, outcome.file.name), text: outcome.file.text };
  return client.makesFiles ? [{ ...action, edit: withFile(edit, uri, content) }] : [];
}

/** The address of a file in the folder of a document. */
const besides = (uri: string, name: string): string =>
  uri.slice(0, uri.lastIndexOf('/') + 1) + encodeURIComponent(name);

/** The file comes first: where there is one of that name, nothing is done at all. */
function withFile({ documentChanges = [] }: WorkspaceEdit, uri: string, text: string): WorkspaceEdit {
  const start = { line: 0, character: 0 };
  return {
    documentChanges: [
      { kind: 'create', uri, options: { overwrite: false, ignoreIfExists: false } },
      {
        textDocument: { uri, version: null },
        edits: [{ range: { start, end: start }, newText: text }],
      },
      ...documentChanges,
    ],
  };
}
