/** The bundled server as editors meet it: raw messages in, raw messages out. Needs `npm run build`. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type {
  CodeAction,
  CompletionList,
  Diagnostic,
  DocumentDiagnosticReport,
  TextEdit,
} from 'vscode-languageserver';
import { fullCapabilities, spawnClient, type SpawnedClient } from '../harness/lsp-client.ts';
import { fromBuild } from '../package/built.ts';

const uri = 'file:///project/trust-policy.json';
const good = `{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Principal": { "Service": "ec2.amazonaws.com" },
      "Action": "sts:AssumeRole"
    }
  ]
}
`;
const bad = good.replace('"Effect": "Allow"', '"Effect": "Alow"');

let server: SpawnedClient;
beforeEach(() => {
  server = spawnClient(process.execPath, [fromBuild('dist/server-node.cjs'), '--stdio']);
});
afterEach(() => {
  server.process.kill();
});

async function start(
  capabilities: object = fullCapabilities,
  initializationOptions?: unknown,
): Promise<void> {
  await server.request('initialize', { processId: null, rootUri: null, capabilities, initializationOptions });
  server.notify('initialized', {});
}
const open = (text: string, languageId = 'json', at = uri): void => {
  server.notify('textDocument/didOpen', { textDocument: { uri: at, languageId, version: 1, text } });
};
const change = (text: string, version: number): void => {
  server.notify('textDocument/didChange', { textDocument: { uri, version }, contentChanges: [{ text }] });
};
const pull = async (previousResultId?: string): Promise<DocumentDiagnosticReport> =>
  (await server.request('textDocument/diagnostic', {
    textDocument: { uri },
    previousResultId,
  })) as DocumentDiagnosticReport;
const codes = (report: DocumentDiagnosticReport): readonly unknown[] =>
  report.kind === 'full' ? report.items.map(({ code }) => code) : [report.kind];

describe('diagnostics', () => {
  it('are pulled, with code, page and range', async () => {
    await start();
    open(bad);
    const report = await pull();
    expect(report).toMatchObject({
      kind: 'full',
      items: [
        {
          code: 'invalid-effect',
          source: 'trust-policy',
          severity: 1,
          range: { start: { line: 4, character: 16 }, end: { line: 4, character: 22 } },
        },
      ],
    });
    expect(JSON.stringify(report)).toContain('invalid-effect.md');
    expect(codes(await pull(report.resultId))).toEqual(['unchanged']);
  });

  it('follow the text, in and out of being a policy', async () => {
    await start();
    open(good);
    expect(codes(await pull())).toEqual([]);
    change(bad, 2);
    expect(codes(await pull())).toEqual(['invalid-effect']);
    change('{"name": "package", "version": "1.0.0"}', 3);
    expect(codes(await pull())).toEqual([]);
    change(bad, 4);
    expect(codes(await pull())).toEqual(['invalid-effect']);
  });

  it('know what day it is', async () => {
    await start();
    open(
      good.replace(
        '"sts:AssumeRole"',
        '"sts:AssumeRole", "Condition": { "DateLessThan": { "aws:CurrentTime": "2020-06-30" } }',
      ),
    );
    expect(codes(await pull())).toEqual(['date-condition-expired']);
  });

  it('are pushed to clients that cannot pull, with the version', async () => {
    await start({});
    open(bad);
    expect(await server.next('textDocument/publishDiagnostics')).toMatchObject({
      uri,
      version: 1,
      diagnostics: [{ code: 'invalid-effect' }],
    });
    change(good, 2);
    expect(await server.next('textDocument/publishDiagnostics')).toEqual({
      uri,
      version: 2,
      diagnostics: [],
    });
    server.notify('textDocument/didClose', { textDocument: { uri } });
    expect(await server.next('textDocument/publishDiagnostics')).toEqual({ uri, diagnostics: [] });
  });

  it('obey settings, and again when these change', async () => {
    await start();
    open(bad);
    server.settings = { rules: { 'invalid-effect': 'hint' } };
    expect(await pull()).toMatchObject({ items: [{ severity: 4 }] });
    server.settings = { rules: { 'invalid-effect': 'off' } };
    server.notify('workspace/didChangeConfiguration', { settings: null });
    expect(codes(await pull())).toEqual([]);
  });

  it('obey settings of clients without configuration requests', async () => {
    await start({}, { rules: { 'invalid-effect': 'off' } });
    open(bad);
    expect(await server.next('textDocument/publishDiagnostics')).toMatchObject({ diagnostics: [] });
    server.notify('workspace/didChangeConfiguration', {
      settings: { trustPolicy: { rules: { 'invalid-effect': 'error' } } },
    });
    expect(await server.next('textDocument/publishDiagnostics')).toMatchObject({
      diagnostics: [{ code: 'invalid-effect' }],
    });
  });

  it('leave broken JSON to an editor that reports it, but not to others', async () => {
    await start(fullCapabilities, { jsonSyntaxReportedByHost: true });
    open(good.replace('"Allow",', '"Allow"'));
    expect(codes(await pull())).toEqual([]);
  });

  it('come right at the end of a burst', async () => {
    await start();
    open(good);
    const asked: number[] = [];
    for (let version = 2; version < 300; version++) {
      change(version % 2 === 0 ? bad : good, version);
      if (asked.length > 0) server.notify('$/cancelRequest', { id: asked.at(-1) });
      asked.push(server.send('textDocument/diagnostic', { textDocument: { uri } }));
    }
    change(bad, 300);
    expect(codes(await pull())).toEqual(['invalid-effect']);
    const answers = await Promise.all(asked.map((id) => server.answerTo(id)));
    expect(answers.filter(({ error }) => error?.code === -32800).length).toBeGreaterThan(250);
  });
});

describe('code actions', () => {
  const actionsAt = async (
    text: string,
    diagnostic: Diagnostic | undefined,
    only?: readonly string[],
  ): Promise<readonly CodeAction[]> => {
    const range = diagnostic?.range ?? {
      start: { line: 0, character: 0 },
      end: { line: text.split('\n').length, character: 0 },
    };
    const context = { diagnostics: diagnostic ? [diagnostic] : [], ...(only && { only }) };
    return (await server.request('textDocument/codeAction', {
      textDocument: { uri },
      range,
      context,
    })) as CodeAction[];
  };
  const firstOf = (report: DocumentDiagnosticReport): Diagnostic | undefined =>
    report.kind === 'full' ? report.items[0] : undefined;
  const editsOf = (action: CodeAction | undefined): readonly TextEdit[] => {
    const [changed] = action?.edit?.documentChanges ?? [];
    if (!changed || !('edits' in changed)) throw new Error('No edits.');
    expect(changed.textDocument).toEqual({ uri, version: 1 });
    return changed.edits as readonly TextEdit[];
  };
  const withResource = good.replace('"sts:AssumeRole"', '"sts:AssumeRole",\n      "Resource": "*"');

  it('repair what the diagnostic says, in the version it was about', async () => {
    await start();
    open(withResource);
    const [action] = await actionsAt(withResource, firstOf(await pull()));
    expect(action).toMatchObject({
      kind: 'quickfix',
      isPreferred: true,
      diagnostics: [{ code: 'resource-not-allowed' }],
    });
    const text = TextDocument.create(uri, 'json', 1, withResource);
    expect(TextDocument.applyEdits(text, [...editsOf(action)])).toBe(good);
  });

  it('have tab stops where the client takes them, and readable words where not', async () => {
    const trusting = good.replace('{ "Service": "ec2.amazonaws.com" }', '{ "AWS": "999988887777" }');
    const offered = async (capabilities: object): Promise<string> => {
      await start(capabilities);
      open(trusting);
      const range = { start: { line: 5, character: 30 }, end: { line: 5, character: 30 } };
      return JSON.stringify(
        await server.request('textDocument/codeAction', {
          textDocument: { uri },
          range,
          context: { diagnostics: [] },
        }),
      );
    };
    expect(await offered(fullCapabilities)).toMatch(
      /"snippet":\{"kind":"snippet","value":"[^"]*\\"[^}]*\$\{1:[A-Z_]+\}/,
    );
    server.process.kill();
    server = spawnClient(process.execPath, [fromBuild('dist/server-node.cjs'), '--stdio']);
    const plain = await offered({
      ...fullCapabilities,
      workspace: { workspaceEdit: { documentChanges: true } },
    });
    expect(plain).not.toContain('"snippet"');
    expect(plain).not.toMatch(/[\uFDD0-\uFDEF]/);
  });

  it('fix all that is safe, only when asked', async () => {
    await start();
    open(withResource);
    await pull();
    expect((await actionsAt(withResource, undefined)).map(({ kind }) => kind)).not.toContain(
      'source.fixAll.trustPolicy',
    );
    const [all] = await actionsAt(withResource, undefined, ['source.fixAll']);
    expect(all?.kind).toBe('source.fixAll.trustPolicy');
    expect(
      TextDocument.applyEdits(TextDocument.create(uri, 'json', 1, withResource), [...editsOf(all)]),
    ).toBe(good);
  });

  it('explain rules to clients that know the command', async () => {
    await start(fullCapabilities, { commands: ['trustPolicy.explainRule'] });
    open(bad);
    const actions = await actionsAt(bad, firstOf(await pull()));
    expect(actions.at(-1)?.command).toMatchObject({
      command: 'trustPolicy.explainRule',
      arguments: ['invalid-effect'],
    });
  });
});

describe('places', () => {
  const at = (line: number, character: number) => ({ textDocument: { uri }, position: { line, character } });

  it('are completed, with documentation on demand', async () => {
    await start();
    open(good);
    const list = (await server.request('textDocument/completion', at(5, 40))) as CompletionList;
    const item = list.items.find(({ label }) => label === 'lambda.amazonaws.com');
    expect(item).toBeDefined();
    expect(list.itemDefaults?.editRange).toBeDefined();
    expect(await server.request('completionItem/resolve', item)).toMatchObject({
      documentation: { kind: 'markdown' },
    });
  });

  it('are explained', async () => {
    await start();
    open(good);
    expect(JSON.stringify(await server.request('textDocument/hover', at(6, 20)))).toContain('AssumeRole');
    expect(await server.request('textDocument/hover', at(0, 0))).toBeNull();
  });

  it('are outlined', async () => {
    await start();
    open(good);
    const symbols = await server.request('textDocument/documentSymbol', { textDocument: { uri } });
    expect(JSON.stringify(symbols)).toContain('Allow ec2.amazonaws.com');
  });
});

describe('whatever comes', () => {
  it('garbage between messages ends nothing', async () => {
    await start();
    server.writeRaw('complete nonsense\r\n\r\n');
    server.writeRaw('Content-Length: 12\r\n\r\n{"not json"}}');
    server.writeRaw('Content-Length: many\r\n\r\n{}\0\u{1F600} more nonsense');
    open(bad);
    expect(codes(await pull())).toEqual(['invalid-effect']);
  });

  it('unknown requests, wrong parameters and closed documents are answered', async () => {
    await start();
    await expect(server.request('textDocument/unheardOf', {})).rejects.toThrow('Unhandled method');
    await expect(server.request('textDocument/hover', { nothing: true })).rejects.toThrow();
    expect(codes(await pull())).toEqual([]);
    open(bad);
    expect(codes(await pull())).toEqual(['invalid-effect']);
  });

  it('ends when it is told to', async () => {
    await start();
    await server.request('shutdown');
    server.notify('exit');
    expect(await server.exited).toBe(0);
  });

  it('ends with its client', async () => {
    await start();
    server.process.stdin.end();
    expect(await server.exited).toBe(1);
  });
});
