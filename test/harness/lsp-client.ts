/**
 * A language client for tests: raw JSON-RPC, so that nothing of the server's own library stands between the test and
 * what is on the wire. Servers are processes with standard streams, or workers.
 */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { Worker } from 'node:worker_threads';

/** A JSON-RPC message of any kind. */
export interface Message {
  readonly id?: number | string | null;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: { readonly code: number; readonly message: string };
}

/** What VS Code can do, as far as the server asks. */
export const fullCapabilities = {
  workspace: {
    configuration: true,
    didChangeConfiguration: { dynamicRegistration: true },
    workspaceEdit: { documentChanges: true, snippetEditSupport: true },
    diagnostics: { refreshSupport: true },
  },
  textDocument: {
    diagnostic: { dynamicRegistration: true },
    publishDiagnostics: { relatedInformation: true, codeDescriptionSupport: true },
    codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: ['quickfix', 'source.fixAll'] } } },
    completion: {
      completionItem: { snippetSupport: true, insertTextModeSupport: { valueSet: [1, 2] } },
      completionList: { itemDefaults: ['editRange'] },
    },
    documentSymbol: { hierarchicalDocumentSymbolSupport: true },
  },
} as const;

export interface Client {
  /** What the client answers when it is asked for the settings of a document. */
  settings: unknown;
  /** Files that the client reads for a server that asks for them, by their addresses. */
  files: Readonly<Record<string, string>>;
  readonly request: (method: string, params?: unknown) => Promise<unknown>;
  /** Sends a request without waiting, and tells its id. */
  readonly send: (method: string, params?: unknown) => number;
  /** The whole answer to a request, error or result. */
  readonly answerTo: (id: number) => Promise<Message>;
  readonly notify: (method: string, params?: unknown) => void;
  /** The parameters of the next notification or request of a kind that has not been taken yet. */
  readonly next: (method: string) => Promise<unknown>;
}

/** A server process; bytes that are no message can be written to it, too. */
export interface SpawnedClient extends Client {
  readonly process: ChildProcessWithoutNullStreams;
  readonly writeRaw: (bytes: string | Buffer) => void;
  /** The exit code, once the server has ended. */
  readonly exited: Promise<number | null>;
}

/** Starts a server that speaks over its standard streams. */
export function spawnClient(command: string, args: readonly string[]): SpawnedClient {
  const child = spawn(command, args);
  child.stdin.on('error', () => undefined); // a server that has ended does not read
  const { client, receive } = clientWith((message) => child.stdin.write(framed(message)));
  let pending = Buffer.alloc(0);
  child.stdout.on('data', (chunk: Buffer) => {
    pending = Buffer.concat([pending, chunk]);
    for (let next = unframed(pending); next; next = unframed(pending)) {
      pending = pending.subarray(next.end);
      receive(next.message);
    }
  });
  return Object.assign(client, {
    process: child,
    writeRaw: (bytes: string | Buffer) => {
      child.stdin.write(bytes);
    },
    exited: new Promise<number | null>((resolve) => child.on('close', resolve)),
  });
}

/** A message as it goes over a stream. */
export function framed(message: unknown): Buffer {
  const body = Buffer.from(JSON.stringify(message), 'utf8');
  return Buffer.concat([Buffer.from(`Content-Length: ${body.length}\r\n\r\n`), body]);
}

function unframed(bytes: Buffer): { readonly message: Message; readonly end: number } | undefined {
  const headerEnd = bytes.indexOf('\r\n\r\n');
  const length = /Content-Length: (\d+)/.exec(bytes.toString('latin1', 0, Math.max(headerEnd, 0)))?.[1];
  if (headerEnd < 0 || length === undefined) return undefined;
  const start = headerEnd + 4;
  const end = start + Number(length);
  if (bytes.length < end) return undefined;
  return { message: JSON.parse(bytes.toString('utf8', start, end)) as Message, end };
}

