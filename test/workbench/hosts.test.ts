/** What a person sees and does with policies in templates and in Terraform, and the pictures of that. */
import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, describe, it } from 'mocha';
import { ensureHost } from '../host/install.ts';
import { openSession, type Session } from './session.ts';

const root = path.resolve(import.meta.dirname, '..', '..');
const screenshots = process.env['SCREENSHOTS'] ?? '';

interface Case {
  readonly openFile: string;
  readonly picture: string;
  /** What is written in place of the line of the service, and how far the caret then goes back. */
  readonly typed: string;
  readonly back: number;
}

const cases: readonly Case[] = [
  { openFile: 'sam-template.yaml', picture: 'sam', typed: 'Service: ec2', back: 0 },
  {
    openFile: 'cloudformation-template.json',
    picture: 'cloudformation',
    typed: '"Principal": { "Service": "ec2" },',
    back: 4,
  },
  { openFile: 'role.tf', picture: 'terraform', typed: 'identifiers = ["ec2"]', back: 2 },
];

for (const { openFile, picture, typed, back } of cases) {
  describe(`the workbench with ${openFile}`, () => {
    let session: Session;

    before(async () => {
      session = await openSession(await ensureHost(), {
        developmentExtensions: [root],
        workspace: path.join(root, 'test/host/workspace'),
        openFile,
        context: { viewport: { width: 860, height: 480 }, deviceScaleFactor: 1.5 },
      });
      await session.squiggles.first().waitFor();
      await session.page.keyboard.press('Control+B'); // no side bar
    });

    after(() => session.close());

    it('tells under the mouse what is wrong', async () => {
      await session.hover('lamda', 'unknown-service-principal');
      await session.dismiss();
    });

    /** Puts the caret to the end of the value in the line that shows a text. */
    const goTo = async (text: string): Promise<void> => {
      const { keyboard } = session.page;
      await session.line(text).click();
      await keyboard.press('End');
      for (let step = 0; step < back; step++) await keyboard.press('ArrowLeft');
    };

    it('mends it from the light bulb', async () => {
      await goTo('lamda');
      await session.lightBulb.click();
      await session.actions.first().waitFor();
      const file = path.join(screenshots, `${picture}.png`);
      const image = await session.page.screenshot({ path: file, animations: 'disabled' });
      assert.ok(image.length <= 150 * 1024, `${picture}.png is too large.`);
      await session.choose(session.actions, 'lambda.amazonaws.com');
      await session.line('lambda.amazonaws.com').waitFor();
    });

    it('suggests what can stand in the policy', async () => {
      const { keyboard } = session.page;
      await session.line('lambda.amazonaws.com').click();
      await keyboard.press('End');
      await keyboard.press('Shift+Home');
      await keyboard.press('Delete');
      await keyboard.type(typed);
      for (let step = 0; step < back; step++) await keyboard.press('ArrowLeft');
      await keyboard.press('Escape');
      await keyboard.press('Control+Space');
      await session.suggestions.filter({ hasText: 'ec2.amazonaws.com' }).first().waitFor();
      await session.choose(session.suggestions, 'ec2.amazonaws.com');
      await session.line('ec2.amazonaws.com').waitFor();
    });
  });
}
