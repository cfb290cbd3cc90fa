/**
 * Serves VS Code with the extension, from source, for `npm start`: `serve.ts FOLDER FILE [--smoke]`. It ends with
 * Ctrl+C, or, with `--smoke`, when a headless Chromium shows a finding and its light bulb.
 */
import { spawn } from 'node:child_process';
import { mkdir, symlink } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { cacheFolder, ensureHost } from './install.ts';
import { makeDataFolder, removeDataFolder, startServer, type Server } from './server.ts';
import { quietSettings } from './settings.ts';
import { openWorkbench, workbenchUrl, type WorkbenchOptions } from './workbench.ts';

const { values, positionals } = parseArgs({
  options: { smoke: { type: 'boolean' } },
  allowPositionals: true,
});
const [workspace = '.', openFile] = positionals.map((file) => path.resolve(file));
const options: WorkbenchOptions = { workspace, openFile };

const host = await ensureHost();
const data = await makeDataFolder();
const extensions = path.join(data, 'extensions');
await mkdir(extensions);
// Installed as a link, so that a rebuilt extension only needs "Developer: Reload Window".
await symlink(
  path.resolve(import.meta.dirname, '..', '..'),
  path.join(extensions, 'iam-trust-policy'),
  'dir',
);
const server = await startServer(host, { data, extensions, settings: quietSettings });
if (values.smoke === true) {
  await look(server);
  await server.stop();
  await removeDataFolder(data);
} else {
  invite(workbenchUrl(server, options));
}

/** Names the address, and opens it where there is a screen to open it on. */
function invite(url: string): void {
  console.log(`\nVS Code is at\n\n  ${url}\n\nCtrl+C ends it.`);
  const opener = browserOpener();
  // Without a browser there still is the address.
  if (opener !== undefined)
    spawn(opener, [url], { stdio: 'ignore', detached: true })
      .on('error', () => undefined)
      .unref();
}

function browserOpener(): string | undefined {
  if (process.platform === 'darwin') return 'open';
  const { DISPLAY, WAYLAND_DISPLAY } = process.env;
  return DISPLAY !== undefined || WAYLAND_DISPLAY !== undefined ? 'xdg-open' : undefined;
}

/** Opens the page as a person would, waits for a finding, and puts the cursor there. */
async function look(at: Server): Promise<void> {
  const { browser, page } = await openWorkbench(at, options);
  const screenshot = path.join(cacheFolder, 'screenshots', 'start.png');
  try {
    page.setDefaultTimeout(60_000);
    const squiggle = page.locator('.monaco-editor .squiggly-error').first();
    await squiggle.click({ force: true }); // it lies below the text
    await page
      .locator('.lightBulbWidget, [class*="gutter-lightbulb"]')
      .filter({ visible: true })
      .first()
      .waitFor();
    console.log('VS Code shows a finding and a light bulb.');
  } finally {
    await page.screenshot({ path: screenshot });
    console.log(`Screenshot: ${path.relative('', screenshot)}`);
    await browser.close();
  }
}
