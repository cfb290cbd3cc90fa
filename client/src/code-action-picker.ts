/**
 * The commands Insert Condition and Refactor: what makes sense at the cursor, as a list to choose from. These are code
 * actions of the server; VS Code itself carries out the one that is chosen, with its tab stops.
 */
import { type CodeAction, commands, type QuickPickItem, type TextEditor, window } from 'vscode';

interface Choice extends QuickPickItem {
  readonly action: string;
}

/** Asks what to insert at the cursor, and inserts it. */
export const insertCondition = (): Promise<void> =>
  chooseAction('insert', 'What is to be required?', 'Put the cursor into a statement that allows something.');

/** Shows the actions of a family at the cursor, and carries out the one that is chosen. */
async function chooseAction(family: string, placeHolder: string, hint: string): Promise<void> {
  const editor = window.activeTextEditor;
  const choices = editor ? await choicesIn(editor, `refactor.rewrite.trustPolicy.${family}`) : [];
  if (choices.length === 0) {
    await window.showInformationMessage(`There is nothing of that kind to do here. ${hint}`);
    return;
  }
  const pick = await window.showQuickPick(choices, { placeHolder });
  if (pick) await commands.executeCommand('editor.action.codeAction', { kind: pick.action, apply: 'first' });
}

async function choicesIn({ document, selection }: TextEditor, kind: string): Promise<Choice[]> {
  const command = 'vscode.executeCodeActionProvider';
  const actions = await commands.executeCommand<CodeAction[]>(command, document.uri, selection, kind);
  return actions.flatMap(({ title, kind: own, disabled }) =>
    own && !disabled ? [{ label: title, action: own.value }] : [],
  );
}
