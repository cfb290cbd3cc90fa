/** The bundled servers start and answer. The bundled clients start in the suites inside VS Code. */
import { spawn } from 'node:child_process';
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
    let output = '';
    for await (const text of server.stdout.setEncoding('utf8')) {
      output += String(text);
      if (output.includes('"textDocumentSync"')) break;
    }
    server.kill();
    expect(output).toContain('"id":1');
  });

  it('answers in a worker', async () => {
    const script = readFileSync(fromBuild('dist/server-browser.js'), 'utf8');
    const answer = await new Promise((resolve) => {
      const self: Self = { postMessage: resolve, addEventListener: () => undefined };
      // What a worker has and the language itself has not.
      const platform = { TextDecoder, TextEncoder, URL, console, crypto, performance, queueMicrotask };
      const timers = { clearImmediate, clearInterval, clearTimeout, setImmediate, setInterval, setTimeout };
      vm.runInNewContext(script, { self, ...platform, ...timers });
      self.onmessage?.({ data: initialize });
    });
    expect(answer).toHaveProperty('result.capabilities.textDocumentSync');
  });
});

/** As much of a worker's global object as the server uses. */
interface Self {
  readonly postMessage: (message: unknown) => void;
  readonly addEventListener: () => void;
  onmessage?: (event: { readonly data: unknown }) => void;
}
