/** What is measured, one function each. Times are milliseconds; every answer is checked before it counts. */
import { readFileSync } from 'node:fs';
import type { SpawnedClient } from '../harness/lsp-client.ts';
import type { Sample } from './documents.ts';
import type { Server } from './servers.ts';

const uri = 'file:///bench/trust-policy.json';

export const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

/** Resident memory of a process in MiB, where the system tells it. */
export function residentMiB({ process }: SpawnedClient): number {
  try {
    const status = readFileSync(`/proc/${String(process.pid)}/status`, 'utf8');
    return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024;
  } catch {
    return Number.NaN;
  }
}

/** A document that is open in a server and toggled between right and wrong. */
export interface Opened {
  readonly client: SpawnedClient;
  /** One keystroke; `true` once the text is wrong. */
  readonly type: () => boolean;
  /** Number of diagnostics of the text as it is. */
  readonly pull: () => Promise<number>;
  /** Of the text while it is right: a large policy is found too large. */
  readonly usual: number;
}

export async function open(client: SpawnedClient, { text, at }: Sample): Promise<Opened> {
  const line = text.slice(0, at).split('\n').length - 1;
  const character = at - (text.lastIndexOf('\n', at - 1) + 1);
  const start = { line, character };
  let version = 1;
  let wrong = false;
  client.notify('textDocument/didOpen', { textDocument: { uri, languageId: 'json', version, text } });
  const pull = async (): Promise<number> => {
    const report = (await client.request('textDocument/diagnostic', { textDocument: { uri } })) as {
      items: unknown[];
    };
    return report.items.length;
  };
  const type = (): boolean => {
    const range = wrong ? { start, end: { line, character: character + 1 } } : { start, end: start };
    const change = { range, text: wrong ? '' : 'x' };
    client.notify('textDocument/didChange', {
      textDocument: { uri, version: ++version },
      contentChanges: [change],
    });
    wrong = !wrong;
    return wrong;
  };
  return { client, type, pull, usual: await pull() };
}

/** Keystroke to the diagnostics that follow from it. */
export async function keystrokes(opened: Opened, count: number): Promise<readonly number[]> {
  const times: number[] = [];
  for (let index = 0; index < count; index++) {
    const started = performance.now();
    const wrong = opened.type();
    const found = await opened.pull();
    times.push(performance.now() - started);
    if (found > opened.usual !== wrong)
      throw new Error(`The diagnostics do not follow the text: ${String(found)} found.`);
  }
  return times;
}

/** Keystroke to a completion list in the same breath. */
export async function completions(
  opened: Opened,
  { text, at, ask = at }: Sample,
  count: number,
): Promise<readonly number[]> {
  const position = {
    line: text.slice(0, ask).split('\n').length - 1,
    character: ask - (text.lastIndexOf('\n', ask - 1) + 1),
  };
  const times: number[] = [];
  for (let index = 0; index < count; index++) {
    const started = performance.now();
    opened.type();
    await opened.client.request('textDocument/completion', { textDocument: { uri }, position });
    times.push(performance.now() - started);
  }
  return times;
}

/** Many keystrokes, each cancelling the pull before; the time from the last one to its diagnostics. */
export async function burst(opened: Opened, count: number): Promise<number> {
  let id: number | undefined;
  let wrong = false;
  for (let index = 0; index < count; index++) {
    if (id !== undefined) opened.client.notify('$/cancelRequest', { id });
    wrong = opened.type();
    id = opened.client.send('textDocument/diagnostic', { textDocument: { uri } });
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  const started = performance.now();
  const found = await opened.pull();
  if (found > opened.usual !== wrong)
    throw new Error('The diagnostics after the burst are not those of the last text.');
  return performance.now() - started;
}

export interface ColdStart {
  readonly initialize: number;
  readonly diagnostics: number;
  readonly memory: number;
}

/** A new process to its first diagnostics. */
export async function coldStart(server: Server, document: Sample): Promise<ColdStart> {
  const started = performance.now();
  const client = await server.start();
  const initialize = performance.now() - started;
  await open(client, document);
  const diagnostics = performance.now() - started;
  await new Promise((resolve) => setTimeout(resolve, 300));
  const memory = residentMiB(client);
  client.process.kill();
  await client.exited;
  return { initialize, diagnostics, memory };
}
