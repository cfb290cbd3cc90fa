/** Policies where people keep them: a SAM template, a CloudFormation template in JSON, Terraform, the output of a command. */
import { assert } from 'chai';
import * as vscode from 'vscode';
import {
  after,
  applyFirstFix,
  closeAll,
  completionsAt,
  eventually,
  extension,
  finding,
  noFinding,
  openFile,
} from './gestures.ts';

const rule = 'unknown-service-principal';
const files = ['sam-template.yaml', 'cloudformation-template.json', 'role.tf'];

for (const name of files) {
  describe(name, () => {
    afterEach(closeAll);

    it('shows what is wrong at its place', async () => {
      const { document } = await openFile(name);
      const { range } = await finding(document.uri, rule);
      assert.include(document.getText(range), 'lamda.amazonaws.com');
    });

    it('completes inside the policy', async () => {
      const { document } = await openFile(name);
      const position = after(document, 'lamda');
      const labels = await eventually('completions', async () => {
        const found = await completionsAt(document.uri, position);
        return found.includes('lambda.amazonaws.com') && found;
      });
      assert.include(labels, 'ec2.amazonaws.com');
    });

    it('explains on hover', async () => {
      const { document } = await openFile(name);
      const position = after(document, 'sts:Assume');
      const hovers = await eventually('a hover', async () => {
        const found = await vscode.commands.executeCommand<vscode.Hover[]>(
          'vscode.executeHoverProvider',
          document.uri,
          position,
        );
        return found.length > 0 && found;
      });
      const parts = hovers.flatMap(({ contents }) => contents);
      const texts = parts.filter((part) => part instanceof vscode.MarkdownString).map(({ value }) => value);
      assert.include(texts.join('\n'), 'sts:AssumeRole');
    });

    it('is mended by the light bulb, and nothing else changes', async () => {
      const { document } = await openFile(name);
      const before = document.getText();
      await applyFirstFix(document.uri, rule);
      assert.equal(document.getText(), before.replace('lamda', 'lambda'));
      await noFinding(document.uri, rule);
    });
  });
}

const ownFiles = ['*.trust-tests.yaml', '*.trust-tests.yml'];

describe('languages of other extensions', () => {
  afterEach(closeAll);

  it('are not claimed, formatted or reconfigured', async () => {
    const { document } = await openFile('role.tf');
    assert.equal(document.languageId, 'plaintext');
    const manifest: unknown = extension().packageJSON;
    for (const point of ['languages', 'grammars', 'configurationDefaults'])
      assert.notNestedProperty(manifest, `contributes.${point}`);
    // Only files of our own kind have a schema of ours.
    assert.deepNestedPropertyVal(manifest, 'contributes.yamlValidation[0].fileMatch', ownFiles);
    assert.nestedPropertyVal(manifest, 'contributes.yamlValidation.length', 1);
    for (const name of ['role.tf', 'sam-template.yaml']) {
      const { uri } = (await openFile(name)).document;
      const options = { tabSize: 2, insertSpaces: true };
      const edits = await vscode.commands.executeCommand<vscode.TextEdit[] | undefined>(
        'vscode.executeFormatDocumentProvider',
        uri,
        options,
      );
      assert.isEmpty(edits ?? []);
    }
  });
});

describe('what a command has printed', () => {
  afterEach(closeAll);

  it('opens as JSON', async () => {
    const { document } = await openFile('get-role.json');
    await vscode.commands.executeCommand('trustPolicy.decode', document.uri.toString(), 0);
    const opened = await eventually('the decoded policy', () => {
      const active = vscode.window.activeTextEditor?.document;
      return active?.isUntitled === true && active;
    });
    const policy: unknown = JSON.parse(opened.getText());
    assert.nestedProperty(policy, 'Statement[0].Principal.Service');
  });
});
