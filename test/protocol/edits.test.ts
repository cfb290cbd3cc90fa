/** What the edits of fixes and suggestions come to in an editor. Needs `npm run build`. */
import { afterEach, expect, it } from 'vitest';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { CodeAction, CompletionList, Range, SnippetTextEdit, TextEdit } from 'vscode-languageserver';
import { fullCapabilities, spawnClient, type SpawnedClient } from '../harness/lsp-client.ts';
import { fromBuild } from '../package/built.ts';

const uri = 'file:///project/trust-policy.json';
const policy = `{
\t"Version": "2012-10-17",
\t"Statement": [
\t\t{
\t\t\t"Effect": "Allow",
\t\t\t"Principal": { "Federated": "arn:aws:iam::111122223333:oidc-provider/gitlab.com" },
\t\t\t"Action": "sts:AssumeRoleWithWebIdentity"
\t\t}
\t]
}
`;
const principal: Range = { start: { line: 5, character: 32 }, end: { line: 5, character: 32 } };

let server: SpawnedClient | undefined;
afterEach(() => {
  server?.process.kill();
});

async function opened(text: string, capabilities: object): Promise<SpawnedClient> {
  server?.process.kill();
  server = spawnClient(process.execPath, [fromBuild('dist/server-node.cjs'), '--stdio']);
  await server.request('initialize', { processId: null, rootUri: null, capabilities });
  server.notify('initialized', {});
  server.notify('textDocument/didOpen', {
    textDocument: { uri, languageId: 'json', version: 1, text },
  });
  return server;
}

async function fixes(text: string, capabilities: object): Promise<readonly CodeAction[]> {
  const client = await opened(text, capabilities);
  return (await client.request('textDocument/codeAction', {
    textDocument: { uri },
    range: principal,
    context: { diagnostics: [], only: ['quickfix'] },
  })) as CodeAction[];
}

/** Inserts a snippet as VS Code does: its lines are indented like the one that it begins on. */
function asTyped(document: TextDocument, edit: TextEdit | SnippetTextEdit): TextEdit {
  if (!('snippet' in edit)) return edit;
  const { line, character } = edit.range.start;
  const before = document.getText({ start: { line, character: 0 }, end: { line, character } });
  const indentation = /^\s*/.exec(before)?.[0] ?? '';
  const text = edit.snippet.value
    .replace(/\$\{\d+(?::((?:[^\\}]|\\.)*))?\}/g, '$1')
    .replace(/\\([\\$}])/g, '$1')
    .replaceAll('\n', `\n${indentation}`);
  return { range: edit.range, newText: text };
}

const editsOf = (action: CodeAction | undefined): readonly (TextEdit | SnippetTextEdit)[] => {
  const [change] = action?.edit?.documentChanges ?? [];
  return change && 'edits' in change ? change.edits : [];
};

it('tab stops have numbers of their own, and come to the same text as edits without them', async () => {
  const document = TextDocument.create(uri, 'json', 1, policy);
  const withStops = await fixes(policy, fullCapabilities);
  const without = await fixes(policy, { workspace: { workspaceEdit: { documentChanges: true } } });
  const changed = withStops.findIndex((action) => JSON.stringify(action).includes('"snippet"'));
  expect(changed).toBeGreaterThanOrEqual(0);

  const edits = editsOf(withStops[changed]);
  const values = edits.flatMap((edit) => ('snippet' in edit ? [edit.snippet.value] : []));
  const numbers = values.flatMap((value) => [...value.matchAll(/\$\{(\d+)/g)].map((match) => match[1]));
  expect(numbers).toEqual(numbers.map((_, index) => String(index + 1)));
  expect(numbers.length).toBeGreaterThan(1);

  const typed = TextDocument.applyEdits(
    document,
    edits.map((edit) => asTyped(document, edit)),
  );
  const plain = editsOf(without[changed]).map((edit) => asTyped(document, edit));
  expect(typed).toBe(TextDocument.applyEdits(document, plain));
  expect(typed).toContain('\n\t\t\t\t"StringEquals": {');
});

it('clients that know nothing of versions get plain changes', async () => {
  const [first] = await fixes(policy, {});
  expect(first?.edit?.documentChanges).toBeUndefined();
  expect(first?.edit?.changes?.[uri]?.length).toBeGreaterThan(0);
});

it('suggestions of several lines keep their own indentation', async () => {
  const client = await opened(policy, fullCapabilities);
  const list = (await client.request('textDocument/completion', {
    textDocument: { uri },
    position: { line: 6, character: 15 },
  })) as CompletionList;
  const long = list.items.filter(({ textEditText, textEdit }) =>
    (textEditText ?? textEdit?.newText ?? '').includes('\n'),
  );
  expect(long.length).toBeGreaterThan(0);
  expect(long.every(({ insertTextMode }) => insertTextMode === 1)).toBe(true);
});
