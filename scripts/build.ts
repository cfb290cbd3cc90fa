/**
 * `npm run build`: bundles client and server, each for Node.js and for a web worker, and the command line tool;
 * then writes what ships beside them. `npm run watch` (`--watch`) does it again on every change.
 */
import { createHash } from 'node:crypto';
import { readFileSync, watch } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { build, context, type BuildOptions, type Metafile } from 'esbuild';
import { noticesOf } from './build/notices.ts';
import { rulesFolder, writeRulePages } from './build/rule-pages.ts';

const root = path.resolve(import.meta.dirname, '..');
const dist = path.join(root, 'dist');
const watching = process.argv.includes('--watch');

const common: BuildOptions = {
  absWorkingDir: root,
  // For Node.js this package offers CommonJS only, of which nothing that is unused can be left out.
  alias: { yaml: path.join(root, 'node_modules', 'yaml', 'browser', 'index.js') },
  bundle: true,
  charset: 'utf8',
  external: ['vscode'],
  legalComments: 'none', // the licences are in the notices
  logLevel: 'warning',
  metafile: true,
  minify: true,
  sourcemap: watching && 'linked',
};

const node: BuildOptions = {
  ...common,
  format: 'cjs',
  mainFields: ['module', 'main'], // the other build of jsonc-parser cannot be bundled
  platform: 'node',
  target: 'node20',
};

/** Is started by a launcher, which reads it as bytes. */
const launched: BuildOptions = { ...node, charset: 'ascii' };

const worker: BuildOptions = {
  ...common,
  mainFields: ['browser', 'module', 'main'],
  platform: 'browser',
  target: 'es2022',
};

const bundles: readonly BuildOptions[] = [
  { ...node, entryPoints: ['client/src/main-node.ts'], outfile: 'dist/client-node.cjs' },
  {
    ...worker,
    entryPoints: ['client/src/main-browser.ts'],
    outfile: 'dist/client-browser.js',
    format: 'cjs',
  },
  { ...launched, entryPoints: ['server/src/main-node.ts'], outfile: 'dist/server-node.main.cjs' },
  {
    ...worker,
    entryPoints: ['server/src/main-browser.ts'],
    outfile: 'dist/server-browser.js',
    format: 'iife',
  },
  { ...launched, entryPoints: ['cli/src/main.ts'], outfile: 'dist/cli.main.cjs' },
];

/** The programs that start two of them. */
const launchers: readonly BuildOptions[] = [
  { ...node, entryPoints: ['launch/src/main.ts'], outfile: 'dist/server-node.cjs' },
  {
    ...node,
    entryPoints: ['launch/src/main.ts'],
    outfile: 'dist/cli.cjs',
    banner: { js: '#!/usr/bin/env node' },
  },
];

await rm(dist, { recursive: true, force: true });
await mkdir(dist);
await writeRulePages(root, dist);
if (watching) await watchAll();
else await buildAll();

async function buildAll(): Promise<void> {
  const results = await Promise.all(bundles.map((options) => build({ ...options, metafile: true })));
  for (const options of launchers)
    results.push(await build({ ...options, metafile: true, define: hashFor(options) }));
  const metafile = merged(results.map((result) => result.metafile));
  await writeFile(path.join(dist, 'meta.json'), JSON.stringify(metafile));
  await writeFile(path.join(dist, 'third-party-notices.txt'), await noticesOf(metafile, root));
  for (const [file, { bytes }] of Object.entries(metafile.outputs)) {
    console.log(`${file.padEnd(26)} ${(bytes / 1024).toFixed(1).padStart(7)} KB`);
  }
}

/** What tells the bundle of a launcher from all others. */
function hashFor({ outfile = '' }: BuildOptions): Record<string, string> {
  const text = readFileSync(path.join(root, outfile.replace(/\.cjs$/, '.main.cjs')));
  return { bundleHash: JSON.stringify(createHash('sha256').update(text).digest('hex').slice(0, 16)) };
}

async function watchAll(): Promise<void> {
  for (const options of launchers) await build({ ...options, define: { bundleHash: '""' } });
  for (const options of bundles) await (await context({ ...options, logLevel: 'info' })).watch();
  watch(path.join(root, rulesFolder), { recursive: true }, () => void writeRulePages(root, dist));
}

/** One metafile for all bundles, in the format of esbuild's own. */
function merged(metafiles: readonly Metafile[]): Metafile {
  return {
    inputs: Object.fromEntries(metafiles.flatMap(({ inputs }) => Object.entries(inputs))),
    outputs: Object.fromEntries(metafiles.flatMap(({ outputs }) => Object.entries(outputs))),
  };
}
