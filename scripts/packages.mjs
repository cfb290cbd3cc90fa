/** Installs the packages of the lock file when they are not there; runs before there are any packages. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';

/** The repository. */
export const root = path.resolve(import.meta.dirname, '..');

/** npm and npx are scripts on Windows, which only a shell can start. */
export const shell = process.platform === 'win32';

const oldestNode = [20, 19];

/** Installs what the lock file asks for, unless exactly that is installed. Ends the process when that fails. */
export function ensurePackages() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major < (oldestNode[0] ?? 0) || (major === oldestNode[0] && minor < (oldestNode[1] ?? 0))) {
    giveUp(
      `This needs Node.js ${oldestNode.join('.')} or newer; this is ${process.version}. See nodejs.org.`,
    );
  }
  if (areInstalled()) return;
  console.log('Installing the packages of package-lock.json ...');
  const { status } = spawnSync('npm', ['ci', '--ignore-scripts'], { cwd: root, stdio: 'inherit', shell });
  if (status !== 0) giveUp('"npm ci" failed. Is the npm registry reachable?');
}

/** npm leaves a copy of the lock file beside what it has installed, without the packages of other platforms. */
function areInstalled() {
  const wanted = packagesOf('package-lock.json');
  const installed = packagesOf('node_modules/.package-lock.json');
  return Object.entries(wanted).every(
    ([folder, { version, optional }]) =>
      folder === '' || optional === true || installed[folder]?.version === version,
  );
}

/**
 * @param {string} file
 * @returns {Record<string, { version: string, optional?: boolean }>}
 */
function packagesOf(file) {
  try {
    return JSON.parse(readFileSync(path.join(root, file), 'utf8')).packages;
  } catch {
    return {};
  }
}

/** @param {string} reason */
function giveUp(reason) {
  console.error(reason);
  process.exit(1);
}
