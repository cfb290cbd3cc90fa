/** What the tests do again and again: open documents, wait for findings, ask for completions and fixes. */
import * as vscode from 'vscode';

/** The identifier of the extension under test. */
export const extensionId = 'iam-trust-policy.iam-trust-policy';

/** The extension under test. */
export function extension(): vscode.Extension<{ readonly ready: Promise<void> }> {
  const found = vscode.extensions.getExtension<{ readonly ready: Promise<void> }>(extensionId);
  if (!found) throw new Error(`${extensionId} is not there.`);
  return found;
}

/** Shows a file of the workspace in the editor. */
export async function openFile(name: string): Promise<vscode.TextEditor> {
  const folder = vscode.workspace.workspaceFolders?.[0];
  if (!folder) throw new Error('No folder is open.');
  return vscode.window.showTextDocument(vscode.Uri.joinPath(folder.uri, name));
}

/** Shows a new document that has not been saved. */
export async function openUntitled(content: string, language = 'json'): Promise<vscode.TextEditor> {
  const document = await vscode.workspace.openTextDocument({ language, content });
  return vscode.window.showTextDocument(document);
}

/** The findings of the extension; VS Code's own JSON support reports into the same documents. */
export function findingsIn(uri: vscode.Uri): vscode.Diagnostic[] {
  return vscode.languages.getDiagnostics(uri).filter(({ source }) => source === 'trust-policy');
}

/** The id of the rule that a finding comes from. */
export function ruleOf({ code }: vscode.Diagnostic): string {
  return String(typeof code === 'object' ? code.value : code);
}

/** Waits for a finding of a rule. */
export async function finding(uri: vscode.Uri, rule: string): Promise<vscode.Diagnostic> {
  return eventually(`a finding of ${rule}`, () =>
    findingsIn(uri).find((diagnostic) => ruleOf(diagnostic) === rule),
  );
}

/** Waits until a document has no finding of a rule. */
export async function noFinding(uri: vscode.Uri, rule: string): Promise<void> {
  await eventually(`no finding of ${rule}`, () =>
    findingsIn(uri).every((diagnostic) => ruleOf(diagnostic) !== rule),
  );
}

/** Waits until a question has an answer other than undefined or false. */
export async function eventually<Answer>(
  what: string,
  ask: () => Answer | undefined | false | PromiseLike<Answer | undefined | false>,
): Promise<Answer> {
  const end = Date.now() + 15_000;
  while (Date.now() < end) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) return answer;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`Waited in vain for ${what}.`);
}

/** The place right behind a text. */
export function after(document: vscode.TextDocument, text: string): vscode.Position {
  const offset = document.getText().indexOf(text);
  if (offset < 0) throw new Error(`The document does not contain ${text}.`);
  return document.positionAt(offset + text.length);
}

/** The labels that the suggest list would show, but for the words of the document, which VS Code adds. */
export async function completionsAt(uri: vscode.Uri, position: vscode.Position): Promise<string[]> {
  const command = 'vscode.executeCompletionItemProvider';
  const list = await vscode.commands.executeCommand<vscode.CompletionList>(command, uri, position);
  const offered = list.items.filter(({ kind }) => kind !== vscode.CompletionItemKind.Text);
  return offered.map(({ label }) => (typeof label === 'string' ? label : label.label));
}

/** Applies the first of the quick fixes that the light bulb offers where a rule has found something. */
export async function applyFirstFix(uri: vscode.Uri, rule: string): Promise<void> {
  const { range } = await finding(uri, rule);
  const kind = vscode.CodeActionKind.QuickFix.value;
  const command = 'vscode.executeCodeActionProvider';
  const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(command, uri, range, kind);
  const edit = actions[0]?.edit;
  if (!edit) throw new Error(`There is no fix for ${rule}.`);
  await vscode.workspace.applyEdit(edit);
}

/** Closes all editors, and discards what has not been saved. */
export async function closeAll(): Promise<void> {
  while (vscode.window.tabGroups.activeTabGroup.activeTab) {
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  }
}
