/** Policies that a command has printed can be read as JSON, and are not edited. Needs `npm run build`. */
import { afterEach, expect, it } from 'vitest';
import type { CodeAction } from 'vscode-languageserver';
import { fullCapabilities, spawnClient, type SpawnedClient } from '../harness/lsp-client.ts';
import { fromBuild } from '../package/built.ts';

const uri = 'file:///project/roles.json';
const policy = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'lamda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
};
const printed = `${JSON.stringify(policy, undefined, 2)}\n`;
const role = (document: unknown): string =>
  JSON.stringify({ Role: { RoleName: 'r', RoleId: 'AROA', AssumeRolePolicyDocument: document } });

let server: SpawnedClient | undefined;
afterEach(() => {
  server?.process.kill();
});

async function opened(
  text: string,
  languageId = 'json',
  commands = ['trustPolicy.decode'],
): Promise<SpawnedClient> {
  server = spawnClient(process.execPath, [fromBuild('dist/server-node.cjs'), '--stdio']);
  const initializationOptions = { commands };
  const capabilities = fullCapabilities;
  await server.request('initialize', { processId: null, rootUri: null, capabilities, initializationOptions });
  server.notify('initialized', {});
  server.notify('textDocument/didOpen', { textDocument: { uri, languageId, version: 1, text } });
  return server;
}

const decode = (client: SpawnedClient, ...given: readonly unknown[]): Promise<unknown> =>
  client.request('workspace/executeCommand', { command: 'trustPolicy.decodePolicy', arguments: given });

async function actions(client: SpawnedClient, character: number): Promise<readonly CodeAction[]> {
  const at = { line: 0, character };
  return (await client.request('textDocument/codeAction', {
    textDocument: { uri },
    range: { start: at, end: at },
    context: { diagnostics: [] },
  })) as CodeAction[];
}

it.each([
  ['an object', policy],
  ['URL-encoded text', encodeURIComponent(JSON.stringify(policy))],
])('%s is decoded, and offered to be', async (_, document) => {
  const text = role(document);
  const client = await opened(text);
  expect(await decode(client, uri, 0)).toBe(printed);
  expect(await decode(client, uri, { line: 0, character: text.length - 10 })).toBe(printed);
  const [first, ...others] = await actions(client, text.indexOf('lamda'));
  expect(first).toMatchObject({
    title: 'Decode this trust policy',
    command: { command: 'trustPolicy.decode', arguments: [uri, 0] },
  });
  expect([first, ...others].every((action) => action?.edit === undefined)).toBe(true);
  expect(await actions(client, 3)).toEqual([]);
});

it('what a template computes is shown as it is written', async () => {
  const text = role(policy)
    .replace('"lamda.amazonaws.com"', '{"Fn::Sub":"x.${AWS::URLSuffix}"}')
    .replace('RoleId', 'Id');
  const client = await opened(text);
  expect(await decode(client, uri, 0)).toBe(printed.replace('lamda.amazonaws.com', 'x.${AWS::URLSuffix}'));
  expect((await actions(client, 90)).map(({ title }) => title)).not.toContain('Decode this trust policy');
});

it('a client without the command is not offered it, and what is no policy is not decoded', async () => {
  const client = await opened(role(policy), 'json', []);
  expect(await actions(client, role(policy).indexOf('Statement'))).toEqual([]);
  expect(await decode(client, uri, 3)).toBeNull();
  expect(await decode(client, 'file:///other.json')).toBeNull();
  expect(await decode(client)).toBeNull();
});
