/** Code actions that say a finding is right as it is: by a comment beside it, or in the project file. */
import { type Document, editsFor, type Finding, ignoreHere, ignoreInProject } from '#engine';
import {
  type CodeAction,
  CodeActionKind,
  CreateFile,
  type Diagnostic,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Client } from '../client.ts';
import { plainEditOf } from '../convert.ts';
import type { Located } from '../project-files.ts';

/** The project file of a document, and its version where it is open. */
export interface OpenProject extends Located {
  readonly version?: number;
}

/** A project file with the version of its document, where it is open. */
export const withVersion = (project: Located, open: TextDocument | undefined): OpenProject => ({
  ...project,
  ...(open && { version: open.version }),
});

/** The ways to ignore a finding that there are here. */
export function ignoreActions(
  finding: Finding,
  diagnostic: Diagnostic,
  document: Document,
  project: OpenProject | undefined,
  client: Client,
  edit: (edits: ReturnType<typeof editsFor> & object) => WorkspaceEdit,
): readonly CodeAction[] {
  const here = ignoreHere(finding, document);
  const edits = here && editsFor(here, finding.region, document, String);
  const inProject = project && projectEdit(finding, document, project, client);
  return [
    ...(here && edits ? [action(here.title, diagnostic, edit(edits))] : []),
    ...(inProject ? [action(`Ignore ${finding.rule} in .trustpolicy.json`, diagnostic, inProject)] : []),
  ];
}

const action = (title: string, diagnostic: Diagnostic, edit: WorkspaceEdit): CodeAction => ({
  title,
  kind: CodeActionKind.QuickFix,
  diagnostics: [diagnostic],
  edit,
});

function projectEdit(
  finding: Finding,
  document: Document,
  project: OpenProject,
  client: Client,
): WorkspaceEdit | undefined {
  const { uri, text, version = null } = project;
  if (text === undefined && !client.makesFiles) return undefined;
  const edits = ignoreInProject(finding, document, project);
  if (edits === undefined) return undefined;
  const before = TextDocument.create(uri, 'json', 0, text ?? '');
  const plain = edits.map((each) => plainEditOf(before, each));
  if (!client.versionedEdits) return { changes: { [uri]: plain } };
  const change = { textDocument: { uri, version }, edits: plain };
  return {
    documentChanges:
      text === undefined ? [CreateFile.create(uri, { ignoreIfExists: true }), change] : [change],
  };
}
