/** What the bundles are made of, and how large they are. Needs `npm run build`. */
import { readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import path from 'node:path';
import type { Metafile } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { packageFolders } from '../../scripts/build/notices.ts';
import { fromBuild, root } from './built.ts';

const meta = JSON.parse(readFileSync(fromBuild('dist/meta.json'), 'utf8')) as Metafile;

/** Kilobytes. Most of the servers are the protocol library, the YAML reader and what is known of IAM. */
const budgets = {
  'dist/client-node.cjs': 520,
  'dist/client-browser.js': 520,
  'dist/server-node.main.cjs': 1200,
  'dist/server-browser.js': 1180,
  'dist/cli.main.cjs': 960,
  // What starts them.
  'dist/server-node.cjs': 4,
  'dist/cli.cjs': 4,
};

/** The packages that our own code may import at run time; the reasons are in docs/adr. */
const runtimePackages = [
  'jsonc-parser',
  'vscode-languageclient',
  'vscode-languageserver',
  'vscode-languageserver-textdocument',
  'vscode-uri',
  'yaml',
];

/** Licences under which code may be passed on as a part of this MIT-licensed project. */
const licences = ['Apache-2.0', 'BlueOak-1.0.0', 'BSD-2-Clause', 'BSD-3-Clause', 'ISC', 'MIT'];

const ownInputs = Object.entries(meta.inputs).filter(([file]) => !file.includes('node_modules/'));
const manifestOf = (folder: string): { name: string; license: string } =>
  JSON.parse(readFileSync(path.join(root, folder, 'package.json'), 'utf8')) as {
    name: string;
    license: string;
  };

/** Every external module that a bundle imports, with the files that ask for it. */
function externals(bundle: string): { module: string; by: string }[] {
  const inputs = Object.keys(meta.outputs[bundle]?.inputs ?? {});
  return inputs.flatMap((by) =>
    (meta.inputs[by]?.imports ?? [])
      .filter(({ external }) => external === true)
      .map(({ path: name }) => ({ module: name.replace(/^node:/, ''), by })),
  );
}

describe.each(Object.entries(budgets))('%s', (bundle, budget) => {
  it(`is at most ${budget} KB`, () => {
    expect(meta.outputs[bundle]?.bytes).toBeLessThanOrEqual(budget * 1024);
  });

  it('reaches no network', () => {
    const network = ['dgram', 'dns', 'dns/promises', 'http', 'http2', 'https', 'tls'];
    expect(externals(bundle).filter(({ module }) => network.includes(module))).toEqual([]);
    // The protocol can also run over a socket, which is not used.
    const sockets = externals(bundle).filter(({ module }) => module === 'net');
    expect(sockets.filter(({ by }) => !/node_modules\/vscode-(?:jsonrpc|languageclient)\//.test(by))).toEqual(
      [],
    );
    const text = readFileSync(path.join(root, bundle), 'utf8');
    expect(text).not.toMatch(/\bfetch\(|XMLHttpRequest|WebSocket|EventSource|sendBeacon/);
  });

  it('makes no code at run time', () => {
    const text = readFileSync(path.join(root, bundle), 'utf8');
    expect(text).not.toMatch(/\beval\(|new Function\(/);
  });
});

describe('the bundles that a launcher starts', () => {
  it.each(['dist/server-node.main.cjs', 'dist/cli.main.cjs'])('%s can be read byte by byte', (bundle) => {
    expect(readFileSync(path.join(root, bundle)).every((byte) => byte < 0x80)).toBe(true);
  });
});

describe('the bundles for browsers', () => {
  it.each(['dist/client-browser.js', 'dist/server-browser.js'])('%s use nothing of Node.js', (bundle) => {
    const builtin = new Set(builtinModules);
    expect(externals(bundle).filter(({ module }) => builtin.has(module))).toEqual([]);
  });
});

describe('the bundled packages', () => {
  it('are those that were decided upon', () => {
    const imported = ownInputs.flatMap(([, { imports }]) => imports.map((one) => one.path));
    const folders = packageFolders({
      inputs: Object.fromEntries(imported.map((file) => [file, { bytes: 0, imports: [] }])),
    });
    expect(runtimePackages).toEqual(expect.arrayContaining(folders.map((folder) => manifestOf(folder).name)));
  });

  it.each(packageFolders(meta))('%s has a licence that allows it', (folder) => {
    expect(licences).toContain(manifestOf(folder).license);
  });

  it('are named in the notices', () => {
    const notices = readFileSync(path.join(root, 'dist', 'third-party-notices.txt'), 'utf8');
    for (const folder of packageFolders(meta)) expect(notices).toContain(manifestOf(folder).name);
  });
});
