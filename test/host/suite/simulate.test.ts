/** Calls put to a policy in the editor. */
import { assert } from 'chai';
import * as vscode from 'vscode';
import { closeAll, eventually, openFile } from './gestures.ts';

interface Answer {
  readonly decision: string;
  readonly reason: string;
}
const simulate = (...args: readonly unknown[]): Thenable<Answer | undefined> =>
  vscode.commands.executeCommand('trustPolicy.simulateCall', ...args);

const page = (): string | undefined =>
  vscode.workspace.textDocuments.find(({ uri }) => uri.scheme === 'trust-policy-call')?.getText();

describe('a simulated call', () => {
  afterEach(closeAll);

  it('is answered, and explained on a page', async () => {
    const { document } = await openFile('github-role.json');
    const token = {
      iss: 'https://token.actions.githubusercontent.com',
      sub: 'repo:octo/app:pull_request',
      aud: 'other',
    };
    const answer = await simulate(document.uri.toString(), 0, { kind: 'token', text: JSON.stringify(token) });
    assert.include(answer, { decision: 'denied', reason: 'condition-not-met' });
    await eventually('the page', () => page()?.includes('A condition is not met'));
    const allowed = await simulate(document.uri.toString(), 0, {
      kind: 'token',
      text: JSON.stringify({ ...token, aud: 'sts.amazonaws.com' }),
    });
    assert.equal(allowed?.decision, 'allowed');
    await eventually('the new page', () => page()?.includes('lets the call through'));
  });

  it('can be chosen from whom the policy suggests', async () => {
    await openFile('github-role.json');
    const done = simulate();
    let answer: Answer | undefined;
    void done.then((found) => (answer = found));
    await eventually('the answer', async () => {
      await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      return answer !== undefined;
    });
    assert.equal(answer?.decision, 'allowed');
  });

  it('is shown where it tells a policy from an older one', async () => {
    const { document } = await openFile('github-role.json');
    const older = document.getText().replace('sts.amazonaws.com', 'another');
    const args = [document.uri.toString(), older] as const;
    const answer = await vscode.commands.executeCommand<{ relation: string }>(
      'trustPolicy.compareWithHead',
      ...args,
    );
    assert.include(answer, { relation: 'incomparable' });
    const text = await eventually('the page', () =>
      vscode.workspace.textDocuments.find(({ uri }) => uri.scheme === 'trust-policy-compare')?.getText(),
    );
    assert.include(text, 'Let in by the new policy only');
  });

  it('that AWS denied is explained', async () => {
    const { document } = await openFile('github-role.json');
    const message = 'Not authorized to perform sts:AssumeRoleWithWebIdentity';
    await vscode.commands.executeCommand('trustPolicy.whyDenied', document.uri.toString(), 0, message);
    const text = await eventually('the page', () =>
      vscode.workspace.textDocuments.find(({ uri }) => uri.scheme === 'trust-policy-why')?.getText(),
    );
    assert.include(text, 'Why was this denied?');
    assert.include(text, 'audience');
  });
});
