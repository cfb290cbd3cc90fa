/**
 * Installs VS Code's server and web workbench from the npm registry alone, for tests and for `npm start`.
 * The code-server package carries a complete build of VS Code; it is unpacked with the few packages that it needs
 * at run time. Nothing is compiled. The result is kept until the pins or this installer change.
 */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import pins from './pins.json' with { type: 'json' };
import { writeStandIns } from './stand-ins.ts';

/** An installed VS Code. */
export interface Host {
  /** The Node.js executable that runs it. */
  readonly node: string;
  /** The folder with VS Code's out/, extensions/ and product.json. */
  readonly vscode: string;
}

interface Pin {
  readonly codeServer: string;
  readonly integrity: string;
  readonly node: string;
}

/** Where hosts are kept; git ignores it. */
export const cacheFolder = path.resolve(
  process.env['VSCODE_HOST_CACHE'] ?? path.join(import.meta.dirname, '..', '..', '.vscode-test'),
);

/** What the server, the extension host and the text editor need: no AI agents, no terminal, no Windows. */
const runtimeDependencies = new Set(
  `@microsoft/1ds-core-js @microsoft/1ds-post-js @parcel/watcher @vscode/iconv-lite-umd @vscode/proxy-agent
  @vscode/ripgrep-universal cookie http-proxy-agent https-proxy-agent jschardet minimist tas-client tas-client-umd
  vscode-oniguruma vscode-regexpp vscode-textmate ws yauzl yazl`.split(/\s+/),
);

/** Built-in extensions that are large, or need an account, the network or a native add-on. */
const unwantedExtensions = [
  'copilot',
  'github',
  'mermaid-markdown-features',
  'microsoft-authentication',
  'ms-vscode.js-debug',
  'ms-vscode.js-debug-companion',
  'ms-vscode.vscode-js-profile-table',
  'terminal-suggest',
  'tunnel-forwarding',
];

/** Returns the pinned VS Code, installing it first when necessary. VSCODE_HOST names another of the pins. */
export async function ensureHost(): Promise<Host> {
  const name = process.env['VSCODE_HOST'] ?? pins.default;
  const pin = new Map<string, Pin>(Object.entries(pins.hosts)).get(name);
  if (!pin) throw new Error(`No VS Code "${name}" is pinned. Known: ${Object.keys(pins.hosts).join(', ')}.`);

  const folder = path.join(cacheFolder, `host-${name}`);
  const stamp = await fingerprint(pin);
  const installed = await readFile(path.join(folder, 'stamp'), 'utf8').catch(() => undefined);
  if (installed !== stamp) await install(name, pin, folder, stamp);

  const ownNode = path.join(folder, 'node');
  return { vscode: path.join(folder, 'vscode'), node: existsSync(ownNode) ? ownNode : process.execPath };
}

async function install(name: string, pin: Pin, folder: string, stamp: string): Promise<void> {
  const started = Date.now();
  console.error(
    `Installing VS Code ${name} (code-server ${pin.codeServer}) into ${path.relative('', folder)} ...`,
  );
  await mkdir(cacheFolder, { recursive: true });
  await removeAbandoned();
  const staging = await mkdtemp(path.join(cacheFolder, 'install-'));
  try {
    await Promise.all([installVsCode(pin, path.join(staging, 'vscode')), installNode(pin, staging)]);
    await writeFile(path.join(staging, 'stamp'), stamp);
    await rm(folder, { recursive: true, force: true });
    await rename(staging, folder).catch((error: unknown) => {
      if (!existsSync(path.join(folder, 'stamp'))) throw error; // otherwise another process was faster
    });
  } finally {
    await rm(staging, { recursive: true, force: true, maxRetries: 5 });
  }
  console.error(`Installed in ${((Date.now() - started) / 1000).toFixed(1)} s.`);
}

async function installVsCode(pin: Pin, vscode: string): Promise<void> {
  await unpack(
    `code-server@${pin.codeServer}`,
    pin.integrity,
    vscode,
    'package/lib/vscode',
    unwantedExtensions.map((name) => `package/lib/vscode/extensions/${name}`),
  );
  await cutDependencies(vscode);
  const flags = ['--omit=dev', '--ignore-scripts', '--no-audit', '--no-fund', '--engine-strict=false'];
  await npm(['install', ...flags, '--loglevel=error'], vscode);
  await removeOtherPlatforms(vscode);
  await writeStandIns(path.join(vscode, 'node_modules'));
}

