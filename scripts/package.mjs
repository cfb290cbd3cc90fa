/**
 * `npm run package`: packs the built extension as iam-trust-policy.vsix. Only what is listed here is packed. vsce is
 * fetched for this step alone: as a dependency it would more than double every installation; its version is the last
 * that runs on Node.js 20.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const contents = [
  'CHANGELOG.md',
  'LICENSE',
  'NOTICE',
  'README.md',
  'dist/client-browser.js',
  'dist/client-node.cjs',
  'dist/rules.json',
  'dist/server-browser.js',
  'dist/server-node.cjs',
  'dist/server-node.main.cjs',
  'dist/third-party-notices.txt',
  'images/icon.png',
  'schemas/project-file.completion.json',
  'schemas/trust-tests.schema.json',
  'snippets/json.gen.json',
  'snippets/terraform.gen.code-snippets',
  'snippets/yaml.gen.code-snippets',
  'walkthrough',
];

/** Only the repository needs these. VS Code's web worker host also refuses a package whose type is "module". */
const omitted = new Set(['devDependencies', 'imports', 'private', 'scripts', 'type']);

const root = path.resolve(import.meta.dirname, '..');
const staging = path.join(root, 'dist', 'extension');
const vsix = path.join(root, 'iam-trust-policy.vsix');

const missing = contents.filter((file) => !existsSync(path.join(root, file)));
if (missing.length > 0) {
  console.error(`Cannot pack without ${missing.join(', ')}. What is in dist/ comes from "npm run build".`);
  process.exit(1);
}

rmSync(staging, { recursive: true, force: true });
mkdirSync(staging, { recursive: true });
for (const file of contents) cpSync(path.join(root, file), path.join(staging, file), { recursive: true });
const manifest = Object.entries(JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')));
const shipped = { ...Object.fromEntries(manifest.filter(([key]) => !omitted.has(key))), files: contents };
writeFileSync(path.join(staging, 'package.json'), JSON.stringify(shipped, null, 2));

const args = ['--yes', '@vscode/vsce@3.9.2', 'package', '--no-dependencies', '--out', vsix];
const { status } = spawnSync('npx', args, {
  cwd: staging,
  stdio: ['ignore', 'ignore', 'inherit'],
  shell: process.platform === 'win32',
});
if (status === 0) console.log(`${path.basename(vsix)}: ${(statSync(vsix).size / 1024).toFixed(1)} KB`);
process.exitCode = status ?? 1;
