/** What the server knows of the workspace: from the disk, or from a client that reads for it. Needs `npm run build`. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { CompletionList } from 'vscode-languageserver';
import { type Client, fullCapabilities, spawnClient, workerClient } from '../harness/lsp-client.ts';
import { fromBuild } from '../package/built.ts';

const policyFor = (issuer: string): string =>
  `{
  "Version": "2012-10-17",
  "Statement": {
    "Effect": "Allow",
    "Principal": { "Federated": "arn:aws:iam::111122223333:oidc-provider/${issuer}" },
    "Action": "sts:AssumeRoleWithWebIdentity",
    "Condition": { "StringEquals": { "${issuer}:sub": "" } }
  }
}
`;
const github = policyFor('token.actions.githubusercontent.com');
const eks = policyFor('oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE');
const config = '[remote "origin"]\n\turl = git@github.com:octo-org/octo-repo.git\n';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'workspace-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const write = (name: string, text: string): void => {
  const file = path.join(folder, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
};

/** Where the subject is to be written. */
function positionOf(text: string): { readonly line: number; readonly character: number } {
  const before = text.slice(0, text.indexOf(':sub": "') + ':sub": "'.length).split('\n');
  return { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
}

/** The first suggestions for the subject. */
async function subjects(client: Client, uri: string, text: string): Promise<readonly string[]> {
  client.notify('textDocument/didOpen', { textDocument: { uri, languageId: 'json', version: 1, text } });
  const list = await client.request('textDocument/completion', {
    textDocument: { uri },
    position: positionOf(text),
  });
  return (list as CompletionList).items.map(({ label }) => label).slice(0, 3);
}

const initialize = async (client: Client, options: object = {}): Promise<void> => {
  await client.request('initialize', {
    processId: null,
    rootUri: null,
    capabilities: fullCapabilities,
    ...options,
  });
  client.notify('initialized', {});
};

async function onDisk(text: string, name = 'roles/trust-policy.json'): Promise<readonly string[]> {
  const server = spawnClient(process.execPath, [fromBuild('dist/server-node.cjs'), '--stdio']);
  try {
    const workspaceFolders = [{ uri: pathToFileURL(folder).href, name: 'project' }];
    await initialize(server, { workspaceFolders });
    return await subjects(server, pathToFileURL(path.join(folder, name)).href, text);
  } finally {
    server.process.kill();
  }
}

it('the repository, its branch and its environments are read from the disk', async () => {
  write('.git/config', config);
  write('.git/HEAD', 'ref: refs/heads/main\n');
  write('.github/workflows/deploy.yml', 'on: push\njobs:\n  ship:\n    environment: production\n');
  expect(await onDisk(github)).toEqual([
    'repo:octo-org/octo-repo:ref:refs/heads/main',
    'repo:octo-org/octo-repo:environment:production',
    'repo:octo-org/octo-repo:pull_request',
  ]);
});

it('a worktree leads to its repository', async () => {
  write('repository/.git/config', config);
  write('repository/.git/worktrees/fix/HEAD', 'ref: refs/heads/fix\n');
  write('repository/.git/worktrees/fix/commondir', '../..\n');
  write('fix/.git', `gitdir: ${path.join(folder, 'repository/.git/worktrees/fix')}\n`);
  const [first] = await onDisk(github, 'fix/trust-policy.json');
  expect(first).toBe('repo:octo-org/octo-repo:ref:refs/heads/fix');
});

it('service accounts are read from manifests below', async () => {
  write('deploy/k8s/api.yaml', 'kind: ServiceAccount\nmetadata: { name: api, namespace: payments }\n');
  write('node_modules/other/sa.yaml', 'kind: ServiceAccount\nmetadata: { name: other, namespace: x }\n');
  expect(await onDisk(eks)).toEqual([
    'system:serviceaccount:payments:api',
    'system:serviceaccount:NAMESPACE:SERVICE_ACCOUNT',
  ]);
});

it('in a browser the client reads, if it says that it can', async () => {
  const root = 'vscode-test-web://mount';
  const files = { [`${root}/.git/config`]: config, [`${root}/.git/HEAD`]: 'ref: refs/heads/main\n' };
  for (const [readsFiles, expected] of [
    [true, 'repo:octo-org/octo-repo:ref:refs/heads/main'],
    [false, 'repo:OWNER/REPOSITORY:ref:refs/heads/BRANCH'],
  ] as const) {
    const server = workerClient(fromBuild('dist/server-browser.js'));
    try {
      server.files = files;
      await initialize(server, { initializationOptions: { readsFiles } });
      expect((await subjects(server, `${root}/roles/trust-policy.json`, github))[0]).toBe(expected);
    } finally {
      server.end();
    }
  }
});

it('a repository without a checkout is told by its address', async () => {
  const server = workerClient(fromBuild('dist/server-browser.js'));
  try {
    await initialize(server, { initializationOptions: { readsFiles: true } });
    const uri = 'vscode-vfs://github/octo-org/octo-repo/roles/trust-policy.json';
    expect((await subjects(server, uri, github))[0]).toBe('repo:octo-org/octo-repo:pull_request');
  } finally {
    server.end();
  }
});

it('parts that can be only a few things are a choice of the snippet', async () => {
  const server = spawnClient(process.execPath, [fromBuild('dist/server-node.cjs'), '--stdio']);
  try {
    await initialize(server);
    const text = policyFor('acme.app.spacelift.io');
    const uri = pathToFileURL(path.join(folder, 'trust-policy.json')).href;
    server.notify('textDocument/didOpen', { textDocument: { uri, languageId: 'json', version: 1, text } });
    const list = await server.request('textDocument/completion', {
      textDocument: { uri },
      position: positionOf(text),
    });
    expect((list as CompletionList).items[0]?.textEditText).toBe(
      '"space:${1:SPACE}:stack:${2:STACK}:run_type:${3|TRACKED,PROPOSED,TASK,TESTING,DESTROY|}:scope:${4|write,read|}"',
    );
  } finally {
    server.process.kill();
  }
});
