/** Calls put to policies, as editors ask the bundled server. Needs `npm run build`. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { CodeLens } from 'vscode-languageserver';
import { fullCapabilities, spawnClient, type SpawnedClient } from '../harness/lsp-client.ts';
import { fromBuild } from '../package/built.ts';

const uri = 'file:///project/trust-policy.json';
const text = `{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Principal": { "AWS": "444455556666" },
      "Action": "sts:AssumeRole",
      "Condition": { "StringEquals": { "sts:ExternalId": "secret" } }
    }
  ]
}
`;

let server: SpawnedClient;
beforeEach(async () => {
  server = spawnClient(process.execPath, [fromBuild('dist/server-node.cjs'), '--stdio']);
  await server.request('initialize', {
    processId: null,
    rootUri: null,
    capabilities: fullCapabilities,
    initializationOptions: { commands: ['trustPolicy.showCallers', 'trustPolicy.simulateCall'] },
  });
  server.notify('initialized', {});
  server.notify('textDocument/didOpen', { textDocument: { uri, languageId: 'json', version: 1, text } });
});
afterEach(() => {
  server.process.kill();
});

const simulate = (...args: readonly unknown[]): Promise<unknown> =>
  server.request('workspace/executeCommand', { command: 'trustPolicy.simulate', arguments: args });

it('a lens offers it to clients that have the command', async () => {
  const lenses = (await server.request('textDocument/codeLens', { textDocument: { uri } })) as CodeLens[];
  expect(lenses.map(({ command }) => command?.title)).toEqual(['Who can assume: 1 account', 'Simulate…']);
});

it('without a call, whom the policy suggests is answered', async () => {
  expect(await simulate(uri, 0)).toMatchObject({
    region: 0,
    callers: [{ statement: 0, request: { context: { 'sts:ExternalId': 'secret' } } }],
  });
});

it('a call is answered with what decided', async () => {
  const principal = { type: 'AWS', arn: 'arn:aws:iam::444455556666:user/alice' };
  const call = (context: object): object => ({
    kind: 'request',
    request: { action: 'sts:AssumeRole', principal, context },
  });
  expect(await simulate(uri, 0, call({ 'sts:ExternalId': 'secret' }))).toMatchObject({
    decision: 'allowed',
    reason: 'allowed',
    statement: 0,
    depends: false,
  });
  expect(await simulate(uri, { line: 4, character: 0 }, call({}))).toMatchObject({
    decision: 'denied',
    reason: 'condition-not-met',
    statement: 0,
    summary: 'Denied: A condition is not met (statement 1).',
    deciding: [{ start: { line: 7, character: 39 }, end: { line: 7, character: 55 } }],
  });
});

it('what cannot be put to it has a problem, and what is not there no answer', async () => {
  expect(await simulate(uri, 0, { kind: 'token', text: 'no' })).toHaveProperty('problem');
  expect(await simulate(uri, 0, { kind: 'nonsense' })).toHaveProperty('problem');
  expect(await simulate('file:///other.json', 0)).toBeNull();
});

it('says why a call was denied, and where', async () => {
  const message =
    'User: arn:aws:iam::444455556666:user/alice is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::111122223333:role/r';
  const why = (...args: readonly unknown[]): Promise<unknown> =>
    server.request('workspace/executeCommand', { command: 'trustPolicy.why', arguments: args });
  expect(await why(uri, 0, message)).toMatchObject({
    region: 0,
    markdown: expect.stringContaining('Pass --external-id `secret`') as string,
    marks: [{ start: { line: 7, character: 39 } }],
  });
  expect(await why(uri, 0, 'hello')).toHaveProperty('problem');
  expect(await why(uri, 0)).toHaveProperty('problem');
  expect(await why('file:///other.json', 0, message)).toBeNull();
});

it('an older text is compared, with a call that shows the difference', async () => {
  const compare = (...args: readonly unknown[]): Promise<unknown> =>
    server.request('workspace/executeCommand', { command: 'trustPolicy.compareTrust', arguments: args });
  const looser = text.replace('"StringEquals"', '"StringEqualsIfExists"');
  expect(await compare(uri, looser)).toMatchObject({
    relation: 'narrower',
    policies: [
      { role: null, gained: null, lost: { request: { context: {} }, old: { decision: 'allowed' } } },
    ],
    markdown: expect.stringContaining('Let in by the old policy only') as string,
  });
  expect(await compare(uri, text)).toMatchObject({ relation: 'equal' });
  expect(await compare(uri, '')).toMatchObject({ relation: 'wider' });
  expect(await compare(uri, text.slice(0, -20))).toHaveProperty('problem');
  expect(await compare('file:///other.json', text)).toBeNull();
  expect(await compare(uri)).toBeNull();
});

it('asks for the account of the role where the answer depends on it', async () => {
  const own = text.replace('"sts:ExternalId": "secret"', '"aws:ResourceAccount": "555566667777"');
  const other = 'file:///project/other/trust-policy.json';
  server.notify('textDocument/didOpen', {
    textDocument: { uri: other, languageId: 'json', version: 1, text: own },
  });
  const input = {
    kind: 'request',
    request: {
      action: 'sts:AssumeRole',
      principal: { type: 'AWS', arn: 'arn:aws:iam::444455556666:user/alice' },
    },
  };
  expect(await simulate(other, 0, input)).toMatchObject({
    needs: 'roleAccount',
    accounts: ['555566667777', '444455556666'],
  });
  expect(await simulate(other, 0, input, '555566667777')).toMatchObject({ decision: 'allowed' });
  expect(await simulate(other, 0, input, '555566667778')).toMatchObject({ decision: 'denied' });
});

it('says where policies begin, and drafts tests for one', async () => {
  const ask = (command: string, ...args: readonly unknown[]): Promise<unknown> =>
    server.request('workspace/executeCommand', { command, arguments: args });
  const start = { line: 0, character: 0 };
  expect(await ask('trustPolicy.policiesIn', uri)).toEqual([{ region: 0, range: { start, end: start } }]);
  expect(await ask('trustPolicy.policiesIn', 'file:///nowhere.json')).toEqual([]);
  expect(await ask('trustPolicy.draftTests', 'file:///nowhere.json', 0)).toBeNull();
  const draft = (await ask('trustPolicy.draftTests', uri, 0)) as { text: string; role: string | null };
  expect(draft.role).toBeNull();
  const results = await ask('trustPolicy.runTests', draft.text, {
    'trust-policy.json': { text, languageId: 'json' },
  });
  const { suites } = results as {
    suites: readonly { region: number; parts: readonly object[]; cases: readonly { passed: boolean }[] }[];
  };
  expect(suites[0]).toMatchObject({ region: 0, parts: [{ kind: 'statement' }, { kind: 'condition' }] });
  expect(suites[0]?.cases.map(({ passed }) => passed)).not.toContain(false);
  expect(suites[0]?.cases.length).toBeGreaterThan(1);
});
