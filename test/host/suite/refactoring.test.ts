/** Actions that need no finding: named insertions, and other forms of a policy. */
import { assert } from 'chai';
import * as vscode from 'vscode';
import { after, closeAll, eventually, openUntitled } from './gestures.ts';

const policy =
  '{ "Version": "2012-10-17", "Statement": [{ "Effect": "Allow", "Principal": { "AWS": "111122223333" }, "Action": "sts:AssumeRole" }] }';

/** The text after the one action of a kind at the place behind some text. */
async function act(content: string, behind: string, kind: string): Promise<string> {
  const editor = await openUntitled(content);
  const { document } = editor;
  const position = after(document, behind);
  editor.selection = new vscode.Selection(position, position);
  const action = await eventually(kind, async () => {
    const command = 'vscode.executeCodeActionProvider';
    const range = new vscode.Range(position, position);
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      command,
      document.uri,
      range,
      kind,
    );
    return actions.find((each) => each.kind?.value === kind);
  });
  assert.isDefined(action.edit);
  await vscode.commands.executeCommand('editor.action.codeAction', { kind, apply: 'first' });
  return eventually('the edit', () => document.getText() !== content && document.getText());
}

describe('refactoring', () => {
  afterEach(closeAll);

  it('requires MFA where no rule asks for it', async () => {
    const text = await act(policy, '"sts:Assume', 'refactor.rewrite.trustPolicy.insert.require-mfa');
    assert.include(text, '"Bool": { "aws:MultiFactorAuthPresent": "true" }');
    assert.include(text, '"Principal": { "AWS": "111122223333" }');
  });

  it('writes the ARN of an account root in place of its id', async () => {
    const text = await act(policy, '"11112222', 'refactor.rewrite.trustPolicy.form.account-form');
    assert.equal(text, policy.replace('111122223333', 'arn:aws:iam::111122223333:root'));
  });
});
