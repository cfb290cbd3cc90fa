/** Templates, as any editor can ask the bundled server for them. Needs `npm run build`. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fullCapabilities, spawnClient, type SpawnedClient } from '../harness/lsp-client.ts';
import { fromBuild } from '../package/built.ts';

const uri = 'file:///project/trust-policy.json';
const text = `{
  "Version": "2012-10-17",
  "Statement": [
    { "Effect": "Allow", "Principal": { "Service": "ec2.amazonaws.com" }, "Action": "sts:AssumeRole" }
  ]
}
`;
const end = { line: 3, character: 20 };

let server: SpawnedClient;
beforeEach(() => {
  server = spawnClient(process.execPath, [fromBuild('dist/server-node.cjs'), '--stdio']);
});
afterEach(() => {
  server.process.kill();
});

async function start(capabilities: object): Promise<void> {
  await server.request('initialize', { processId: null, rootUri: null, capabilities });
  server.notify('initialized', {});
  server.notify('textDocument/didOpen', { textDocument: { uri, languageId: 'json', version: 7, text } });
}

const run = (command: string, ...args: readonly unknown[]): Promise<unknown> =>
  server.request('workspace/executeCommand', { command: `trustPolicy.${command}`, arguments: args });

describe('the commands', () => {
  it('list the templates with what is known of them', async () => {
    await start(fullCapabilities);
    const listed = (await run('listTemplates')) as Readonly<Record<string, unknown>>[];
    expect(listed.length).toBeGreaterThanOrEqual(40);
    expect(Object.keys(listed[0] ?? {})).toEqual(['name', 'family', 'title', 'description', 'when', 'links']);
  });

  it('print a template as text and as a snippet whose equal stops belong together', async () => {
    await start({});
    const printed = (await run('printTemplate', 'eks-irsa', 'terraform-jsonencode')) as Record<
      string,
      string
    >;
    expect(printed['text']).toContain(
      'oidc.eks.us-east-1.amazonaws.com/id/EXAMPLE0123456789ABCDEF012345678:sub',
    );
    expect(printed['snippet']).toContain('oidc.eks.${2:us-east-1}.amazonaws.com/id/');
    expect(printed['snippet']?.match(/\$\{2:us-east-1\}/g)).toHaveLength(3);
  });

  it('show what a document would become, without changing it', async () => {
    await start({});
    const preview = (await run('previewTemplate', uri, end, 'lambda')) as Readonly<Record<string, unknown>>;
    const shown = String(preview['text']);
    expect(shown.slice(Number(preview['start']), Number(preview['end']))).toContain('lambda.amazonaws.com');
    expect(JSON.parse(shown)).toHaveProperty('Statement.length', 2);
  });

  it('put a template into the policy at a position, with tab stops where the client takes them', async () => {
    await start(fullCapabilities);
    expect(await run('placeTemplate', uri, end, 'github-branch')).toEqual({ applied: true });
    const asked = await server.next('workspace/applyEdit');
    expect(asked).toMatchObject({ edit: { documentChanges: [{ textDocument: { uri, version: 7 } }] } });
    expect(JSON.stringify(asked)).toContain('repo:${2:octo-org}/${3:octo-repo}:ref:refs/heads/${4:main}');
  });

  it('put plain examples in place of the tab stops where the client knows none', async () => {
    await start({ workspace: { applyEdit: true } });
    expect(await run('placeTemplate', uri, end, 'github-branch')).toEqual({ applied: true });
    const asked = (await server.next('workspace/applyEdit')) as {
      edit: { changes: Record<string, object[]> };
    };
    expect(JSON.stringify(asked.edit.changes[uri])).toContain('repo:octo-org/octo-repo:ref:refs/heads/main');
  });

  it('say why there is no place', async () => {
    await start(fullCapabilities);
    const refused = await run('placeTemplate', uri, end, 'hub-identity-policy');
    expect(refused).toMatchObject({ refused: expect.stringContaining('no trust policy') as string });
    expect(await run('previewTemplate', uri, end, 'hub-identity-policy')).toEqual(refused);
  });

  it.each([
    ['printTemplate', ['nothing', 'json'], 'There is no template "nothing".'],
    ['printTemplate', ['ec2', 7], 'There is no host 7.'],
    ['placeTemplate', ['file:///other.json', end, 'ec2'], 'The document "file:///other.json" is not open.'],
    ['placeTemplate', [uri, 'here', 'ec2'], 'A position has a line and a character.'],
    ['previewTemplate', [], 'is not open.'],
  ])('%s of %j is an error that says what is wrong', async (command, args, message) => {
    await start(fullCapabilities);
    await expect(run(command, ...args)).rejects.toThrow(message);
    expect(await run('listTemplates')).toBeInstanceOf(Array);
  });
});
