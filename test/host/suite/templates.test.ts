/** Templates: the list with its preview, where they are put, and the tab stops that follow. */
import { assert } from 'chai';
import * as vscode from 'vscode';
import { after, closeAll, eventually, extension, finding, openFile, openUntitled } from './gestures.ts';

const accept = (): Thenable<unknown> =>
  vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
const insert = (name?: string): Thenable<unknown> =>
  vscode.commands.executeCommand('trustPolicy.insertTemplate', name);

const statementsIn = (text: string): readonly unknown[] =>
  [(JSON.parse(text) as { readonly Statement: unknown }).Statement].flat();

/** The text that is selected, which a tab stop is while it waits for an answer. */
const selected = ({ document, selection }: vscode.TextEditor): string => document.getText(selection);

const previewTab = (): vscode.Tab | undefined =>
  vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .find(
      ({ input }) => input instanceof vscode.TabInputText && input.uri.scheme === 'trust-policy-template',
    );

const previewText = (): string | undefined => {
  const input = previewTab()?.input;
  const uri = input instanceof vscode.TabInputText ? input.uri.toString() : '';
  return vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri)?.getText();
};

/** What the manifest says of walkthroughs. */
interface Manifest {
  readonly contributes: {
    readonly walkthroughs: readonly {
      readonly steps: readonly {
        readonly description: string;
        readonly media: { readonly markdown: string };
      }[];
    }[];
  };
}

describe('templates', () => {
  before(() => extension().exports.ready);
  afterEach(closeAll);

  it('are put into the policy at the cursor, and their tab stops are walked through', async () => {
    const editor = await openFile('good-role.json');
    const before = statementsIn(editor.document.getText()).length;
    const inside = after(editor.document, '"Effect"');
    editor.selection = new vscode.Selection(inside, inside);
    await insert('github-branch');
    assert.lengthOf(statementsIn(editor.document.getText()), before + 1);
    await eventually('the first tab stop', () => selected(editor) === '111122223333');
    await vscode.commands.executeCommand('jumpToNextSnippetPlaceholder');
    await eventually('the second tab stop', () => selected(editor) === 'octo-org');
    await vscode.commands.executeCommand('type', { text: 'my-org' });
    assert.include(editor.document.getText(), '"repo:my-org/octo-repo:ref:refs/heads/main"');
  });

  it('fill an empty document', async () => {
    const editor = await openUntitled('');
    await insert('lambda');
    assert.lengthOf(statementsIn(editor.document.getText()), 1);
    assert.include(editor.document.getText(), 'lambda.amazonaws.com');
  });

  it('become the policy of a role in YAML, where one account is typed once', async () => {
    const role = 'Resources:\n  Role:\n    Type: AWS::IAM::Role\n    Properties:\n      Path: /\n';
    const editor = await openUntitled(role, 'yaml');
    const inside = after(editor.document, 'Path: /');
    editor.selection = new vscode.Selection(inside, inside);
    await insert('step-functions');
    assert.include(editor.document.getText(), '      AssumeRolePolicyDocument:\n        Version:');
    await eventually('the first tab stop', () => selected(editor) === '111122223333');
    await vscode.commands.executeCommand('type', { text: '222233334444' });
    assert.lengthOf(editor.document.getText().match(/222233334444/g) ?? [], 2);
  });

  it('are shown beside the editor before one is chosen', async () => {
    const editor = await openFile('good-role.json');
    const before = editor.document.getText();
    const done = insert();
    const preview = await eventually('the preview', () => previewText());
    assert.lengthOf(statementsIn(preview), statementsIn(editor.document.getText()).length + 1);
    assert.equal(editor.document.getText(), before);
    await vscode.commands.executeCommand('workbench.action.quickOpenSelectNext');
    await eventually('the preview of the next template', () => previewText() !== preview);
    await accept();
    await done;
    assert.isUndefined(previewTab());
    assert.notEqual(editor.document.getText(), before);
  });

  it('change nothing when the list is left', async () => {
    const editor = await openFile('good-role.json');
    const before = editor.document.getText();
    const done = insert();
    await eventually('the preview', previewTab);
    await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
    await done;
    assert.isUndefined(previewTab());
    assert.equal(editor.document.getText(), before);
  });

  it('begin a new document of a kind', async () => {
    const done = vscode.commands.executeCommand(
      'trustPolicy.newFromTemplate',
      undefined,
      'cloudformation-yaml',
    );
    await eventually('the preview', () => previewText()?.includes('AWS::IAM::Role'));
    await accept();
    await done;
    const editor = await eventually('the document', () => vscode.window.activeTextEditor);
    assert.isTrue(editor.document.isUntitled);
    assert.equal(editor.document.languageId, 'yaml');
    assert.include(editor.document.getText(), 'AssumeRolePolicyDocument:');
    assert.equal(selected(editor), '111122223333');
  });

  it('are what the walkthrough leads through, with commands and media that are there', async () => {
    const { walkthroughs } = (extension().packageJSON as Manifest).contributes;
    const steps = walkthroughs.flatMap((walkthrough) => walkthrough.steps);
    const links = steps.flatMap(({ description }) => description.match(/(?<=\(command:)[^)]*/g) ?? []);
    assert.lengthOf(links, steps.length);
    const known = await vscode.commands.getCommands(true);
    for (const link of links) assert.include(known, link.split('?')[0] ?? '');
    for (const { media } of steps) {
      const file = vscode.Uri.joinPath(extension().extensionUri, media.markdown);
      assert.isNotEmpty(await vscode.workspace.fs.readFile(file));
    }
    const [command = '', query = ''] = links.at(-1)?.split('?') ?? [];
    await vscode.commands.executeCommand(command, ...(JSON.parse(decodeURIComponent(query)) as unknown[]));
    assert.include(
      vscode.window.activeTextEditor?.document.getText(),
      'data "aws_iam_policy_document" "github_branch"',
    );
  });

  it('have fixes, which Show Fixes finds', async () => {
    const editor = await openUntitled('');
    await insert('github-branch');
    await finding(editor.document.uri, 'oidc-mutable-claim');
    await vscode.commands.executeCommand('trustPolicy.showFixes');
    const { range } = await finding(editor.document.uri, 'github-sub-immutable-gap');
    assert.equal(editor.selection.active.line, range.start.line);
  });

  it('ask for the kind of document first', async () => {
    const done = vscode.commands.executeCommand('trustPolicy.newFromTemplate', 'ec2');
    await eventually('the document', async () => {
      await accept();
      return vscode.window.activeTextEditor?.document.isUntitled;
    });
    await done;
    const document = vscode.window.activeTextEditor?.document;
    assert.equal(document?.languageId, 'json');
    assert.property(JSON.parse(document?.getText() ?? ''), 'Statement');
  });
});
