/** The commands of the palette. */
import { assert } from 'chai';
import * as vscode from 'vscode';
import { closeAll, eventually, finding, openFile } from './gestures.ts';

describe('commands', () => {
  afterEach(closeAll);

  it('are those of the manifest', async () => {
    const all = await vscode.commands.getCommands(true);
    assert.includeMembers(all, [
      'trustPolicy.compareWithHead',
      'trustPolicy.explainRule',
      'trustPolicy.insertTemplate',
      'trustPolicy.copyPolicy',
      'trustPolicy.decode',
      'trustPolicy.insertCondition',
      'trustPolicy.newFromTemplate',
      'trustPolicy.restartServer',
      'trustPolicy.showCallers',
      'trustPolicy.showFixes',
      'trustPolicy.simulateCall',
      'trustPolicy.whyDenied',
    ]);
  });

  it('restart the server, which then finds again what it had found', async () => {
    const { document } = await openFile('roles.json');
    await finding(document.uri, 'bare-star-principal');
    await vscode.commands.executeCommand('trustPolicy.restartServer');
    await finding(document.uri, 'bare-star-principal');
  });

  it('restart the server twice at once', async () => {
    const restart = (): Thenable<unknown> => vscode.commands.executeCommand('trustPolicy.restartServer');
    await Promise.all([restart(), restart()]);
    const { document } = await openFile('roles.json');
    await finding(document.uri, 'bare-star-principal');
  });

  it('show the page of a rule', async () => {
    await vscode.commands.executeCommand('trustPolicy.explainRule', 'bare-star-principal');
    const title = await eventually('the page', () => vscode.window.tabGroups.activeTabGroup.activeTab?.label);
    assert.include(title, 'bare-star-principal');
  });
});
