/** What a person sees of a policy that has changed since the last commit, and the picture of that. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { after, before, describe, it } from 'mocha';
import { ensureHost } from '../host/install.ts';
import { openSession, type Session } from './session.ts';

const root = path.resolve(import.meta.dirname, '..', '..');
const screenshots = process.env['SCREENSHOTS'] ?? '';
const name = 'administrators-with-mfa.json';

/** Commits a policy that asks for MFA, which the one in the workspace does not surely do. */
async function commit(workspace: string): Promise<void> {
  const git = (...args: readonly string[]): Promise<unknown> =>
    promisify(execFile)(
      'git',
      ['-c', 'user.name=Somebody', '-c', 'user.email=somebody@example.com', ...args],
      {
        cwd: workspace,
      },
    );
  const file = path.join(workspace, name);
  const text = await readFile(file, 'utf8');
  await writeFile(file, text.replace('BoolIfExists', 'Bool'));
  await git('init', '--quiet');
  await git('add', '--all');
  await git('commit', '--quiet', '--message', 'Ask for MFA');
  await writeFile(file, text);
}

describe('the workbench with a repository', () => {
  let session: Session;

  before(async () => {
    session = await openSession(await ensureHost(), {
      developmentExtensions: [root],
      workspace: path.join(root, 'examples'),
      openFile: name,
      context: { viewport: { width: 860, height: 480 }, deviceScaleFactor: 1.5 },
      prepare: commit,
    });
    await session.page.locator('.codelens-decoration a').filter({ hasText: 'Who can assume' }).waitFor();
    await session.page.keyboard.press('Control+B'); // no side bar
  });

  after(() => session.close());

  it('says what a change does to whom a policy lets in, with a call that shows it', async () => {
    await session.line('BoolIfExists').click();
    await session.runCommand('Trust Policy: Compare Trust with Git HEAD');
    const preview = session.page.frameLocator('iframe.webview').frameLocator('#active-frame');
    await preview.getByText('Wider: the new policy lets in all that the old one does, and more.').waitFor();
    await preview.getByText('Let in by the new policy only').waitFor();
    await preview.getByText('arn:aws:iam::111122223333:user/somebody').waitFor();
    const file = path.join(screenshots, 'compare.png');
    const image = await session.page.screenshot({ path: file, animations: 'disabled' });
    assert.ok(
      image.length <= 150 * 1024,
      'compare.png is larger than a picture in the documentation should be.',
    );
  });
});
