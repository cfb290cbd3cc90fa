/** Code actions: the fixes of the findings in a range, ways to ignore them, and all safe fixes of a document. */
import {
  type Document,
  editsFor,
  type Finding,
  fixAll,
  type Fix,
  refusalOf,
  type Settings,
  type Span,
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
import { ignoreActions, type OpenProject } from './ignore-actions.ts';
import { refactorings } from './refactorings.ts';
import { openPageCommand } from './rule-page.ts';

/** The kind under which editors apply all safe fixes, also on save. */
export const fixAllKind = `${CodeActionKind.SourceFixAll}.trustPolicy`;

/** What actions are made of: the findings are those that the diagnostics were made of. */
export interface Subject {
  readonly text: TextDocument;
  readonly document: Document;
  readonly findings: readonly Finding[];
  readonly settings: Settings;
  readonly project: OpenProject | undefined;
}

/** The actions at a range. */
export function codeActions(
  { range, context }: CodeActionParams,
  subject: Subject,
  client: Client,
): readonly CodeAction[] {
  const wanted = (kind: string): boolean =>
    context.only?.some((only) => kind === only || kind.startsWith(`${only}.`)) ?? true;
  const place = spanOf(subject.text, range);
  const here = wanted(CodeActionKind.QuickFix)
    ? subject.findings.filter(({ span }) => meets(span, place))
    : [];
  const fixes = here.flatMap((finding) => actionsFor(finding, subject, client));
  const fixable = new Set(fixes.filter(({ disabled }) => disabled === undefined).map(({ title }) => title));
  const others = refactorings(subject.text, subject.document, place.start, subject.settings, client, wanted);
  return [
    ...fixes,
    ...(context.only && wanted(fixAllKind) ? safeFixes(subject, client) : []),
    // What mends a finding need not be offered a second time.
    ...others.filter(({ title }) => !fixable.has(title)),
  ];
}

const meets = (a: Span, b: Span): boolean => a.start <= b.end && b.start <= a.end;

function actionsFor(finding: Finding, subject: Subject, client: Client): readonly CodeAction[] {
  const { text, document, project } = subject;
  const diagnostic = diagnosticOf(text, finding);
  const fixes = finding.fixes.flatMap((fix) => actionFor(fix, finding, diagnostic, subject, client) ?? []);
  const ignoring = ignoreActions(finding, diagnostic, document, project, client, (edits) =>
    workspaceEdit(text, edits, client),
  );
  return [...fixes, ...ignoring, ...explanations(diagnostic, client)];
}

/** A fix, or why it cannot be made here. */
function actionFor(
  fix: Fix,
  { region }: Finding,
  diagnostic: Diagnostic,
  { text, document }: Subject,
  client: Client,
): CodeAction | undefined {
  const edits = editsFor(fix, region, document, newRandom);
  const action = { title: fix.title, kind: CodeActionKind.QuickFix, diagnostics: [diagnostic] };
  if (edits)
    return { ...action, edit: workspaceEdit(text, edits, client), ...(fix.safe && { isPreferred: true }) };
  return client.showsRefusals
    ? { ...action, disabled: { reason: refusalOf(fix, region, document) } }
    : undefined;
}

/** The page of a rule: shown by the client, or opened by the server in a browser. */
function explanations(diagnostic: Diagnostic, client: Client): readonly CodeAction[] {
  if (client.knows('trustPolicy.explainRule')) return [pageAction(diagnostic, 'trustPolicy.explainRule')];
  return client.showsDocuments ? [pageAction(diagnostic, openPageCommand)] : [];
}

function pageAction(diagnostic: Diagnostic, command: string): CodeAction {
  const title = `Explain ${String(diagnostic.code)}`;
  return {
    title,
    kind: CodeActionKind.QuickFix,
    diagnostics: [diagnostic],
    command: { title, command, arguments: [diagnostic.code] },
  };
}

function safeFixes({ text, settings }: Subject, client: Client): readonly CodeAction[] {
  const source = { uri: text.uri, languageId: text.languageId, text: text.getText() };
  const { edits } = fixAll(source, settings, newRandom);
  if (edits.length === 0) return [];
  const title = 'Apply all safe fixes of trust policies';
  return [{ title, kind: fixAllKind, edit: workspaceEdit(text, edits, client) }];
}
