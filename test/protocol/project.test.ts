/** The project file in the editor: found upwards, on disk, in the editor or through the client, and followed. Needs `npm run build`. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeEach, expect, it } from 'vitest';
import type { DocumentDiagnosticReport } from 'vscode-languageserver';
import { fullCapabilities, spawnClient, type SpawnedClient } from '../harness/lsp-client.ts';
import { fromBuild } from '../package/built.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'trust-policy-editor-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const write = (name: string, value: unknown): void => {
  const file = path.join(folder, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(value));
};
const uriOf = (name: string): string => pathToFileURL(path.join(folder, name)).href;

const policy = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { AWS: '*' }, Action: 'sts:AssumeRole' }],
});
const severity = (level: string): object => ({ rules: { 'public-principal': level } });

let server: SpawnedClient;
beforeEach(() => {
  server = spawnClient(process.execPath, [fromBuild('dist/server-node.cjs'), '--stdio']);
});
afterEach(() => {
  server.process.kill();
});

async function start(root: string | null, options?: unknown): Promise<void> {
  const capabilities = {
    ...fullCapabilities,
    workspace: {
      ...fullCapabilities.workspace,
      workspaceFolders: true,
      didChangeWatchedFiles: { dynamicRegistration: true },
    },
  };
  await server.request('initialize', {
    processId: null,
    rootUri: null,
    workspaceFolders: root === null ? null : [{ uri: root, name: 'folder' }],
    capabilities,
    initializationOptions: options,
  });
  server.notify('initialized', {});
}
const open = (uri: string, text: string, languageId = 'json'): void => {
  server.notify('textDocument/didOpen', { textDocument: { uri, languageId, version: 1, text } });
};
async function shown(uri: string): Promise<readonly unknown[]> {
  const report = (await server.request('textDocument/diagnostic', {
    textDocument: { uri },
  })) as DocumentDiagnosticReport;
  return report.kind === 'full' ? report.items.map(({ code, severity: level }) => [code, level]) : [report];
}

it('is looked for up to the workspace folder, and no further', async () => {
  write('.trustpolicy.json', severity('hint'));
  write('one/.trustpolicy.json', severity('warning'));
  await start(uriOf('two'));
  const inOther = uriOf('one/roles/trust-policy.json');
  open(inOther, policy);
  expect(await shown(inOther)).toEqual([['public-principal', 2]]);
  const outside = uriOf('three/trust-policy.json');
  open(outside, policy);
  expect(await shown(outside)).toEqual([['public-principal', 4]]);
  const inside = uriOf('two/roles/trust-policy.json');
  open(inside, policy);
  expect(await shown(inside)).toEqual([['public-principal', 1]]);
});

it('counts more than the settings of the editor, and is followed on disk', async () => {
  write('four/.trustpolicy.json', severity('warning'));
  await start(uriOf('four'));
  server.settings = { ...severity('off'), trustedAccounts: ['111122223333'] };
  const uri = uriOf('four/trust-policy.json');
  open(uri, policy);
  expect(await shown(uri)).toEqual([['public-principal', 2]]);
  write('four/.trustpolicy.json', {
    ignore: [{ rule: 'public-principal', file: 'trust-policy.json', reason: 'a demonstration' }],
  });
  server.settings = {};
  server.notify('workspace/didChangeWatchedFiles', {
    changes: [{ uri: uriOf('four/.trustpolicy.json'), type: 2 }],
  });
  await server.next('workspace/diagnostic/refresh');
  expect(await shown(uri)).toEqual([]);
});

it('says, like the editor, which arguments in Terraform take trust policies; a document that is open is read again', async () => {
  await start(uriOf('six'));
  const uri = uriOf('six/main.tf');
  const argument = (name: string): string =>
    `module "${name}" {\n  ${name} = jsonencode({ Statement = [{ Effect = "Allow" }] })\n}\n`;
  open(uri, argument('who_may') + argument('who_else'), 'terraform');
  const missing = async (): Promise<number> =>
    (await shown(uri)).filter((item) => JSON.stringify(item) === '["missing-action",1]').length;
  expect(await missing()).toBe(0);
  server.settings = { terraformArguments: ['who_may'] };
  server.notify('workspace/didChangeConfiguration', { settings: null });
  expect(await missing()).toBe(1);
  write('six/.trustpolicy.json', { terraformArguments: ['who_else'] });
  server.notify('workspace/didChangeWatchedFiles', {
    changes: [{ uri: uriOf('six/.trustpolicy.json'), type: 1 }],
  });
  expect(await missing()).toBe(2);
});

it('is taken as the editor has it, and judged itself', async () => {
  write('five/.trustpolicy.json', severity('warning'));
  await start(uriOf('five'));
  const project = uriOf('five/.trustpolicy.json');
  const uri = uriOf('five/trust-policy.json');
  open(uri, policy);
  open(project, JSON.stringify(severity('none')));
  expect(await shown(project)).toEqual([['invalid-project-file', 1]]);
  expect(await shown(uri)).toEqual([['public-principal', 1]]);
  server.notify('textDocument/didChange', {
    textDocument: { uri: project, version: 2 },
    contentChanges: [{ text: JSON.stringify(severity('hint')) }],
  });
  expect(await shown(project)).toEqual([]);
  expect(await shown(uri)).toEqual([['public-principal', 4]]);
});

it('is asked of the client where there is no disk', async () => {
  server.files = { 'vscode-vfs://github/org/repo/.trustpolicy.json': JSON.stringify(severity('hint')) };
  await start('vscode-vfs://github/org/repo', { readsFiles: true });
  const uri = 'vscode-vfs://github/org/repo/roles/trust-policy.json';
  open(uri, policy);
  expect(await shown(uri)).toEqual([['public-principal', 4]]);
});

it('a document that was never saved goes by the first workspace folder', async () => {
  write('six/.trustpolicy.json', severity('hint'));
  await start(uriOf('six'));
  open('untitled:Untitled-1', policy);
  expect(await shown('untitled:Untitled-1')).toEqual([['public-principal', 4]]);
});
