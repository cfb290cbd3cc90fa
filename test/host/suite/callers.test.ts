/** Who can assume the role: the lens above a policy, the page behind it, and what can be copied. */
import { assert } from 'chai';
import * as vscode from 'vscode';
import { after, closeAll, eventually, openFile, openUntitled } from './gestures.ts';

const lensesOf = async (uri: vscode.Uri): Promise<readonly vscode.CodeLens[]> =>
  eventually('lenses', async () => {
    const command = 'vscode.executeCodeLensProvider';
    const found = await vscode.commands.executeCommand<vscode.CodeLens[]>(command, uri, 10);
    const own = found.filter(({ command }) =>
      /^trustPolicy\.(?!showTests|addTests)/.test(command?.command ?? ''),
    );
    return own.length > 0 && own;
  });

/** The page that shows the explanation, as Markdown. */
const page = (): vscode.TextDocument | undefined =>
  vscode.workspace.textDocuments.find(({ uri }) => uri.scheme === 'trust-policy-callers');

describe('who can assume the role', () => {
  afterEach(closeAll);

  it('stands above the policy', async () => {
    const { document } = await openFile('github-role.json');
    const titles = (await lensesOf(document.uri)).map(({ command }) => command?.title);
    assert.deepEqual(titles, ['Who can assume: all of GitHub', 'Simulate…', 'Copy…']);
  });

  it('is shown on a page that follows the text', async () => {
    const { document } = await openUntitled(
      '{ "Version": "2012-10-17", "Statement": [{ "Effect": "Allow", "Principal": { "Service": "ec2.amazonaws.com" }, "Action": "sts:AssumeRole" }] }',
    );
    await lensesOf(document.uri);
    await vscode.commands.executeCommand('trustPolicy.showCallers');
    const text = await eventually('the page', () => page()?.getText());
    assert.include(text, 'Amazon EC2 (`ec2.amazonaws.com`)');
    const edit = new vscode.WorkspaceEdit();
    const end = after(document, 'ec2');
    edit.replace(document.uri, new vscode.Range(end.translate(0, -3), end), 'lambda');
    await vscode.workspace.applyEdit(edit);
    await eventually('the new page', () => page()?.getText().includes('AWS Lambda'));
  });

  it('can be copied', async () => {
    const { document } = await openFile('github-role.json');
    const [, , copy] = await lensesOf(document.uri);
    const [uri, region] = (copy?.command?.arguments ?? []) as unknown[];
    const done = vscode.commands.executeCommand('trustPolicy.copyPolicy', uri, region);
    await vscode.env.clipboard.writeText('');
    await eventually('the copy', async () => {
      await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      return (await vscode.env.clipboard.readText()) !== '';
    });
    await done;
    assert.include(await vscode.env.clipboard.readText(), 'Who can assume');
  });
});
