/** Findings appear in trust policies, and in nothing else. */
import { assert } from 'chai';
import * as vscode from 'vscode';
import {
  after,
  closeAll,
  finding,
  findingsIn,
  noFinding,
  openFile,
  openUntitled,
  ruleOf,
} from './gestures.ts';

describe('diagnostics', () => {
  afterEach(closeAll);

  it('name the rule, link to its page and mark the exact place', async () => {
    const { document } = await openFile('github-role.json');
    const diagnostic = await finding(document.uri, 'github-sub-missing');
    assert.equal(diagnostic.severity, vscode.DiagnosticSeverity.Error);
    assert.isTrue(diagnostic.range.isSingleLine);
    const { code } = diagnostic;
    if (typeof code !== 'object') throw new Error('The code has no link.');
    assert.equal(code.target.scheme, 'https');
    assert.include(code.target.path, 'github-sub-missing');
  });

  it('come for a policy inside another document', async () => {
    const { document } = await openFile('roles.json');
    const { range } = await finding(document.uri, 'bare-star-principal');
    assert.equal(document.getText(range), '"*"');
  });

  it('follow the typing in a document that was never saved', async () => {
    const editor = await openUntitled('{ "Statement": [{ "Effect": "Allow", "Action": "sts:AssumeRole" }] }');
    const { uri } = editor.document;
    await finding(uri, 'missing-principal');
    const place = after(editor.document, '"Allow",');
    await editor.edit((edit) => {
      edit.insert(place, ' "Principal": { "Service": "lambda.amazonaws.com" },');
    });
    await noFinding(uri, 'missing-principal');
  });

  it('come for JSON with comments', async () => {
    const text = '{ "Statement": [{ "Effect": "Allow", "Action": "sts:AssumeRole" /* by whom? */ }] }';
    const { document } = await openUntitled(text, 'jsonc');
    await finding(document.uri, 'missing-principal');
  });

  it('do not come for a good policy', async () => {
    const { document } = await openFile('good-role.json');
    await waitForServer();
    assert.deepEqual(findingsIn(document.uri).map(ruleOf), []);
  });

  for (const name of ['package.json', 'identity-policy.json', 'bucket-policy.json']) {
    it(`do not come for ${name}`, async () => {
      const { document } = await openFile(name);
      await waitForServer();
      assert.deepEqual(findingsIn(document.uri).map(ruleOf), []);
    });
  }

  it('obey the settings', async () => {
    const { document } = await openFile('roles.json');
    await finding(document.uri, 'bare-star-principal');
    const settings = vscode.workspace.getConfiguration('trustPolicy');
    await settings.update('rules', { 'bare-star-principal': 'off' }, vscode.ConfigurationTarget.Global);
    try {
      await noFinding(document.uri, 'bare-star-principal');
    } finally {
      await settings.update('rules', undefined, vscode.ConfigurationTarget.Global);
    }
    await finding(document.uri, 'bare-star-principal');
  });
});

/** Nothing tells that a document has no findings; but the server also had the time to find some in this one. */
async function waitForServer(): Promise<void> {
  const editor = await openUntitled('{ "Statement": [{ "Effect": "Allow", "Action": "sts:AssumeRole" }] }');
  await finding(editor.document.uri, 'missing-principal');
}
