/** What the light bulb offers besides fixes: ways to ignore a finding, why a fix cannot be made, the page; and all safe fixes. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeEach, expect, it } from 'vitest';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { CodeAction, Diagnostic, TextDocumentEdit, TextEdit } from 'vscode-languageserver';
import { fullCapabilities, spawnClient, type SpawnedClient } from '../harness/lsp-client.ts';
import { fromBuild } from '../package/built.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'trust-policy-actions-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});
const uriOf = (name: string): string => pathToFileURL(path.join(folder, name)).href;

let server: SpawnedClient;
beforeEach(() => {
  server = spawnClient(process.execPath, [fromBuild('dist/server-node.cjs'), '--stdio']);
});
afterEach(() => {
  server.process.kill();
});

const able = {
  ...fullCapabilities,
  window: { showDocument: { support: true } },
  workspace: {
    ...fullCapabilities.workspace,
    workspaceEdit: { documentChanges: true, resourceOperations: ['create'] },
  },
  textDocument: {
    ...fullCapabilities.textDocument,
    codeAction: { ...fullCapabilities.textDocument.codeAction, disabledSupport: true },
  },
};

async function start(root: string, capabilities: object = able): Promise<void> {
  await server.request('initialize', {
    processId: null,
    rootUri: null,
    workspaceFolders: [{ uri: root, name: 'folder' }],
    capabilities,
  });
  server.notify('initialized', {});
}

function open(uri: string, languageId: string, text: string): TextDocument {
  server.notify('textDocument/didOpen', { textDocument: { uri, languageId, version: 1, text } });
  return TextDocument.create(uri, languageId, 1, text);
}

async function actionsAt(
  document: TextDocument,
  words: string,
  only?: string,
): Promise<readonly CodeAction[]> {
  const at = document.getText().indexOf(words);
  return (await server.request('textDocument/codeAction', {
    textDocument: { uri: document.uri },
    range: { start: document.positionAt(at), end: document.positionAt(at) },
    context: { diagnostics: [], ...(only !== undefined && { only: [only] }) },
  })) as readonly CodeAction[];
}

const titled = (actions: readonly CodeAction[], part: string): CodeAction => {
  const found = actions.find(({ title }) => title.includes(part));
  if (found === undefined)
    throw new Error(`${part} is not among: ${actions.map(({ title }) => title).join(', ')}`);
  return found;
};

const applied = (document: TextDocument, { edit }: CodeAction): string => {
  const change = edit?.documentChanges?.at(-1) as TextDocumentEdit;
  return TextDocument.applyEdits(document, change.edits as TextEdit[]);
};

async function codesIn(uri: string): Promise<readonly unknown[]> {
  const report = (await server.request('textDocument/diagnostic', { textDocument: { uri } })) as {
    readonly items: readonly Diagnostic[];
  };
  return report.items.map(({ code }) => code);
}

const policy = `{
  "Version": "2012-10-17",
  "Statement": [
    { "Sid": "Open", "Effect": "Allow", "Principal": { "AWS": "*" }, "Action": "sts:AssumeRole" }
  ]
}
`;

it('a project file is made where there is none, and then the finding is gone', async () => {
  await start(uriOf('new'));
  const document = open(uriOf('new/roles/trust-policy.json'), 'json', policy);
  const actions = await actionsAt(document, '"*"');
  expect(actions.some(({ title }) => title.includes('comment'))).toBe(false);
  const { edit } = titled(actions, '.trustpolicy.json');
  const project = uriOf('new/.trustpolicy.json');
  expect(edit?.documentChanges).toMatchObject([
    { kind: 'create', uri: project, options: { ignoreIfExists: true } },
    { textDocument: { uri: project, version: null } },
  ]);
  const text = applied(TextDocument.create(project, 'json', 0, ''), { title: '', ...(edit && { edit }) });
  expect(JSON.parse(text)).toEqual({
    ignore: [{ rule: 'public-principal', file: 'roles/trust-policy.json', sid: 'Open', reason: 'say why' }],
  });
  open(project, 'json', text);
  // Until a reason is written, nothing is ignored.
  expect(await codesIn(project)).toEqual(['suppression-without-reason']);
  expect(await codesIn(document.uri)).toEqual(['public-principal']);
  server.notify('textDocument/didChange', {
    textDocument: { uri: project, version: 2 },
    contentChanges: [{ text: text.replace('say why', 'a demonstration') }],
  });
  expect(await codesIn(project)).toEqual([]);
  expect(await codesIn(document.uri)).toEqual([]);
});

it('a project file that is there is added to, in the version that the editor has', async () => {
  await start(uriOf('there'));
  const project = open(
    uriOf('there/.trustpolicy.json'),
    'json',
    '{\n  // ours\n  "trustedAccounts": ["111122223333"]\n}\n',
  );
  const document = open(uriOf('there/trust-policy.json'), 'json', policy);
  const action = titled(await actionsAt(document, '"*"'), '.trustpolicy.json');
  expect(action.edit?.documentChanges).toMatchObject([{ textDocument: { uri: project.uri, version: 1 } }]);
  const text = applied(project, action);
  expect(text).toContain('// ours\n  "trustedAccounts": ["111122223333"],\n  "ignore": [');
  server.notify('textDocument/didChange', {
    textDocument: { uri: project.uri, version: 2 },
    contentChanges: [{ text: text.replace('say why', 'a demonstration') }],
  });
  expect(await codesIn(document.uri)).toEqual([]);
});

it('a project file that is broken, or cannot be made, is left alone', async () => {
  mkdirSync(path.join(folder, 'broken'));
  writeFileSync(path.join(folder, 'broken/.trustpolicy.json'), '{ "ignore": [');
  await start(uriOf('broken'));
  const document = open(uriOf('broken/trust-policy.json'), 'json', policy);
  const titles = (await actionsAt(document, '"*"')).map(({ title }) => title);
  expect(titles.filter((title) => title.includes('.trustpolicy.json'))).toEqual([]);
});

it('a comment is written where the language has them', async () => {
  await start(uriOf('yaml'));
  const text = `Role:
  AssumeRolePolicyDocument:
    Version: '2012-10-17'
    Statement:
      - Effect: Allow
        Principal:
          AWS: '*'
        Action: sts:AssumeRole
`;
  const document = open(uriOf('yaml/template.yaml'), 'yaml', text);
  const after = applied(document, titled(await actionsAt(document, "'*'"), 'comment'));
  expect(after).toBe(
    text.replace("AWS: '*'", "# trust-policy-ignore public-principal: say why\n          AWS: '*'"),
  );
});

it('a fix that cannot be made here says why, to those who can show it', async () => {
  const role = (statement: string): string => `
  AssumeRolePolicyDocument:
    Version: '2012-10-17'
    Statement:
      - ${statement}`;
  const one = role(
    "&lambda { Effect: Allow, Principal: { Service: lamda.amazonaws.com }, Action: 'sts:AssumeRole' }",
  );
  const text = `One:${one}\nTwo:${role('*lambda')}\n`;
  await start(uriOf('refused'));
  const document = open(uriOf('refused/template.yaml'), 'yaml', text);
  const actions = await actionsAt(document, '*lambda');
  const refused = actions.filter(({ disabled }) => disabled !== undefined);
  expect(refused.length).toBeGreaterThan(0);
  for (const { disabled, edit } of refused) {
    expect(disabled?.reason).toContain('alias');
    expect(edit).toBeUndefined();
  }
});

it('the page of a rule is opened by clients that open addresses', async () => {
  await start(uriOf('page'));
  const document = open(uriOf('page/trust-policy.json'), 'json', policy);
  const { command } = titled(await actionsAt(document, '"*"'), 'Explain');
  void server.request('workspace/executeCommand', command);
  expect(await server.next('window/showDocument')).toMatchObject({
    uri: expect.stringContaining('public-principal.md') as string,
    external: true,
  });
  await expect(
    server.request('workspace/executeCommand', { command: 'trustPolicy.openRulePage', arguments: ['x'] }),
  ).rejects.toThrow('no such rule');
});

it('all safe fixes are applied until there are none left', async () => {
  await start(uriOf('all'));
  const text = policy
    .replace('"*"', '["111122223333", "arn:aws:iam::111122223333:root", "arn:aws:iam::111122223333:root"]')
    .replace('"sts:AssumeRole"', '["sts:AssumeRole", "sts:AssumeRole", "sts:assumerole"],');
  const document = open(uriOf('all/trust-policy.json'), 'json', text);
  const fix = titled(await actionsAt(document, 'Version', 'source.fixAll'), 'safe fixes');
  const after = applied(document, fix);
  server.notify('textDocument/didChange', {
    textDocument: { uri: document.uri, version: 2 },
    contentChanges: [{ text: after }],
  });
  expect(await actionsAt(document, 'Version', 'source.fixAll.trustPolicy')).toEqual([]);
  expect(JSON.parse(after)).toMatchObject({
    Statement: [{ Principal: { AWS: ['111122223333'] }, Action: ['sts:AssumeRole'] }],
  });
});

it('what is moot is faded, what is deprecated struck out', async () => {
  await start(uriOf('tags'));
  const text = policy
    .replace('"2012-10-17"', '"2008-10-17"')
    .replace('"sts:AssumeRole"', '["sts:AssumeRole", "sts:AssumeRole"]');
  const document = open(uriOf('tags/trust-policy.json'), 'json', text);
  const { items } = (await server.request('textDocument/diagnostic', {
    textDocument: { uri: document.uri },
  })) as { readonly items: readonly Diagnostic[] };
  const tagsOf = (rule: string): unknown => items.find(({ code }) => code === rule)?.tags;
  expect(tagsOf('duplicate-action')).toEqual([1]);
  expect(tagsOf('outdated-version')).toEqual([2]);
  expect(tagsOf('public-principal')).toBeUndefined();
});
