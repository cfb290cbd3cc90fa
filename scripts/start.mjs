/**
 * `npm start`: opens VS Code with the extension and some examples. Installs and builds first. Uses the desktop VS Code
 * if `code` is on the PATH, otherwise one that comes from the npm registry and is shown by a browser.
 */
import { spawn, spawnSync } from 'node:child_process';
import path from 'node:path';
import { ensurePackages, root, shell } from './packages.mjs';

// To test this very command: opens the page in a headless Chromium, and ends when that shows findings.
const smoke = process.argv.includes('--smoke');
const examples = path.join(root, 'examples');
const example = path.join(examples, 'open-to-everyone.json');

ensurePackages();
console.log('Building the extension ...');
const build = spawnSync('npm', ['run', '--silent', 'build'], { cwd: root, stdio: 'inherit', shell });
if (build.status !== 0) process.exit(build.status ?? 1);

if (smoke || !openDesktop()) serve();

/** Whether there was a desktop VS Code, which is now open. */
function openDesktop() {
  if (spawnSync('code', ['--version'], { stdio: 'ignore', shell }).status !== 0) return false;
  console.log('Opening VS Code with the extension and the folder examples/ ...');
  const args = ['--new-window', `--extensionDevelopmentPath=${root}`, examples, example];
  return spawnSync('code', args, { stdio: 'inherit', shell }).status === 0;
}

function serve() {
  if (!smoke)
    console.log('There is no desktop VS Code ("code" is not on the PATH), so a browser will show one.');
  const script = path.join(root, 'test', 'host', 'serve.ts');
  const args = ['--import', 'tsx', script, examples, example, ...(smoke ? ['--smoke'] : [])];
  const server = spawn(process.execPath, args, { cwd: root, stdio: 'inherit' });
  // This process stays until the other has cleaned up.
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => server.kill('SIGTERM'));
  server.on('exit', (code) => process.exit(code ?? 0));
}
