/**
 * The connection to the language server: which documents it serves, and how it is restarted.
 * It adds nothing to the protocol, so that other editors lack nothing.
 */
import { window, type ExtensionContext } from 'vscode';
import type { BaseLanguageClient, LanguageClientOptions } from 'vscode-languageclient';
import { answerFileRequests } from './workspace-files.ts';

/** Creates a client for one run of the server; Node.js and the browser differ in how they start it. */
export type NewClient = (id: string, name: string, options: LanguageClientOptions) => BaseLanguageClient;

/** A server that has been started, and may be started anew. */
export interface Connection {
  /** Settles when the first start has succeeded or failed. */
  readonly ready: Promise<void>;
  /** The documents that it serves. */
  readonly selector: readonly ({ language: string } | { pattern: string })[];
  /** Ends the server, even one that hangs, and starts another. */
  readonly restart: () => Promise<void>;
}

const name = 'IAM Trust Policy';

/** Starts the server without waiting for it, and ends it with the extension. */
export function connect(context: ExtensionContext, newClient: NewClient): Connection {
  const outputChannel = window.createOutputChannel(name, { log: true });
  const selector = selectorOf(context.extension.packageJSON);
  const options: LanguageClientOptions = {
    documentSelector: selector,
    initializationOptions: {
      // VS Code's own JSON extension reports syntax errors in the same documents.
      jsonSyntaxReportedByHost: true,
      commands: [
        'trustPolicy.explainRule',
        'trustPolicy.showCallers',
        'trustPolicy.copyPolicy',
        'trustPolicy.simulateCall',
        'trustPolicy.decode',
        'editor.action.triggerSuggest',
      ],
      readsFiles: true,
    },
    outputChannel,
  };

  const create = (): BaseLanguageClient => {
    const created = newClient('trustPolicy', name, options);
    answerFileRequests(created);
    return created;
  };
  let client = create();
  let started = client.start();
  const stop = async (): Promise<void> => {
    await settled(started);
    if (client.isRunning()) await settled(client.stop());
  };
  const startAnew = async (stopped: Promise<void>): Promise<void> => {
    await stopped;
    client = create();
    await client.start();
  };
  const restart = (): Promise<void> => {
    started = startAnew(stop()); // at once, so that a second restart waits for this one
    return started;
  };

  context.subscriptions.push(outputChannel, { dispose: () => void stop() });
  return { ready: settled(started), selector, restart };
}

/** The languages and files that activate the extension are those that it serves. */
function selectorOf(manifest: unknown): ({ language: string } | { pattern: string })[] {
  const events =
    typeof manifest === 'object' && manifest !== null && 'activationEvents' in manifest
      ? manifest.activationEvents
      : undefined;
  const names = Array.isArray(events) ? events.filter((event) => typeof event === 'string') : [];
  const after = (prefix: string): string[] =>
    names.filter((name) => name.startsWith(prefix)).map((name) => name.slice(prefix.length));
  return [
    ...after('onLanguage:').map((language) => ({ language })),
    ...after('workspaceContains:').map((pattern) => ({ pattern })),
  ];
}

/** Waits for an end of either kind; the client itself shows and logs why something failed. */
async function settled(promise: Promise<void>): Promise<void> {
  await promise.catch(() => undefined);
}
