/** Trust tests in the editor: they run by themselves, their problems are shown, and their keys are completed. */
import { assert } from 'chai';
import * as vscode from 'vscode';
import { after, closeAll, completionsAt, eventually, openFile } from './gestures.ts';

interface Results {
  readonly suites: readonly {
    readonly cases: readonly { readonly name: string; readonly passed: boolean }[];
  }[];
}

describe('trust tests', () => {
  afterEach(closeAll);

  it('are run by the server', async () => {
    const { document } = await openFile('github.trust-tests.yaml');
    const policy = await vscode.workspace.openTextDocument(
      vscode.Uri.joinPath(document.uri, '..', 'github-role.json'),
    );
    const run = (policies?: object): Thenable<unknown> =>
      vscode.commands.executeCommand('trustPolicy.runTests', document.getText(), policies);
    assert.deepEqual(await run(), { paths: ['github-role.json'] });
    const results = (await run({
      'github-role.json': { text: policy.getText(), languageId: 'json' },
    })) as Results;
    assert.deepEqual(
      results.suites.flatMap(({ cases }) => cases.map(({ name, passed }) => [name, passed])),
      [
        ['main', true],
        ['ec2.amazonaws.com', true],
      ],
    );
  });

  it('show what is not understood while one types', async () => {
    const { document } = await openFile('github.trust-tests.yaml');
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, new vscode.Position(0, 0), 'nonsense: 1\n');
    await vscode.workspace.applyEdit(edit);
    const problem = await eventually('a problem', () =>
      vscode.languages
        .getDiagnostics(document.uri)
        .find(({ message }) => message.includes('There is no "nonsense" here')),
    );
    assert.equal(problem.range.start.line, 0);
  });

  it('are counted above the policy, and added where there are none', async () => {
    const { document } = await openFile('github-role.json');
    const lens = (uri: vscode.Uri, part: string): Promise<vscode.CodeLens> =>
      eventually(`the lens "${part}"`, async () => {
        const command = 'vscode.executeCodeLensProvider';
        const found = await vscode.commands.executeCommand<vscode.CodeLens[]>(command, uri, 20);
        return found.find((each) => each.command?.title.includes(part));
      });
    const run = async ({ command }: vscode.CodeLens): Promise<void> => {
      const given = (command?.arguments ?? []) as unknown[];
      await vscode.commands.executeCommand(command?.command ?? '', ...given);
    };
    await run(await lens(document.uri, '2 trust tests passed'));
    const shown = (): string | undefined =>
      vscode.window.activeTextEditor?.document.uri.path.split('/').at(-1);
    await eventually('the tests', () => shown() === 'github.trust-tests.yaml');
    const other = await openFile('good-role.json');
    await run(await lens(other.document.uri, 'Add Trust Tests…'));
    await eventually('the new tests', () => shown() === 'good-role.trust-tests.yaml');
    const text = vscode.window.activeTextEditor?.document.getText() ?? '';
    assert.include(text, 'policy: good-role.json');
    await lens(other.document.uri, 'trust tests passed');
  });

  it('complete their keys', async () => {
    const { document } = await openFile('github.trust-tests.yaml');
    const edit = new vscode.WorkspaceEdit();
    const end = after(document, 'caller: ec2.amazonaws.com');
    edit.insert(document.uri, end, '\n    ');
    await vscode.workspace.applyEdit(edit);
    const labels = await eventually('completions', async () => {
      const found = await completionsAt(document.uri, end.translate(1, -end.character + 4));
      return found.includes('reason') && found;
    });
    assert.notInclude(labels, 'caller');
  });
});
