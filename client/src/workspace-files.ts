/** Reads files of the workspace for a server that cannot read them itself, as in a browser. It never writes. */
import { FileType, Uri, workspace } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';

/** Answers the requests of the server for files; what is not in an open folder, or cannot be read, is not there. */
export function answerFileRequests(client: BaseLanguageClient): void {
  client.onRequest('trustPolicy/readFile', async (params: unknown) => {
    const uri = uriIn(params);
    const bytes = uri && (await orNothing(workspace.fs.readFile(uri)));
    return bytes ? new TextDecoder().decode(bytes) : null;
  });
  client.onRequest('trustPolicy/readFolder', async (params: unknown) => {
    const uri = uriIn(params);
    const entries = uri && (await orNothing(workspace.fs.readDirectory(uri)));
    return (entries ?? []).map(([name, type]) => ({ name, isFolder: (type & FileType.Directory) !== 0 }));
  });
}

function uriIn(params: unknown): Uri | undefined {
  if (typeof params !== 'object' || params === null || !('uri' in params)) return undefined;
  const uri = typeof params.uri === 'string' ? Uri.parse(params.uri) : undefined;
  return uri && workspace.getWorkspaceFolder(uri) ? uri : undefined;
}

async function orNothing<T>(read: Thenable<T>): Promise<T | undefined> {
  try {
    return await read;
  } catch {
    return undefined;
  }
}
