/** Code actions: the fixes of the findings in a range, and all safe fixes of a document. */
import {
  type Document,
  editsFor,
  type Finding,
  type Fix,
  safeEdits,
  type Span,
  type TextEdit,
} from '#engine';
import {
  type CodeAction,
  CodeActionKind,
  type CodeActionParams,
  type Diagnostic,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Client } from '../client.ts';
import { diagnosticOf, editOf, spanOf } from '../convert.ts';

/** The kind under which editors apply all safe fixes, also on save. */
export const fixAllKind = `${CodeActionKind.SourceFixAll}.trustPolicy`;

/** An external id that cannot be guessed. */
const newRandom = (): string => crypto.randomUUID();

/** The actions at a range, from the findings that its diagnostics were made of. */
export function codeActions(
  { range, context }: CodeActionParams,
  text: TextDocument,
  document: Document,
  findings: readonly Finding[],
  client: Client,
): readonly CodeAction[] {
  const wanted = (kind: string): boolean =>
    context.only?.some((only) => kind === only || kind.startsWith(`${only}.`)) ?? true;
  const here = wanted(CodeActionKind.QuickFix)
    ? findings.filter(({ span }) => meets(span, spanOf(text, range)))
    : [];
  return [
    ...here.flatMap((finding) => actionsFor(finding, text, document, client)),
    ...(context.only && wanted(fixAllKind) ? fixAll(text, document, findings) : []),
  ];
}

const meets = (a: Span, b: Span): boolean => a.start <= b.end && b.start <= a.end;

function actionsFor(
  finding: Finding,
  text: TextDocument,
  document: Document,
  client: Client,
): readonly CodeAction[] {
  const diagnostic = diagnosticOf(text, finding);
  const fixes = finding.fixes.flatMap((fix) => {
    const edits = editsFor(fix, finding.region, document, newRandom);
    return edits ? [actionFor(fix, edits, diagnostic, text, client)] : [];
  });
  return client.knows('trustPolicy.explainRule') ? [...fixes, explanation(diagnostic)] : fixes;
}

function actionFor(
  fix: Fix,
  edits: readonly TextEdit[],
  diagnostic: Diagnostic,
  text: TextDocument,
  client: Client,
): CodeAction {
  return {
    title: fix.title,
    kind: CodeActionKind.QuickFix,
    diagnostics: [diagnostic],
    edit: workspaceEdit(text, edits, client.snippetEdits),
    ...(fix.safe && { isPreferred: true }),
  };
}

/** Edits of one version of one document: a client that has moved on refuses them. */
const workspaceEdit = (text: TextDocument, edits: readonly TextEdit[], snippets: boolean): WorkspaceEdit => ({
  documentChanges: [
    {
      textDocument: { uri: text.uri, version: text.version },
      edits: edits.map((edit) => editOf(text, edit, snippets)),
    },
  ],
});

function explanation(diagnostic: Diagnostic): CodeAction {
  const title = `Explain ${String(diagnostic.code)}`;
  return {
    title,
    kind: CodeActionKind.QuickFix,
    diagnostics: [diagnostic],
    command: { title, command: 'trustPolicy.explainRule', arguments: [diagnostic.code] },
  };
}

function fixAll(text: TextDocument, document: Document, findings: readonly Finding[]): readonly CodeAction[] {
  const { edits } = safeEdits(findings, document, newRandom);
  if (edits.length === 0) return [];
  const title = 'Apply all safe fixes of trust policies';
  return [{ title, kind: fixAllKind, edit: workspaceEdit(text, edits, false) }];
}
