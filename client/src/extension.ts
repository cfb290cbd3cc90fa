/** What both entry points have in common: one language server connection and the commands. */
import type { ExtensionContext } from 'vscode';
import { connect, type NewClient } from './client.ts';
import { registerCommands } from './commands.ts';

/** What `activate` returns; tests wait for `ready`, nothing else needs it. */
export interface Activated {
  /** Settles when the server answers. Activation itself does not wait for it. */
  readonly ready: Promise<void>;
}

/** Starts the server and registers the commands. */
export function startExtension(context: ExtensionContext, newClient: NewClient): Activated {
  const connection = connect(context, newClient);
  registerCommands(context, connection);
  return { ready: connection.ready };
}
