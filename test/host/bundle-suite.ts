/** Bundles the mocha suite into the driver extension, for one of the two extension hosts. */
import path from 'node:path';
import { build, type BuildOptions } from 'esbuild';

/** The extension that carries the bundled suite. */
export const driver = path.join(import.meta.dirname, 'driver');

const options: Readonly<Record<'node' | 'worker', BuildOptions>> = {
  node: { platform: 'node', target: 'node20' },
  worker: { platform: 'browser', target: 'es2022' },
};

/** Returns the file with the bundled suite. */
export async function bundleSuite(host: 'node' | 'worker'): Promise<string> {
  const outfile = path.join(driver, 'dist', `${host}.js`);
  await build({
    ...options[host],
    bundle: true,
    define: { EXPECTED_HOST: JSON.stringify(host) },
    entryPoints: [path.join(import.meta.dirname, 'suite', `main-${host}.ts`)],
    external: ['vscode'],
    format: 'cjs',
    logLevel: 'warning',
    logOverride: { 'require-resolve-not-external': 'silent' }, // files for mocha's parallel mode, unused here
    outfile,
    sourcemap: 'linked',
  });
  return outfile;
}
