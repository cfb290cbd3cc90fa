/** Entry point in VS Code's Node.js extension host: the language server runs in a process of its own. */
import type { ExtensionContext } from 'vscode';
import { LanguageClient, TransportKind } from 'vscode-languageclient/node';
import { startExtension, type Activated } from './extension.ts';

/** Called by VS Code; returns before the server has started. */
export function activate(context: ExtensionContext): Activated {
  const module = context.asAbsolutePath('dist/server-node.cjs');
  return startExtension(
    context,
    (id, name, options) => new LanguageClient(id, name, { module, transport: TransportKind.ipc }, options),
  );
}
