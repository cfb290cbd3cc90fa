/** Edits of a document as the client takes them. */
import type { TextEdit } from '#engine';
import type { WorkspaceEdit } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Client } from './client.ts';
import { editsOf, plainEditOf } from './convert.ts';

/** Edits of one version of one document, if the client can tell versions apart: one that has moved on refuses them. */
export function workspaceEdit(text: TextDocument, edits: readonly TextEdit[], client: Client): WorkspaceEdit {
  const { uri, version } = text;
  if (!client.versionedEdits) return { changes: { [uri]: edits.map((edit) => plainEditOf(text, edit)) } };
  return {
    documentChanges: [{ textDocument: { uri, version }, edits: editsOf(text, edits, client.snippetEdits) }],
  };
}
