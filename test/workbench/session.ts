/** A workbench for tests that use the screen and the keyboard, with the few gestures that such tests need. */
import { cp } from 'node:fs/promises';
import path from 'node:path';
import type { BrowserContextOptions, Locator, Page } from 'playwright-core';
import type { Host } from '../host/install.ts';
import { makeDataFolder, removeDataFolder, startServer } from '../host/server.ts';
import { screenSettings } from '../host/settings.ts';
import { openWorkbench } from '../host/workbench.ts';

/** What to open. The workspace is copied first, so tests may change it. */
export interface SessionOptions {
  readonly workspace: string;
  /** File of the workspace to open, relative. */
  readonly openFile: string;
  /** Extension folders to load from source. */
  readonly developmentExtensions: readonly string[];
  readonly context?: BrowserContextOptions;
  /** What to do with the copy of the workspace before it is opened. */
  readonly prepare?: (workspace: string) => Promise<void>;
}

/** An open workbench. */
export type Session = ReturnType<typeof gestures> & { readonly close: () => Promise<void> };

/** Opens VS Code in headless Chromium. */
export async function openSession(host: Host, options: SessionOptions): Promise<Session> {
  const data = await makeDataFolder();
  const closers = [() => removeDataFolder(data)];
  const close = async (): Promise<void> => {
    for (const closer of closers.toReversed()) await closer();
  };
  try {
    const workspace = path.join(data, path.basename(options.workspace));
    await cp(options.workspace, workspace, { recursive: true });
    await options.prepare?.(workspace);
    const server = await startServer(host, { data, settings: screenSettings });
    closers.push(() => server.stop());
    const openFile = path.join(workspace, options.openFile);
    const { browser, page } = await openWorkbench(server, { ...options, workspace, openFile });
    closers.push(() => browser.close());
    page.setDefaultTimeout(20_000);
    await page.locator('.monaco-workbench').waitFor();
    // For the pictures; where the font is missing the others serve.
    await page.addStyleTag({
      content: '.monaco-workbench.linux { font-family: Inter, system-ui, sans-serif; }',
    });
    return { ...gestures(page), close };
  } catch (error) {
    await close();
    throw error;
  }
}

function gestures(page: Page) {
  const { keyboard } = page;
  const actions = page.locator('.action-widget .monaco-list-row.action');
  const suggestions = page.locator('.suggest-widget.visible .monaco-list-row');
  const picks = page.locator('.quick-input-list .monaco-list-row');
  const lines = page.locator('.monaco-editor .view-line');

  /** Accepts a row of a list with the keyboard; an invisible layer keeps the mouse from some lists. */
  const choose = async (rows: Locator, text: string): Promise<void> => {
    await rows.filter({ hasText: text }).first().waitFor();
    for (let step = 0; step < 50; step++) {
      const focused = rows.and(page.locator('.focused'));
      if ((await focused.count()) > 0 && (await focused.first().innerText()).includes(text)) {
        await keyboard.press('Enter');
        return;
      }
      await keyboard.press('ArrowDown');
    }
    throw new Error(`Could not reach "${text}" in the list.`);
  };

  /** Makes a gesture again if what comes of it does not: VS Code may draw anew or move the focus in between. */
  const insist = async (gesture: () => Promise<void>, outcome: Locator): Promise<void> => {
    for (let attempt = 0; attempt < 3; attempt++) {
      await gesture();
      const came = await outcome.waitFor({ timeout: 5000 }).then(
        () => true,
        () => false,
      );
      if (came) return;
    }
    await outcome.waitFor();
  };

  return {
    page,
    actions,
    insist,
    picks,
    suggestions,
    choose,
    squiggles: page.locator('.monaco-editor [class*="squiggly-"]'),
    problems: page.locator('.markers-panel .monaco-list-row'),
    /** In the gutter where there is no room in the text. */
    lightBulb: page
      .locator('.lightBulbWidget, [class*="gutter-lightbulb"]')
      .filter({ visible: true })
      .first(),

    /** The line that shows a text; VS Code draws lines anew when they change, so it is found again every time. */
    line: (text: string): Locator => lines.filter({ hasText: text }).first(),

    /** Closes lists and pickers. */
    async dismiss(): Promise<void> {
      await keyboard.press('Escape');
      await keyboard.press('Escape');
    },

    /** By its key, which stays the same; the titles of commands change between versions. */
    toggleProblems: (): Promise<void> => keyboard.press('Control+Shift+M'),

    /** Asks for the actions at the cursor. */
    async quickFix(): Promise<void> {
      await keyboard.press('Control+Period');
      await actions.first().waitFor();
    },

    /** Rests the mouse on a text until the hover says something. */
    hover: async (text: string, says: string): Promise<void> => {
      const word = lines.filter({ hasText: text }).first().getByText(text).first();
      const rest = async (): Promise<void> => {
        await page.mouse.move(0, 0);
        await word.hover();
      };
      await insist(rest, page.locator('.monaco-hover').filter({ hasText: says }).first());
    },

    /** Opens a file of the workspace by its name. */
    async openFile(name: string): Promise<void> {
      await keyboard.press('Control+P');
      await page.locator('.quick-input-box input').fill(name);
      await choose(picks, name);
      await page.locator('.tab.active').filter({ hasText: name }).waitFor();
    },

    /** Opens a walkthrough by its title. */
    async openWalkthrough(title: string): Promise<void> {
      await keyboard.press('F1');
      await page.locator('.quick-input-box input').fill('>Open Walkthrough');
      await choose(picks, 'Open Walkthrough');
      await page
        .getByPlaceholder('walkthrough')
        .or(page.locator('.quick-input-box input'))
        .first()
        .fill(title);
      await choose(picks, title);
    },

    /** Runs a command of the palette by its title. */
    async runCommand(title: string): Promise<void> {
      await keyboard.press('F1');
      await page.locator('.quick-input-box input').fill(`>${title}`);
      await choose(picks, title);
    },
  };
}
