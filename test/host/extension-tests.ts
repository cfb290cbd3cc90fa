/** Runs a test module inside VS Code's extension host and prints its report. */
import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { format } from 'node:util';
import type { Page } from 'playwright-core';
import { cacheFolder, type Host } from './install.ts';
import { makeDataFolder, removeDataFolder, startServer, type Server } from './server.ts';
import { quietSettings } from './settings.ts';
import { sourcePositions } from './source-positions.ts';
import { openWorkbench, type WorkbenchOptions } from './workbench.ts';

/** What to run, and in which surroundings. The workspace is copied first, so tests may change it. */
export interface TestOptions extends WorkbenchOptions {
  readonly tests: string;
  /** Folder with installed extensions. */
  readonly extensions?: string;
}

/** Console lines that begin with this are the report; all others are VS Code's own. */
const reportPrefix = '[test] ';

/** The report must close with this line: VS Code reports success even if its extension host has crashed. */
const closingLine = /^(\d+) passed, (\d+) failed/;

const timeLimit = 180_000;
const lastFailure = path.join(cacheFolder, 'last-failure');

/** Runs the tests; the result is whether all have passed. */
export async function runExtensionTests(host: Host, options: TestOptions): Promise<boolean> {
  const data = await makeDataFolder();
  try {
    const workspace = path.join(data, 'workspace');
    await cp(options.workspace, workspace, { recursive: true });
    await rm(lastFailure, { recursive: true, force: true });
    const server = await startServer(host, { data, extensions: options.extensions, settings: quietSettings });
    try {
      return await runIn(server, data, { ...options, workspace });
    } finally {
      await server.stop();
    }
  } finally {
    await removeDataFolder(data);
  }
}

async function runIn(server: Server, data: string, options: TestOptions): Promise<boolean> {
  const report = reporter(server);
  const result = firstResult();
  const expose = {
    codeAutomationLog: report.log,
    codeAutomationExit: (code: number) => {
      result.settle(code === 0 ? undefined : 'The tests failed.');
    },
  };
  const { browser, page } = await openWorkbench(server, { ...options, expose });
  try {
    browser.once('disconnected', () => {
      result.settle('Chromium ended.');
    });
    // The page reports the result itself, but not when its extension host has crashed.
    server.onExtensionHostExit((status) => {
      result.settle(`The extension host ended (${status}).`, 3_000);
    });
    result.settle('The tests did not end in time.', timeLimit);
    const problem = (await result.first) ?? report.problem();
    if (problem === undefined) return true;
    console.error([problem, ...report.errors()].join('\n'));
    await keepEvidence(data, page, report.lines);
    return false;
  } finally {
    result.release();
    await browser.close();
  }
}

/** Settles once: with a problem, or with undefined when the tests have ended well. */
function firstResult() {
  const timers = new AbortController();
  let resolve: (problem: string | undefined) => void = () => undefined;
  const first = new Promise<string | undefined>((done) => (resolve = done));
  const settle = (problem: string | undefined, delay = 0): void => {
    const timer = setTimeout(() => {
      resolve(problem);
    }, delay);
    timers.signal.addEventListener('abort', () => {
      clearTimeout(timer);
    });
  };
  return {
    first,
    settle,
    release: () => {
      timers.abort();
    },
  };
}

/** Collects what the page logs, and prints the lines of the test report. */
function reporter(server: Server) {
  const lines: string[] = [];
  const toSource = sourcePositions((name) => server.fileOf(name));
  let verdict: RegExpExecArray | null = null;
  return {
    lines,
    log: (type: string, args: unknown[]): void => {
      const text = format(...args);
      lines.push(`${type} ${text}`);
      if (!text.startsWith(reportPrefix)) return;
      const line = text.slice(reportPrefix.length);
      verdict = closingLine.exec(line) ?? verdict;
      console.log(toSource(line));
    },
    problem: (): string | undefined => {
      if (!verdict) return 'The extension host ended before the tests did.';
      return Number(verdict[1]) > 0 && Number(verdict[2]) === 0 ? undefined : 'Not all tests have passed.';
    },
    /** The beginnings of what was logged as errors, without the two that every run logs. */
    errors: () =>
      lines
        .filter((line) => /^error (?!\[Service Worker\]|Canceled)/.test(line))
        .map((line) => line.split('\n').slice(0, 4).join('\n')),
  };
}

async function keepEvidence(data: string, page: Page, lines: readonly string[]): Promise<void> {
  await mkdir(lastFailure, { recursive: true });
  await page.screenshot({ path: path.join(lastFailure, 'screenshot.png') }).catch(() => undefined); // it may be gone
  await writeFile(path.join(lastFailure, 'console.log'), lines.join('\n'));
  await cp(path.join(data, 'server.log'), path.join(lastFailure, 'server.log'));
  const logs = path.join(data, 'data', 'logs');
  await cp(logs, path.join(lastFailure, 'logs'), { recursive: true }).catch(() => undefined); // there may be none
  console.error(`A screenshot and logs of the failed run are in ${path.relative('', lastFailure)}.`);
}
