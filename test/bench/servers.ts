/** The servers that take turns: ours, and VS Code's JSON language server with a schema for the same documents. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fullCapabilities, spawnClient, type SpawnedClient } from '../harness/lsp-client.ts';

const root = path.resolve(import.meta.dirname, '../..');

export interface Server {
  readonly name: 'ours' | 'JSON server';
  /** Starts it and waits for the answer to `initialize`. */
  readonly start: () => Promise<SpawnedClient>;
}

const capabilities = {
  ...fullCapabilities,
  workspace: { ...fullCapabilities.workspace, configuration: false },
};

async function initialized(command: string, initializationOptions: object): Promise<SpawnedClient> {
  const client = spawnClient(process.execPath, [command, '--stdio']);
  await client.request('initialize', { processId: null, rootUri: null, capabilities, initializationOptions });
  client.notify('initialized', {});
  return client;
}

const ours: Server = {
  name: 'ours',
  start: () => initialized(path.join(root, 'dist/server-node.cjs'), {}),
};

const yardstick: Server = {
  name: 'JSON server',
  start: async () => {
    const command = path.join(
      root,
      'test/bench/node_modules/vscode-langservers-extracted/bin/vscode-json-language-server',
    );
    const client = await initialized(command, { provideFormatter: true, handledSchemaProtocols: ['file'] });
    const schema: unknown = JSON.parse(
      readFileSync(path.join(root, 'schemas/trust-policy.schema.json'), 'utf8'),
    );
    const schemas = [{ fileMatch: ['*.json'], url: 'https://example.invalid/trust-policy.json', schema }];
    client.notify('workspace/didChangeConfiguration', {
      settings: { http: {}, json: { validate: { enable: true }, format: { enable: false }, schemas } },
    });
    return client;
  },
};

export const servers: readonly Server[] = [ours, yardstick];
