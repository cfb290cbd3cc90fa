/**
 * Runs the mocha suite in a real VS Code, on the packaged extension: installed, in the Node.js extension host; with
 * `--worker` in the web worker extension host; with `--desktop` on the repository, in a desktop VS Code, which is
 * downloaded.
 */
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { runTests } from '@vscode/test-electron';
import { bundleSuite, driver } from './bundle-suite.ts';
import { runExtensionTests } from './extension-tests.ts';
import { cacheFolder, ensureHost } from './install.ts';
import { installVsix, makeDataFolder, removeDataFolder } from './server.ts';

const { values: mode } = parseArgs({
  options: { worker: { type: 'boolean' }, desktop: { type: 'boolean' } },
});
const root = path.resolve(import.meta.dirname, '..', '..');
const vsix = path.join(root, 'iam-trust-policy.vsix');
const workspace = path.join(import.meta.dirname, 'workspace');
const tests = await bundleSuite(mode.worker === true ? 'worker' : 'node');

process.exitCode = (mode.desktop === true ? await onDesktop() : await onServer()) ? 0 : 1;

async function onServer(): Promise<boolean> {
  if (!existsSync(vsix)) throw new Error('There is no package to install. Run "npm run package" first.');
  const host = await ensureHost();
  const extensions = await makeDataFolder();
  try {
    await installVsix(host, vsix, extensions);
    const installed = (await readdir(extensions)).find((name) => name.startsWith('iam-trust-policy.')) ?? '';
    // An installed extension runs in Node.js where it can; in a worker it runs as one under development.
    const where =
      mode.worker === true
        ? {
            developmentExtensions: [path.join(extensions, installed), driver],
            extensionHost: 'worker' as const,
          }
        : { developmentExtensions: [driver], extensions };
    return await runExtensionTests(host, { ...where, tests, workspace });
  } finally {
    await removeDataFolder(extensions);
  }
}

async function onDesktop(): Promise<boolean> {
  const exitCode = await runTests({
    cachePath: path.join(cacheFolder, 'desktop'),
    extensionDevelopmentPath: [root, driver],
    extensionTestsPath: tests,
    launchArgs: [workspace, '--disable-extensions', '--disable-workspace-trust', '--disable-telemetry'],
  });
  return exitCode === 0;
}
