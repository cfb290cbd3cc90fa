/** Entry point in VS Code's web worker extension host: the language server runs in a nested worker. */
import { Uri, type ExtensionContext } from 'vscode';
import {
  BrowserMessageReader,
  BrowserMessageWriter,
  LanguageClient,
  type MessageTransports,
} from 'vscode-languageclient/browser';
import { startExtension, type Activated } from './extension.ts';

/** Called by VS Code; returns before the server has started. */
export function activate(context: ExtensionContext): Activated {
  const script = Uri.joinPath(context.extensionUri, 'dist/server-browser.js').toString(true);
  let worker: Worker | undefined;
  // Unlike a process, a worker does not end when its server is told to exit.
  const endWorker = (): void => worker?.terminate();
  context.subscriptions.push({ dispose: endWorker });

  // Not the worker itself: VS Code's are no instances of its Worker, by which the client would recognize them.
  const startWorker = (): Promise<MessageTransports> => {
    endWorker();
    worker = new Worker(script);
    const transports = { reader: new BrowserMessageReader(worker), writer: new BrowserMessageWriter(worker) };
    return Promise.resolve(transports);
  };
  return startExtension(context, (id, name, options) => new LanguageClient(id, name, startWorker, options));
}
