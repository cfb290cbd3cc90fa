/** The Chromium that the tests look at the workbench with: where it is, and how it is installed. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const wellKnown = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/google-chrome',
  '/usr/bin/chromium-browser',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/**
 * The first Chromium there is. The variable CHROMIUM names another.
 * @returns {string}
 */
export function findChromium() {
  const candidates = process.env['CHROMIUM'] ? [process.env['CHROMIUM']] : wellKnown;
  const found = candidates.find((file) => existsSync(file));
  if (found !== undefined) return found;
  throw new Error(
    `There is no Chromium at ${candidates.join(', ')}.\n` +
      'Install it ("apt-get install chromium" on Debian and Ubuntu), or set CHROMIUM to the path of one.',
  );
}

/** Installs Debian's Chromium if there is none and this user may; otherwise the error says what to do. */
export function ensureChromium() {
  try {
    return findChromium();
  } catch (missing) {
    if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) throw missing;
  }
  console.log('Chromium is missing; installing the package of the distribution.');
  const apt = (/** @type {string[]} */ ...args) =>
    spawnSync('apt-get', ['-qq', '-y', ...args], { stdio: ['ignore', 'ignore', 'inherit'] });
  apt('update');
  apt('install', '--no-install-recommends', 'chromium');
  return findChromium();
}
