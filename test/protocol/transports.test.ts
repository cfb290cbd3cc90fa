/** The other ways to a server than standard streams, and what it is not to be asked. Needs `npm run build`. */
import { fork } from 'node:child_process';
import { expect, it } from 'vitest';
import { fullCapabilities, type Message, spawnClient, workerClient } from '../harness/lsp-client.ts';
import { fromBuild } from '../package/built.ts';

const uri = 'untitled:trust-policy.json';
const text = '{ "Statement": { "Effect": "Alow", "Principal": "*", "Action": "sts:AssumeRole" } }';
const initialization = { processId: null, rootUri: null, capabilities: fullCapabilities };
const textDocument = { uri, languageId: 'json', version: 1, text };

it('a worker of a browser finds and fixes', async () => {
  const server = workerClient(fromBuild('dist/server-browser.js'));
  try {
    await server.request('initialize', initialization);
    server.notify('initialized', {});
    server.notify('textDocument/didOpen', { textDocument });
    const report = await server.request('textDocument/diagnostic', { textDocument: { uri } });
    expect(JSON.stringify(report)).toContain('"code":"invalid-effect"');
    const actions = await server.request('textDocument/codeAction', {
      textDocument: { uri },
      range: { start: { line: 0, character: 30 }, end: { line: 0, character: 30 } },
      context: { diagnostics: [] },
    });
    expect(JSON.stringify(actions)).toContain('Allow');
  } finally {
    server.end();
  }
});

it('an editor built on Node.js is answered over IPC', async () => {
  const server = fork(fromBuild('dist/server-node.cjs'), ['--node-ipc'], { execArgv: [] });
  try {
    const answer = new Promise<Message>((resolve) => server.once('message', resolve));
    server.send({ jsonrpc: '2.0', id: 1, method: 'initialize', params: initialization });
    expect(await answer).toMatchObject({ id: 1, result: { capabilities: { hoverProvider: true } } });
  } finally {
    server.kill();
  }
});

it('a call that names no transport is told so', async () => {
  const server = spawnClient(process.execPath, [fromBuild('dist/server-node.cjs')]);
  let told = '';
  server.process.stderr.setEncoding('utf8').on('data', (said: string) => (told += said));
  expect(await server.exited).toBe(2);
  expect(told).toContain('--stdio');
  expect(told).not.toContain(' at ');
});

it('a second initialization is refused, and harms nothing', async () => {
  const server = spawnClient(process.execPath, [fromBuild('dist/server-node.cjs'), '--stdio']);
  try {
    await server.request('initialize', initialization);
    server.notify('initialized', {});
    server.notify('textDocument/didOpen', { textDocument });
    await expect(server.request('initialize', initialization)).rejects.toThrow('initialized already');
    const report = await server.request('textDocument/diagnostic', { textDocument: { uri } });
    expect(JSON.stringify(report)).toContain('invalid-effect');
  } finally {
    server.process.kill();
  }
});

it('a failure is logged with its trace', async () => {
  const server = spawnClient(process.execPath, [fromBuild('dist/server-node.cjs'), '--stdio']);
  try {
    await server.request('initialize', initialization);
    await expect(server.request('textDocument/codeAction', { nothing: true })).rejects.toThrow();
    expect(JSON.stringify(await server.next('window/logMessage'))).toContain('TypeError');
  } finally {
    server.process.kill();
  }
});
