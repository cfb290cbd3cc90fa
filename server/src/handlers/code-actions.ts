/** Code actions: the fixes of the findings in a range, and all safe fixes of a document. */
import {
  type Document,
  editsFor,
  type Finding,
  type Fix,
  safeEdits,
  type Settings,
  type Span,
  type TextEdit,
} from '#engine';
import {
  type CodeAction,
  CodeActionKind,
  type CodeActionParams,
  type Diagnostic,
} from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Client } from '../client.ts';
import { diagnosticOf, spanOf } from '../convert.ts';
import { newRandom } from '../random.ts';
import { workspaceEdit } from '../workspace-edit.ts';
import { refactorings } from './refactorings.ts';

/** The kind under which editors apply all safe fixes, also on save. */
export const fixAllKind = `${CodeActionKind.SourceFixAll}.trustPolicy`;

/** The actions at a range, from the findings that its diagnostics were made of. */
export function codeActions(
  { range, context }: CodeActionParams,
  text: TextDocument,
  document: Document,
  findings: readonly Finding[],
  settings: Settings,
  client: Client,
): readonly CodeAction[] {
  const wanted = (kind: string): boolean =>
    context.only?.some((only) => kind === only || kind.startsWith(`${only}.`)) ?? true;
  const here = wanted(CodeActionKind.QuickFix)
    ? findings.filter(({ span }) => meets(span, spanOf(text, range)))
    : [];
  return [
    ...here.flatMap((finding) => actionsFor(finding, text, document, client)),
    ...(context.only && wanted(fixAllKind) ? fixAll(text, document, findings, client) : []),
    ...refactorings(text, document, spanOf(text, range).start, settings, client, wanted),
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
    edit: workspaceEdit(text, edits, client),
    ...(fix.safe && { isPreferred: true }),
  };
}

function explanation(diagnostic: Diagnostic): CodeAction {
  const title = `Explain ${String(diagnostic.code)}`;
  return {
    title,
    kind: CodeActionKind.QuickFix,
    diagnostics: [diagnostic],
    command: { title, command: 'trustPolicy.explainRule', arguments: [diagnostic.code] },
  };
}

function fixAll(
  text: TextDocument,
  document: Document,
  findings: readonly Finding[],
  client: Client,
): readonly CodeAction[] {
  const { edits } = safeEdits(findings, document, newRandom);
  if (edits.length === 0) return [];
  const title = 'Apply all safe fixes of trust policies';
  return [{ title, kind: fixAllKind, edit: workspaceEdit(text, edits, client) }];
}
