/**
 * Starts VS Code's own server, which serves the workbench page and runs the Node.js extension host. It listens on
 * the loopback interface only, and everything that it writes lies in one temporary folder.
 */
import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import { appendFileSync, rmSync } from 'node:fs';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import type { Host } from './install.ts';

/** What a run of the server needs to know. */
export interface ServerOptions {
  /** From {@link makeDataFolder}. */
  readonly data: string;
  /** User settings. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** Folder with installed extensions; default: none are installed. */
  readonly extensions?: string | undefined;
}

/** A running server. */
export interface Server {
  /** Where it listens, such as 127.0.0.1:40000. */
  readonly authority: string;
  /** Whoever opens a page has to know this. */
  readonly token: string;
  /** Makes a folder readable for the page and returns its path there. */
  publish(folder: string): Promise<string>;
  /** The file behind a name in a stack trace: a path, or the URL of a published file. */
  fileOf(name: string): string;
  /** Calls back when an extension host has ended, with its exit code or signal. */
  onExtensionHostExit(listener: (status: string) => void): void;
  stop(): Promise<void>;
}

type Child = ChildProcessByStdio<null, Readable, Readable>;

const address = '127.0.0.1';

/** Makes a folder for everything that one run writes: settings, state, logs, temporary files. */
export const makeDataFolder = (): Promise<string> => mkdtemp(path.join(os.tmpdir(), 'vscode-host-'));

/** Removes such a folder. */
export const removeDataFolder = (data: string): Promise<void> =>
  rm(data, { recursive: true, force: true, maxRetries: 5 });

/** Starts a server and waits until it listens. */
export async function startServer(host: Host, options: ServerOptions): Promise<Server> {
  const { data, settings, extensions = path.join(data, 'extensions') } = options;
  const settingsFile = path.join(data, 'data', 'User', 'settings.json');
  await mkdir(path.dirname(settingsFile), { recursive: true });
  await writeFile(settingsFile, JSON.stringify(settings, null, 2));

  const token = randomUUID(); // other users and web pages can reach the port, too
  const flags = ['telemetry', 'workspace-trust', 'update-check', 'getting-started-override'];
  const child = await spawnServer(host, data, [
    ...['--host', address, '--port', '0', '--connection-token', token, '--extensions-dir', extensions],
    ...flags.map((flag) => `--disable-${flag}`),
  ]);
  const output = watchOutput(child, path.join(data, 'server.log'));
  const published = new Map<string, string>();
  const lifetime = tieToProcess(child, data, () => {
    for (const name of published.keys()) rmSync(path.join(host.vscode, name), { force: true });
  });
  try {
    const port = await Promise.race([output.port, lifetime.ended.then(() => undefined)]);
    if (port === undefined) throw new Error(`VS Code's server ended at once:\n${output.lastLines()}`);
    return serverAt({ authority: `${address}:${port}`, token, host, published, output, lifetime });
  } catch (error) {
    await lifetime.stop();
    throw error;
  }
}

/** Installs a packaged extension as a user does, with VS Code's own command line. */
export async function installVsix(host: Host, vsix: string, extensions: string): Promise<void> {
  const data = await makeDataFolder();
  try {
    const args = ['--extensions-dir', extensions, '--install-extension', vsix, '--force'];
    const child = await spawnServer(host, data, args);
    const output = watchOutput(child, path.join(data, 'install.log'));
    await once(child, 'close');
    if (child.exitCode !== 0) throw new Error(`Could not install ${vsix}:\n${output.lastLines()}`);
  } finally {
    await removeDataFolder(data);
  }
}

interface Running {
  readonly authority: string;
  readonly token: string;
  readonly host: Host;
  readonly published: Map<string, string>;
  readonly output: ReturnType<typeof watchOutput>;
  readonly lifetime: ReturnType<typeof tieToProcess>;
}

function serverAt({ authority, token, host, published, output, lifetime }: Running): Server {
  return {
    authority,
    token,
    onExtensionHostExit: output.onExtensionHostExit,
    stop: lifetime.stop,
    async publish(folder) {
      // The server serves what lies in its own folder.
      const name = `published-${process.pid}-${authority.replace(/\D/g, '')}-${published.size}`;
      await symlink(folder, path.join(host.vscode, name));
      published.set(name, folder);
      return `/static/${name}`;
    },
    fileOf(name) {
      for (const [link, folder] of published) {
        const prefix = `http://${authority}/static/${link}/`;
        if (name.startsWith(prefix)) return path.join(folder, name.slice(prefix.length));
      }
      return name;
    },
  };
}

async function spawnServer(host: Host, data: string, args: readonly string[]): Promise<Child> {
  const temporary = path.join(data, 'tmp');
  await mkdir(temporary, { recursive: true });
  // Without the variables by which an outer VS Code, Electron or debugger would reach into this one.
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(?:VSCODE_|ELECTRON_|NODE_OPTIONS$)/.test(name),
  );
  const main = path.join(host.vscode, 'out', 'server-main.js');
  return spawn(host.node, [main, '--accept-server-license-terms', '--server-data-dir', data, ...args], {
    detached: true, // a process group of its own
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...Object.fromEntries(inherited),
      EXTENSIONS_GALLERY: '{"serviceUrl":""}', // no marketplace
      TMPDIR: temporary, // for its sockets
      XDG_RUNTIME_DIR: temporary,
    },
  });
}

/** Logs what the server prints, and picks out the two lines that matter. */
function watchOutput(child: Child, log: string) {
  const lines: string[] = [];
  const events = new EventEmitter<{ listening: [port: string]; hostExit: [status: string] }>();
  const read = (line: string): void => {
    lines.push(line);
    appendFileSync(log, `${line}\n`);
    const port = /^Extension host agent listening on (\d+)/.exec(line)?.[1];
    if (port !== undefined) events.emit('listening', port);
    const exit = /Extension Host Process exited with code: (\w+), signal: (\w+)/.exec(line);
    const status = exit?.slice(1).find((part) => part !== 'null');
    if (status !== undefined) events.emit('hostExit', status);
  };
  for (const stream of [child.stdout, child.stderr]) createInterface({ input: stream }).on('line', read);
  return {
    port: once(events, 'listening').then(([port]) => String(port)),
    lastLines: () =>
      lines
        .slice(-20)
        .map((line) => line.slice(0, 300))
        .join('\n'),
    onExtensionHostExit: (listener: (status: string) => void) => void events.on('hostExit', listener),
  };
}

/** Sees to it that the server and its data do not outlive this process, even if that is interrupted. */
function tieToProcess(child: Child, data: string, cleanUp: () => void) {
  const ended = once(child, 'exit').catch(() => undefined); // rejected if it never started
  const kill = (): void => {
    killGroup(child.pid);
  };
  const abandon = (): void => {
    kill();
    cleanUp();
    rmSync(data, { recursive: true, force: true, maxRetries: 5 });
  };
  const interrupted = (): void => process.exit(130); // a bare signal would skip the clean-up
  process.once('exit', abandon).on('SIGINT', interrupted).on('SIGTERM', interrupted);
  const stop = async (): Promise<void> => {
    kill();
    await ended;
    process.off('exit', abandon).off('SIGINT', interrupted).off('SIGTERM', interrupted);
    cleanUp();
  };
  return { ended, stop };
}

/** The group, because the extension host and its language servers would outlive the server for seconds. */
function killGroup(leader: number | undefined): void {
  if (leader === undefined) return;
  try {
    process.kill(-leader, 'SIGKILL');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error; // all have ended
  }
}
