/**
 * Files beside the open documents, by their addresses. In Node.js they are read from the disk; where that cannot be, as
 * in a browser or in a virtual workspace, the client is asked, if it has said that it can. Nothing is ever written.
 */
import type { Connection } from 'vscode-languageserver';
import type { Client } from './client.ts';

/** A file or folder in a folder. */
export interface FolderEntry {
  readonly name: string;
  readonly isFolder: boolean;
}

/** A way to read files; what cannot be read is not there. */
export interface Files {
  readonly read: (uri: string) => Promise<string | undefined>;
  readonly list: (uri: string) => Promise<readonly FolderEntry[]>;
}

/** Larger files say nothing that we look for. In bytes. */
export const largestFile = 256 * 1024;

/** The files that a server can read: those of the disk, where it has one, and those that the client reads for it. */
export function filesFor(connection: Connection, client: Client, disk: Files | undefined): Files {
  const remote = client.readsFiles ? filesOfClient(connection) : nowhere;
  const reader = (uri: string): Files => (disk && uri.startsWith('file:') ? disk : remote);
  return { read: (uri) => reader(uri).read(uri), list: (uri) => reader(uri).list(uri) };
}

const nowhere: Files = { read: () => Promise.resolve(undefined), list: () => Promise.resolve([]) };

const filesOfClient = (connection: Connection): Files => ({
  read: async (uri) => {
    const text = await asked(connection, 'trustPolicy/readFile', uri);
    return typeof text === 'string' && text.length <= largestFile ? text : undefined;
  },
  list: async (uri) => {
    const entries = await asked(connection, 'trustPolicy/readFolder', uri);
    return Array.isArray(entries) ? entries.filter(isEntry) : [];
  },
});

/** What the client answers; a client that fails has no such file. */
async function asked(connection: Connection, method: string, uri: string): Promise<unknown> {
  try {
    return await connection.sendRequest(method, { uri });
  } catch {
    return undefined;
  }
}

const isEntry = (value: unknown): value is FolderEntry =>
  typeof value === 'object' &&
  value !== null &&
  'name' in value &&
  typeof value.name === 'string' &&
  'isFolder' in value &&
  typeof value.isFolder === 'boolean';
