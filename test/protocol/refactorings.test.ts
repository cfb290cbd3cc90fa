/** Code actions without findings, as editors get them. Needs `npm run build`. */
import { afterEach, expect, it } from 'vitest';
import type { CodeAction, InitializeResult, WorkspaceEdit } from 'vscode-languageserver';
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

async function opened(capabilities: object, text = policy, languageId = 'json'): Promise<InitializeResult> {
  server = spawnClient(process.execPath, [fromBuild('dist/server-node.cjs'), '--stdio']);
  const result = await server.request('initialize', { processId: null, rootUri: null, capabilities });
  server.notify('initialized', {});
  server.notify('textDocument/didOpen', {
    textDocument: { uri, languageId, version: 1, text },
  });
  return result as InitializeResult;
}

async function actionsAt(line: number, only?: readonly string[]): Promise<readonly CodeAction[]> {
  const position = { line, character: 30 };
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

it('what mends a finding is not offered a second time', async () => {
  await opened(fullCapabilities, policy.replace('"111122223333"', '"*"'));
  const title = 'Restrict to your organization';
  const inPlace = (await actionsAt(5)).filter((action) => action.title === title);
  expect(inPlace.map(({ kind }) => kind)).toEqual(['quickfix']);
  expect((await actionsAt(6)).map((action) => action.title)).toContain(title);
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

const role = (principal: string): string => `resource "aws_iam_role" "x" {
  name               = "x"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = { AWS = ${principal} }, Action = "sts:AssumeRole" }]
  })
}
`;
const files = {
  workspace: { workspaceEdit: { documentChanges: true, resourceOperations: ['create'] } },
  textDocument: { codeAction: { disabledSupport: true } },
};

it('a policy moves to a file that is made first, where the client can make files', async () => {
  await opened(files, role('"111122223333"'), 'terraform');
  const [action] = await actionsAt(4, ['refactor.extract']);
  const [create, fill, replace] = (action?.edit as Required<WorkspaceEdit>).documentChanges;
  expect(create).toMatchObject({ kind: 'create', uri: 'file:///project/x.trust-policy.json' });
  expect(JSON.stringify(fill)).toContain('111122223333');
  expect(JSON.stringify(replace)).toContain('file(');
  server?.process.kill();
  await opened({}, role('"111122223333"'), 'terraform');
  expect(await actionsAt(4, ['refactor.extract'])).toEqual([]);
});

it('what is refused says why, where the client shows it', async () => {
  await opened(files, role('var.vendor'), 'terraform');
  const [refused] = await actionsAt(4, ['refactor.extract']);
  expect(refused?.disabled?.reason).toContain('expressions');
  expect(refused?.edit).toBeUndefined();
  server?.process.kill();
  await opened(fullCapabilities, role('var.vendor'), 'terraform');
  expect(await actionsAt(4, ['refactor.extract'])).toEqual([]);
});

it('other forms of a policy are rewrites, each with a kind of its own', async () => {
  await opened(fullCapabilities, role('"111122223333"'), 'terraform');
  const kinds = (await actionsAt(4, ['refactor.rewrite.trustPolicy.form'])).map(({ kind }) => kind);
  expect(kinds).toEqual([
    'refactor.rewrite.trustPolicy.form.terraform-heredoc',
    'refactor.rewrite.trustPolicy.form.terraform-policy-document',
  ]);
});
