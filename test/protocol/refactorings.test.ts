/** Code actions without findings, as editors get them. Needs `npm run build`. */
import { afterEach, expect, it } from 'vitest';
import type { CodeAction, InitializeResult } from 'vscode-languageserver';
import { fullCapabilities, spawnClient, type SpawnedClient } from '../harness/lsp-client.ts';
import { fromBuild } from '../package/built.ts';

const uri = 'file:///project/trust-policy.json';
const policy = `{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Principal": { "AWS": "111122223333" },
      "Action": "sts:AssumeRole"
    }
  ]
}
`;

let server: SpawnedClient | undefined;
afterEach(() => {
  server?.process.kill();
});

async function opened(capabilities: object): Promise<InitializeResult> {
  server = spawnClient(process.execPath, [fromBuild('dist/server-node.cjs'), '--stdio']);
  const result = await server.request('initialize', { processId: null, rootUri: null, capabilities });
  server.notify('initialized', {});
  server.notify('textDocument/didOpen', {
    textDocument: { uri, languageId: 'json', version: 1, text: policy },
  });
  return result as InitializeResult;
}

async function actionsAt(line: number, only?: readonly string[]): Promise<readonly CodeAction[]> {
  const position = { line, character: 10 };
  const actions = await server?.request('textDocument/codeAction', {
    textDocument: { uri },
    range: { start: position, end: position },
    context: { diagnostics: [], ...(only && { only }) },
  });
  return actions as readonly CodeAction[];
}

const kindOf = (id: string): string => `refactor.rewrite.trustPolicy.insert.${id}`;

it('named insertions are offered at a statement, each with a kind of its own', async () => {
  const { capabilities } = await opened(fullCapabilities);
  const provider = capabilities.codeActionProvider;
  expect(typeof provider === 'object' && provider.codeActionKinds).toContain(
    'refactor.rewrite.trustPolicy.insert',
  );
  const kinds = (await actionsAt(6)).map(({ kind }) => kind);
  expect(kinds).toContain(kindOf('require-mfa'));
  expect(kinds).not.toContain(kindOf('pin-subject'));
  expect((await actionsAt(1)).map(({ kind }) => kind)).not.toContain(kindOf('require-mfa'));
});

it('those are given that are asked for', async () => {
  await opened(fullCapabilities);
  const all = await actionsAt(6, ['refactor']);
  expect(all.length).toBeGreaterThan(5);
  expect(new Set(all.map(({ kind }) => kind)).size).toBe(all.length);
  expect((await actionsAt(6, [kindOf('require-mfa')])).map(({ title }) => title)).toEqual(['Require MFA']);
  expect(await actionsAt(6, ['refactor.extract'])).toEqual([]);
});

it('values to fill in are tab stops where the client takes them', async () => {
  await opened(fullCapabilities);
  expect(JSON.stringify(await actionsAt(6, [kindOf('restrict-to-organization')]))).toContain(
    '${1:YOUR_ORGANIZATION_ID}',
  );
  server?.process.kill();
  await opened({ workspace: { workspaceEdit: { documentChanges: true } } });
  const plain = JSON.stringify(await actionsAt(6, [kindOf('restrict-to-organization')]));
  expect(plain).toContain('YOUR_ORGANIZATION_ID');
  expect(plain).not.toContain('$');
});
