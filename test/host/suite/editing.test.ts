/** Help while writing: completion, hover, quick fixes and snippets. */
import { assert } from 'chai';
import * as vscode from 'vscode';
import {
  after,
  applyFirstFix,
  closeAll,
  completionsAt,
  eventually,
  noFinding,
  openFile,
  openUntitled,
} from './gestures.ts';

describe('editing', () => {
  afterEach(closeAll);

  it('completes service principals', async () => {
    const { document } = await openUntitled('{ "Statement": [{ "Principal": { "Service": "" } }] }');
    const position = after(document, '"Service": "');
    const labels = await eventually('completions', async () => {
      const found = await completionsAt(document.uri, position);
      return found.length > 0 && found;
    });
    assert.include(labels, 'lambda.amazonaws.com');
  });

  it('completes the elements that are missing, in broken text', async () => {
    const { document } = await openUntitled(
      '{ "Statement": [{ "Effect": "Allow", "Action": "sts:AssumeRole", "" }] }',
    );
    const labels = await completionsAt(document.uri, after(document, '"sts:AssumeRole", "'));
    assert.includeMembers(labels, ['Principal', 'Condition']);
    assert.notInclude(labels, 'Effect');
    assert.notInclude(labels, 'Resource');
  });

  it('explains an action under the mouse', async () => {
    const { document } = await openFile('github-role.json');
    const position = after(document, 'sts:Assume');
    const command = 'vscode.executeHoverProvider';
    const hovers = await eventually('a hover', async () => {
      const found = await vscode.commands.executeCommand<vscode.Hover[]>(command, document.uri, position);
      return found.length > 0 && found;
    });
    const parts = hovers.flatMap(({ contents }) => contents);
    const texts = parts.filter((part) => part instanceof vscode.MarkdownString).map(({ value }) => value);
    assert.include(texts.join('\n'), 'AssumeRoleWithWebIdentity');
  });

  it('corrects a misspelled service principal', async () => {
    const { document } = await openFile('lambda-role.json');
    const rule = 'unknown-service-principal';
    await applyFirstFix(document.uri, rule);
    assert.include(document.getText(), '"lambda.amazonaws.com"');
    await noFinding(document.uri, rule);
  });

  it('adds a condition to the conditions that are there', async () => {
    const { document } = await openFile('github-role.json');
    const rule = 'github-sub-missing';
    await applyFirstFix(document.uri, rule);
    assert.include(document.getText(), '"token.actions.githubusercontent.com:aud": "sts.amazonaws.com"');
    assert.include(document.getText(), '"token.actions.githubusercontent.com:sub"');
    await noFinding(document.uri, rule);
  });

  it('offers whole policies as snippets', async () => {
    const { document } = await openUntitled('');
    const labels = await eventually('snippets', async () => {
      const found = await completionsAt(document.uri, new vscode.Position(0, 0));
      return found.length > 0 && found;
    });
    assert.isNotEmpty(labels.filter((label) => label.startsWith('trust-')));
  });
});
