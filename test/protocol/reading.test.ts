/** Hints, links, folds and selections over the wire. Needs `npm run build`. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { fullCapabilities, spawnClient, type SpawnedClient } from '../harness/lsp-client.ts';
import { fromBuild } from '../package/built.ts';

const json = `{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Principal": { "AWS": "arn:aws:iam::464622532012:root", "Service": "lambda.amazonaws.com" },
      "Action": "sts:AssumeRole"
    }
  ]
}
`;
const terraform = `resource "aws_iam_role" "ci" {
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = { Service = "ec2.amazonaws.com" }, Action = "sts:AssumeRole" }]
  })
}
`;

let server: SpawnedClient;
beforeEach(async () => {
  server = spawnClient(process.execPath, [fromBuild('dist/server-node.cjs'), '--stdio']);
  await server.request('initialize', { processId: null, rootUri: null, capabilities: fullCapabilities });
  server.notify('initialized', {});
});
afterEach(() => {
  server.process.kill();
});

const open = (uri: string, languageId: string, text: string): { readonly uri: string } => {
  server.notify('textDocument/didOpen', { textDocument: { uri, languageId, version: 1, text } });
  return { uri };
};
const everything = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };

it('hints stand behind account ids, until they are turned off', async () => {
  const textDocument = open('file:///project/trust-policy.json', 'json', json);
  const ask = (range: object): Promise<unknown> =>
    server.request('textDocument/inlayHint', { textDocument, range });
  expect(await ask(everything)).toMatchObject([{ label: 'Datadog', position: { line: 5, character: 60 } }]);
  expect(await ask({ start: { line: 0, character: 0 }, end: { line: 2, character: 0 } })).toEqual([]);
  server.settings = { inlayHints: false };
  server.notify('workspace/didChangeConfiguration', { settings: null });
  expect(await ask(everything)).toEqual([]);
});

it('services link to the page about their roles', async () => {
  const textDocument = open('file:///project/trust-policy.json', 'json', json);
  expect(await server.request('textDocument/documentLink', { textDocument })).toMatchObject([
    {
      range: { start: { line: 5, character: 74 } },
      target: expect.stringMatching(/^https:\/\/docs\.aws\.amazon\.com\/lambda\//) as unknown,
    },
  ]);
});

it('Terraform folds and selects step by step; JSON is left to the editor', async () => {
  const role = open('file:///project/role.tf', 'terraform', terraform);
  expect(await server.request('textDocument/foldingRange', { textDocument: role })).toEqual([
    { startLine: 0, endLine: 4 },
    { startLine: 1, endLine: 3 },
  ]);
  const positions = [{ line: 3, character: 70 }];
  const [selection] = (await server.request('textDocument/selectionRange', {
    textDocument: role,
    positions,
  })) as { range: object; parent?: { range: object } }[];
  expect(selection?.parent).toBeDefined();
  const policy = open('file:///project/trust-policy.json', 'json', json);
  expect(await server.request('textDocument/foldingRange', { textDocument: policy })).toBeNull();
  expect(await server.request('textDocument/selectionRange', { textDocument: policy, positions })).toBeNull();
});

it('documents that are not open, or hold no policy, have none of it', async () => {
  const other = open('file:///project/package.json', 'json', '{ "name": "x" }');
  for (const textDocument of [{ uri: 'file:///project/none.json' }, other]) {
    expect(await server.request('textDocument/inlayHint', { textDocument, range: everything })).toEqual([]);
    expect(await server.request('textDocument/documentLink', { textDocument })).toEqual([]);
    expect(await server.request('textDocument/foldingRange', { textDocument })).toBeNull();
    expect(await server.request('textDocument/selectionRange', { textDocument, positions: [] })).toBeNull();
  }
});