/** A browser's worker in a thread of Node.js: nothing is there but what browsers have. */
const workerShim = `
  const { parentPort, workerData } = require('node:worker_threads');
  const self = { postMessage: (data) => parentPort.postMessage(data), addEventListener: () => {} };
  parentPort.on('message', (data) => self.onmessage({ data }));
  const platform = { self, console, crypto, performance, queueMicrotask, setTimeout, clearTimeout, setInterval,
    clearInterval, TextEncoder, TextDecoder, URL };
  require('node:vm').runInNewContext(require('node:fs').readFileSync(workerData, 'utf8'), platform);
`;

/** Starts a server that was bundled for browsers. */
export function workerClient(script: string): Client & { readonly end: () => void } {
  const worker = new Worker(workerShim, { eval: true, workerData: script });
  const { client, receive } = clientWith((message) => {
    worker.postMessage(message);
  });
  worker.on('message', receive);
  return Object.assign(client, { end: () => void worker.terminate() });
}

function clientWith(write: (message: object) => void): {
  readonly client: Client;
  readonly receive: (message: Message) => void;
} {
  const answers = new Map<number, PromiseWithResolvers>();
  const untaken: Message[] = [];
  const waiting: { readonly method: string; readonly take: (params: unknown) => void }[] = [];
  let lastId = 0;

  const client: Client = {
    settings: null,
    files: {},
    send: (method, params) => {
      const id = ++lastId;
      answers.set(id, withResolvers());
      write({ jsonrpc: '2.0', id, method, params });
      return id;
    },
    answerTo: (id) => answers.get(id)?.promise ?? Promise.reject(new Error(`There is no request ${id}.`)),
    request: async (method, params) => {
      const { error, result } = await client.answerTo(client.send(method, params));
      if (error) throw new Error(error.message);
      return result;
    },
    notify: (method, params) => {
      write({ jsonrpc: '2.0', method, params });
    },
    next: (method) => {
      const index = untaken.findIndex((message) => message.method === method);
      if (index >= 0) return Promise.resolve(untaken.splice(index, 1)[0]?.params);
      return new Promise((take) => waiting.push({ method, take }));
    },
  };

  const receive = (message: Message): void => {
    if (message.method === undefined) {
      answers.get(Number(message.id))?.resolve(message);
      return;
    }
    if (message.id !== undefined)
      write({ jsonrpc: '2.0', id: message.id, result: answerTo(message, client) });
    const index = waiting.findIndex(({ method }) => method === message.method);
    if (index >= 0) waiting.splice(index, 1)[0]?.take(message.params);
    else untaken.push(message);
  };
  return { client, receive };
}

/** The answer to a request of the server. */
function answerTo({ method, params }: Message, { settings, files }: Client): unknown {
  if (method === 'trustPolicy/readFile') return files[uriIn(params)] ?? null;
  if (method === 'trustPolicy/readFolder') return entriesBelow(`${uriIn(params)}/`, Object.keys(files));
  if (method === 'workspace/applyEdit') return { applied: true };
  if (method !== 'workspace/configuration') return null;
  return (params as { readonly items: readonly unknown[] }).items.map(() => settings);
}

const uriIn = (params: unknown): string => (params as { readonly uri: string }).uri;

const entriesBelow = (folder: string, uris: readonly string[]): readonly object[] =>
  uris
    .filter((uri) => uri.startsWith(folder))
    .map((uri) => uri.slice(folder.length).split('/'))
    .map(([name, ...below]) => ({ name, isFolder: below.length > 0 }));

interface PromiseWithResolvers {
  readonly promise: Promise<Message>;
  readonly resolve: (message: Message) => void;
}

function withResolvers(): PromiseWithResolvers {
  let resolve: (message: Message) => void = () => undefined;
  const promise = new Promise<Message>((take) => (resolve = take));
  return { promise, resolve };
}
