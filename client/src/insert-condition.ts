/**
 * The command Insert Condition: the named insertions that make sense at the cursor, as a list to choose from. These are
 * code actions of the server; VS Code itself carries out the one that is chosen, with its tab stops.
 */
import { type CodeAction, commands, type QuickPickItem, type TextEditor, window } from 'vscode';

interface Choice extends QuickPickItem {
  readonly action: string;
}

const insertKind = 'refactor.rewrite.trustPolicy.insert';

/** Asks what to insert at the cursor, and inserts it. */
export async function insertCondition(): Promise<void> {
  const editor = window.activeTextEditor;
  const choices = editor ? await choicesIn(editor) : [];
  if (choices.length === 0) {
    await window.showInformationMessage(
      'There is nothing to insert here. Put the cursor into a statement of a trust policy that allows something.',
    );
    return;
  }
  const pick = await window.showQuickPick(choices, { placeHolder: 'What is to be required?' });
  if (pick) await commands.executeCommand('editor.action.codeAction', { kind: pick.action, apply: 'first' });
}

async function choicesIn({ document, selection }: TextEditor): Promise<Choice[]> {
  const command = 'vscode.executeCodeActionProvider';
  const actions = await commands.executeCommand<CodeAction[]>(command, document.uri, selection, insertKind);
  return actions.flatMap(({ title, kind: own, disabled }) =>
    own && !disabled ? [{ label: title, action: own.value }] : [],
  );
}
