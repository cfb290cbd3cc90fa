/** The commands of the palette, all under "Trust Policy:". */
import { commands, type ExtensionContext } from 'vscode';
import { showFixes } from './show-fixes.ts';
import { registerTemplates } from './templates.ts';
import { registerCallers } from './callers.ts';
import type { Connection } from './client.ts';
import { registerDecode } from './decode.ts';
import { registerCompare } from './compare.ts';
import { registerRulePages } from './explain-rule.ts';
import { insertCondition } from './insert-condition.ts';
import { registerSimulation } from './simulate.ts';
import { registerTests } from './trust-tests.ts';
import { registerWhy } from './why-denied.ts';

/** Registers every command that the manifest names. */
export function registerCommands(context: ExtensionContext, connection: Connection): void {
  const { extensionUri } = context;
  context.subscriptions.push(
    registerTemplates(connection),
    commands.registerCommand('trustPolicy.showFixes', () => showFixes()),
    registerCallers(connection),
    registerRulePages(extensionUri),
    registerSimulation(connection, context.workspaceState),
    registerWhy(connection),
    registerTests(connection),
    registerDecode(connection),
    registerCompare(connection),
    commands.registerCommand('trustPolicy.restartServer', () => connection.restart()),
    commands.registerCommand('trustPolicy.insertCondition', () => insertCondition()),
  );
}
