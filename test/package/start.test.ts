/** The bundled servers start and answer. The bundled clients start in the suites inside VS Code. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import vm from 'node:vm';
import { describe, expect, it } from 'vitest';
import { fromBuild } from './built.ts';

const initialize = {
  jsonrpc: '2.0',
  id: 1,
  method: 'initialize',
  params: { processId: null, rootUri: null, capabilities: {} },
};

describe('the bundled server', () => {
  it('answers on standard input and output', async () => {
    const server = spawn(process.execPath, [fromBuild('dist/server-node.cjs'), '--stdio']);
    const body = JSON.stringify(initialize);
    server.stdin.write(`Content-Length: ${body.length}\r\n\r\n${body}`);
    const [answer] = (await once(server.stdout.setEncoding('utf8'), 'data')) as [string];
    server.kill();
    expect(answer).toContain('"textDocumentSync"');
  });

  it('answers in a worker', async () => {
    const script = readFileSync(fromBuild('dist/server-browser.js'), 'utf8');
    const answer = await new Promise((resolve) => {
      // What a worker has and the language itself has not.
      const self = Object.assign(new EventTarget(), { postMessage: resolve });
      const platform = { TextDecoder, TextEncoder, URL, console, crypto, performance, queueMicrotask };
      const timers = { clearImmediate, clearInterval, clearTimeout, setImmediate, setInterval, setTimeout };
      vm.runInNewContext(script, { self, ...platform, ...timers });
      self.dispatchEvent(new MessageEvent('message', { data: initialize }));
    });
    expect(answer).toHaveProperty('result.capabilities.textDocumentSync');
  });
});
