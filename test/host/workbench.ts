/** Opens the page of VS Code's workbench in headless Chromium. */
import path from 'node:path';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { findChromium } from '../../scripts/chromium.mjs';
import type { Server } from './server.ts';

/** What to open, and which extensions to load from source. */
export interface WorkbenchOptions {
  /** Folder to open. */
  readonly workspace: string;
  /** File to open, absolute. */
  readonly openFile?: string | undefined;
  /** Extension folders to load from source. */
  readonly developmentExtensions?: readonly string[];
  /** Where those run; default: node. */
  readonly extensionHost?: 'node' | 'worker';
  /** A module in one of those folders, whose run() VS Code calls. */
  readonly tests?: string;
  /** Functions for the page to call. */
  readonly expose?: Readonly<Record<string, (...args: never[]) => void>>;
  readonly context?: BrowserContextOptions;
}

/** Parts of a URI, as the configuration of the page has them. */
interface UriParts {
  readonly scheme: string;
  readonly authority: string;
  readonly path: string;
}

interface DevelopmentOptions {
  readonly extensions: UriParts[];
  readonly extensionTestsPath?: UriParts | undefined;
}

/** The address of the workbench. */
export function workbenchUrl({ authority, token }: Server, options: WorkbenchOptions): string {
  const { workspace, openFile } = options;
  const payload = [
    ['skipWelcome', 'true'],
    ['skipReleaseNotes', 'true'],
  ];
  if (openFile !== undefined) {
    const file = openFile.split(path.sep).map(encodeURIComponent).join('/');
    payload.push(['openFile', `vscode-remote://${authority}${file}`]);
  }
  const query = new URLSearchParams({ folder: workspace, payload: JSON.stringify(payload), tkn: token });
  return `http://${authority}/?${query.toString()}`;
}

/** Opens the workbench of a server; the caller closes the browser. */
export async function openWorkbench(
  server: Server,
  options: WorkbenchOptions,
): Promise<{ browser: Browser; page: Page }> {
  const browser = await chromium.launch({
    executablePath: findChromium(),
    chromiumSandbox: process.getuid?.() !== 0, // Chromium has no sandbox for root
    args: [
      ...['--disable-gpu', '--disable-quic', '--disable-sync'],
      ...['--disable-background-networking', '--disable-component-update'],
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1', // nothing but the server can be reached
    ],
  });
  try {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options.context });
    const page = await context.newPage();
    for (const [name, callback] of Object.entries(options.expose ?? {}))
      await page.exposeFunction(name, callback);
    if (options.developmentExtensions) {
      await page.addInitScript(setDevelopmentOptions, await developmentOptions(server, options));
    }
    await page.goto(workbenchUrl(server, options), { waitUntil: 'commit' });
    return { browser, page };
  } catch (error) {
    await browser.close();
    throw error;
  }
}

/**
 * Says which extensions to load, and from where: files of the server for Node.js, HTTP for a web worker, which could
 * not start the worker of a language server otherwise.
 */
async function developmentOptions(server: Server, options: WorkbenchOptions): Promise<DevelopmentOptions> {
  const { developmentExtensions = [], extensionHost = 'node', tests } = options;
  const { authority } = server;
  const extensions: UriParts[] = [];
  let extensionTestsPath: UriParts | undefined;
  for (const folder of developmentExtensions) {
    const uri =
      extensionHost === 'worker'
        ? { scheme: 'http', authority, path: await server.publish(folder) }
        : { scheme: 'vscode-remote', authority, path: folder };
    extensions.push(uri);
    if (tests?.startsWith(folder + path.sep) === true) {
      extensionTestsPath = { ...uri, path: `${uri.path}/${path.relative(folder, tests)}` };
    }
  }
  return { extensions, extensionTestsPath };
}

/** Runs in the page, before the workbench reads its configuration from the HTML. */
function setDevelopmentOptions(options: DevelopmentOptions): void {
  document.addEventListener(
    'readystatechange',
    () => {
      const element = document.getElementById('vscode-workbench-web-configuration');
      const settings = element?.dataset['settings'];
      if (!element || settings === undefined) return;
      const configuration = JSON.parse(settings) as { developmentOptions: object };
      Object.assign(configuration.developmentOptions, options);
      element.dataset['settings'] = JSON.stringify(configuration);
    },
    { once: true },
  );
}