/** Each host needs one Node.js major; it is installed unless this process already is of that major. */
async function installNode(pin: Pin, staging: string): Promise<void> {
  if (process.versions.node.split('.')[0] === pin.node) return;
  const node = new Map(Object.entries(pins.nodes)).get(pin.node);
  const packageName = `node-${process.platform}-${process.arch}`;
  const integrity = new Map(Object.entries(node?.integrity ?? {})).get(packageName);
  if (!node || integrity === undefined) {
    throw new Error(
      `This VS Code needs Node.js ${pin.node}, and no ${packageName} is pinned. ` +
        `Run this with Node.js ${pin.node}, or use a desktop VS Code ("npm run test:desktop").`,
    );
  }
  await unpack(`${packageName}@${node.version}`, integrity, path.join(staging, 'node'), 'package/bin/node');
}

/** Downloads a package, compares it with its pinned hash, and unpacks one file or folder of it as `target`. */
async function unpack(
  spec: string,
  integrity: string,
  target: string,
  member: string,
  exclude: string[] = [],
) {
  const work = await mkdtemp(path.join(path.dirname(target), 'pack-'));
  try {
    await npm(['pack', spec, '--ignore-scripts', '--pack-destination', work, '--loglevel=error'], work);
    const tarball = (await readdir(work)).find((name) => name.endsWith('.tgz')) ?? '';
    const file = path.join(work, tarball);
    const hash = `sha512-${createHash('sha512')
      .update(await readFile(file))
      .digest('base64')}`;
    if (hash !== integrity)
      throw new Error(`${spec} is not the pinned package: expected ${integrity}, got ${hash}.`);
    const excluded = exclude.map((name) => `--exclude=${name}`);
    await execute(
      'tar',
      ['-xzf', file, '-C', work, '--no-same-owner', ...excluded, member],
      work,
      'Is tar installed?',
    );
    await rename(path.join(work, member), target);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** Cuts VS Code's dependency list down. Versions and hashes still come from the shrinkwrap that it ships with. */
async function cutDependencies(vscode: string): Promise<void> {
  const cut = async (file: string, select: (json: Manifest) => Manifest | undefined): Promise<void> => {
    const json = JSON.parse(await readFile(path.join(vscode, file), 'utf8')) as Manifest;
    const root = select(json);
    if (!root?.dependencies) throw new Error(`VS Code's ${file} lists no dependencies.`);
    const kept = Object.entries(root.dependencies).filter(([name]) => runtimeDependencies.has(name));
    root.dependencies = Object.fromEntries(kept);
    await writeFile(path.join(vscode, file), JSON.stringify(json, null, 2));
  };
  await cut('package.json', (json) => json);
  await cut('npm-shrinkwrap.json', (json) => json.packages?.['']);
}

interface Manifest {
  dependencies?: Record<string, string>;
  packages?: Record<string, Manifest>;
}

/** Removes what killed installations left behind. Younger folders may belong to one that still runs. */
async function removeAbandoned(): Promise<void> {
  for (const name of await readdir(cacheFolder)) {
    const folder = path.join(cacheFolder, name);
    const age = Date.now() - (await stat(folder)).mtimeMs;
    if (name.startsWith('install-') && age > 3_600_000) await rm(folder, { recursive: true, force: true });
  }
}

async function removeOtherPlatforms(vscode: string): Promise<void> {
  const binaries = path.join(vscode, 'node_modules', '@vscode', 'ripgrep-universal', 'bin');
  for (const name of await readdir(binaries).catch(() => [])) {
    if (name !== `${process.platform}-${process.arch}`)
      await rm(path.join(binaries, name), { recursive: true });
  }
}

const npm = (args: string[], cwd: string): Promise<void> =>
  execute('npm', args, cwd, 'Is the npm registry reachable?');

async function execute(program: string, args: string[], cwd: string, hint: string): Promise<void> {
  try {
    await promisify(execFile)(program, args, { cwd, maxBuffer: 1 << 26 });
  } catch (error) {
    throw new Error(`"${program} ${args.slice(0, 2).join(' ')}" failed. ${hint}`, { cause: error });
  }
}

/** Changes with the pins and with the installer; the host is then installed again. */
async function fingerprint(pin: Pin): Promise<string> {
  const hash = createHash('sha256').update(JSON.stringify([pin, pins.nodes, process.platform, process.arch]));
  for (const file of ['install.ts', 'stand-ins.ts']) {
    hash.update(await readFile(path.join(import.meta.dirname, file)));
  }
  return hash.digest('hex');
}
