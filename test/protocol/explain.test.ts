/** Who can assume the role, as editors ask the bundled server. Needs `npm run build`. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CodeLens } from 'vscode-languageserver';
import { fullCapabilities, spawnClient, type SpawnedClient } from '../harness/lsp-client.ts';
import { fromBuild } from '../package/built.ts';

const uri = 'file:///project/roles.json';
const policyOf = (host: string): object => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: host }, Action: 'sts:AssumeRole' }],
});
const text = JSON.stringify(
  {
    one: { AssumeRolePolicyDocument: policyOf('ec2.amazonaws.com') },
    two: { AssumeRolePolicyDocument: policyOf('lambda.amazonaws.com') },
  },
  undefined,
  2,
);

let server: SpawnedClient;
beforeEach(() => {
  server = spawnClient(process.execPath, [fromBuild('dist/server-node.cjs'), '--stdio']);
});
afterEach(() => {
  server.process.kill();
});

async function start(capabilities: object, commands: readonly string[]): Promise<unknown> {
  const initializationOptions = { commands };
  const answer = await server.request('initialize', {
    processId: null,
    rootUri: null,
    capabilities,
    initializationOptions,
  });
  server.notify('initialized', {});
  server.notify('textDocument/didOpen', { textDocument: { uri, languageId: 'json', version: 1, text } });
  return answer;
}
const lenses = async (): Promise<readonly CodeLens[]> =>
  (await server.request('textDocument/codeLens', { textDocument: { uri } })) as CodeLens[];
const explain = (...args: readonly unknown[]): Promise<unknown> =>
  server.request('workspace/executeCommand', { command: 'trustPolicy.explainPolicy', arguments: args });
const vscode = ['trustPolicy.showCallers', 'trustPolicy.copyPolicy'];

describe('lenses', () => {
  it('stand above each policy, with commands that the client knows', async () => {
    await start(fullCapabilities, vscode);
    expect(await lenses()).toMatchObject([
      {
        range: { start: { line: 2 } },
        command: {
          title: 'Who can assume: 1 service',
          command: 'trustPolicy.showCallers',
          arguments: [uri, 0],
        },
      },
      { command: { title: 'Copy…', command: 'trustPolicy.copyPolicy', arguments: [uri, 0] } },
      { command: { command: 'trustPolicy.showCallers', arguments: [uri, 1] } },
      { command: { command: 'trustPolicy.copyPolicy', arguments: [uri, 1] } },
    ]);
  });

  it('need no command of the client', async () => {
    const answer = await start({}, []);
    expect(answer).toMatchObject({
      capabilities: {
        executeCommandProvider: {
          commands: expect.arrayContaining(['trustPolicy.explainPolicy']) as unknown,
        },
      },
    });
    const [first, second] = await lenses();
    expect(first).toMatchObject({ command: { command: 'trustPolicy.explainPolicy', arguments: [uri, 0] } });
    expect(second).toMatchObject({ command: { arguments: [uri, 1] } });
    const [at, region] = (second?.command?.arguments ?? []) as readonly unknown[];
    await explain(at, region);
    expect(await server.next('window/showMessage')).toMatchObject({
      message: expect.stringContaining('AWS Lambda') as string,
    });
  });

  it('can be turned off, and come again', async () => {
    await start(
      {
        ...fullCapabilities,
        workspace: { ...fullCapabilities.workspace, codeLens: { refreshSupport: true } },
      },
      vscode,
    );
    server.settings = { codeLens: false };
    expect(await lenses()).toEqual([]);
    server.settings = { codeLens: true };
    server.notify('workspace/didChangeConfiguration', { settings: null });
    await server.next('workspace/codeLens/refresh');
    expect(await lenses()).toHaveLength(4);
  });
});

describe('the explanation', () => {
  it('is of the policy that is meant, by number or by place', async () => {
    await start(fullCapabilities, vscode);
    expect(await explain(uri, 1)).toMatchObject({
      region: 1,
      text: expect.stringContaining('AWS Lambda') as string,
    });
    expect(await explain(uri, { line: 30, character: 0 })).toMatchObject({ region: 1 });
    expect(await explain(uri, { line: 0, character: 0 })).toMatchObject({
      region: 0,
      markdown: expect.stringContaining('`ec2.amazonaws.com`') as string,
    });
  });

  it('is nothing where there is no policy, and an error where there is no command', async () => {
    await start(fullCapabilities, vscode);
    expect(await explain('file:///project/other.json', 0)).toBeNull();
    expect(await explain(uri, 7)).toBeNull();
    expect(await explain()).toBeNull();
    await expect(server.request('workspace/executeCommand', { command: 'other' })).rejects.toThrow();
  });
});

it('changes of settings and of files are both asked for', async () => {
  const dynamic = { dynamicRegistration: true };
  const workspace = { configuration: true, didChangeConfiguration: dynamic, didChangeWatchedFiles: dynamic };
  await start({ ...fullCapabilities, workspace }, vscode);
  const asked = [
    await server.next('client/registerCapability'),
    await server.next('client/registerCapability'),
  ];
  const methods = asked.flatMap((each) => (each as { registrations: { method: string }[] }).registrations);
  expect(methods.map(({ method }) => method).sort()).toEqual([
    'workspace/didChangeConfiguration',
    'workspace/didChangeWatchedFiles',
  ]);
});
