/** What a person sees and does in VS Code, and the pictures of the documentation. */
import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, beforeEach, describe, it } from 'mocha';
import { ensureHost } from '../host/install.ts';
import { openSession, type Session } from './session.ts';

const root = path.resolve(import.meta.dirname, '..', '..');
const screenshots = process.env['SCREENSHOTS'] ?? '';

describe('the workbench', () => {
  let session: Session;

  before(async () => {
    session = await openSession(await ensureHost(), {
      developmentExtensions: [root],
      workspace: path.join(root, 'examples'),
      openFile: 'open-to-everyone.json',
      context: { viewport: { width: 860, height: 480 }, deviceScaleFactor: 1.5 },
    });
    await session.squiggles.first().waitFor(); // the language server has answered
    await session.page.keyboard.press('Control+B'); // no side bar
  });

  after(() => session.close());
  beforeEach(() => session.dismiss()); // so that one failure does not cause the next

  const shoot = async (name: string): Promise<void> => {
    const file = path.join(screenshots, `${name}.png`);
    const image = await session.page.screenshot({ path: file, animations: 'disabled' });
    assert.ok(
      image.length <= 150 * 1024,
      `${name}.png is larger than a picture in the documentation should be.`,
    );
  };

  it('says above the policy who can assume the role, and in full beside it', async () => {
    const lens = session.page.locator('.codelens-decoration a');
    await lens.filter({ hasText: 'Who can assume: everyone in AWS · 1 service' }).waitFor();
    await lens.filter({ hasText: 'Who can assume' }).click();
    const preview = session.page.frameLocator('iframe.webview').frameLocator('#active-frame');
    await preview.getByText('Any principal of any AWS account').waitFor();
    await shoot('callers');
    await session.runCommand('View: Close Editor');
  });

  it('puts a call to the policy, marks what decided and says why', async () => {
    await session.page.locator('.codelens-decoration a').filter({ hasText: 'Simulate…' }).click();
    await session.page.getByPlaceholder('Who calls?').waitFor();
    await session.choose(session.picks, 'any principal of any AWS account');
    await session.page.locator('.quick-input-message').filter({ hasText: 'condition keys' }).waitFor();
    await session.page.keyboard.press('Enter');
    const preview = session.page.frameLocator('iframe.webview').frameLocator('#active-frame');
    await preview.getByText('The trust policy lets the call through').waitFor();
    await session.page.locator('.monaco-editor [class*="ced-"]').first().waitFor();
    await shoot('simulate');
    await session.runCommand('View: Close Editor');
  });

  it('lists the findings in the Problems panel', async () => {
    await session.toggleProblems();
    await session.problems.filter({ hasText: 'unknown-service-principal' }).waitFor();
    await shoot('problems');
    await session.toggleProblems();
  });

  it('tells under the mouse what is wrong', async () => {
    await session.hover('lamda', 'unknown-service-principal');
    await shoot('hover');
  });

  it('corrects a service principal from the light bulb', async () => {
    await session.line('lamda.amazonaws.com').click();
    await session.lightBulb.click();
    await session.actions.first().waitFor();
    await shoot('quick-fix');
    await session.choose(session.actions, 'lambda.amazonaws.com');
    await session.line('"Service": "lambda.amazonaws.com"').waitFor();
  });

  it('inserts a condition from the palette, with its value to fill in', async () => {
    await session.line('"AWS": "*"').click();
    await session.runCommand('Trust Policy: Insert Condition');
    await session.picks.filter({ hasText: 'Restrict to your organization' }).first().waitFor();
    await shoot('insertions');
    await session.choose(session.picks, 'Restrict to your organization');
    await session.page.locator('.snippet-placeholder').first().waitFor();
    await session.page.keyboard.type('o-a1b2c3d4e5');
    await session.line('"aws:PrincipalOrgID": "o-a1b2c3d4e5"').waitFor();
  });

  it('suggests service principals while typing', async () => {
    const { keyboard } = session.page;
    await session.line('lambda.amazonaws.com').click();
    await keyboard.press('End');
    await keyboard.press('ArrowLeft'); // the comma stays
    await keyboard.press('Shift+Home');
    await keyboard.press('Delete');
    await keyboard.type('"Principal": { "Service": "ec2');
    await session.suggestions.filter({ hasText: 'ec2.amazonaws.com' }).first().waitFor();
    await shoot('completion');
    await session.choose(session.suggestions, 'ec2.amazonaws.com');
    await session.line('"Service": "ec2.amazonaws.com"').waitFor();
  });

  it('shows what the policy would become with a template, before one is chosen', async () => {
    await session.line('"Statement"').click();
    await session.runCommand('Trust Policy: Insert Template');
    await session.page.getByPlaceholder('Insert which template?').fill('datadog');
    await session.picks.filter({ hasText: 'Third party' }).first().waitFor();
    await session.page.locator('.tab').filter({ hasText: 'Preview.json' }).waitFor();
    await session.line('464622532012').waitFor();
    await shoot('template-preview');
    await session.choose(session.picks, 'Datadog');
    await session.page.locator('.snippet-placeholder').first().waitFor();
    await session.page.locator('.tab').filter({ hasText: 'Preview.json' }).waitFor({ state: 'detached' });
    await session.page.keyboard.type('my-external-id');
    await session.line('"sts:ExternalId": "my-external-id"').waitFor();
  });

  it('builds a subject from what is known', async () => {
    const { keyboard } = session.page;
    await session.openFile('deploy-from-github.json');
    const subject = 'repo:octo-org/website:environment:production';
    await session.line('repo:octo-org/website').click();
    await keyboard.press('End');
    await keyboard.press('Shift+Home');
    await keyboard.type('"token.actions.githubusercontent.com:sub": "repo:octo-org/website:');
    await session.suggestions.filter({ hasText: 'environment:ENVIRONMENT' }).first().waitFor();
    await shoot('subjects');
    await session.choose(session.suggestions, 'environment:ENVIRONMENT');
    await keyboard.type('production');
    await session.line(subject).waitFor();
    // The tests of this policy come later.
    for (let step = 0; step < 30; step++) await keyboard.press('Control+Z');
    await session.line('ref:refs/heads/main').waitFor();
  });

  it('says under the mouse what an operator does with each request', async () => {
    await session.hover('StringEquals', 'without the key');
    await shoot('operator');
  });

  it('opens a new policy from a template', async () => {
    await session.runCommand('Trust Policy: New Policy from Template');
    await session.choose(session.picks, 'JSON');
    await session.picks.filter({ hasText: 'Cross-account' }).first().waitFor();
    await shoot('templates');
    await session.page.getByPlaceholder('Which kind of role?').fill('GitHub');
    await session.choose(session.picks, 'GitHub Actions, one branch');
    await session.page.locator('.snippet-placeholder').first().waitFor();
    await session.line('"token.actions.githubusercontent.com:sub"').waitFor();
    await shoot('template');
  });

  it('leads through a policy, from a template to a fix', async () => {
    await session.openWalkthrough('Write a trust policy');
    const button = session.page.getByText('Choose a Template', { exact: true });
    await button.waitFor();
    await shoot('walkthrough');
    // The page may take the focus back, which closes the list.
    const search = async (): Promise<void> => {
      await button.click();
      const box = session.page.getByPlaceholder('Which kind of role?');
      await box.fill('GitHub', { timeout: 5000 }).catch(() => undefined);
    };
    await session.insist(search, session.picks.filter({ hasText: 'GitHub Actions, one branch' }).first());
    await session.choose(session.picks, 'GitHub Actions, one branch');
    await session.page.locator('.snippet-placeholder').first().waitFor();
    await session.runCommand('Trust Policy: Show Fixes');
    await session.actions.filter({ hasText: 'repository_id' }).first().waitFor();
  });

  it('explains a rule', async () => {
    await session.runCommand('Trust Policy: Explain Rule');
    await session.page.getByPlaceholder('Which rule?').fill('public-principal');
    await session.choose(session.picks, 'public-principal');
    const preview = session.page.frameLocator('iframe.webview').frameLocator('#active-frame');
    await preview.getByRole('heading', { name: 'public-principal' }).waitFor();
    await shoot('rule-page');
  });

  it('runs trust tests in the Testing view', async () => {
    await session.openFile('deploy-from-github.json');
    await session.page.keyboard.press('Control+Home');
    await session.runCommand('Testing: Focus on Test Explorer View');
    const rows = session.page.locator('.test-explorer .monaco-list-row');
    await rows.filter({ hasText: 'deploy-from-github.trust-tests.yaml' }).first().waitFor();
    await session.runCommand('Test: Run All Tests');
    await rows.first().click();
    await session.page.keyboard.press('Control+ArrowRight');
    await session.page.keyboard.press('ArrowRight');
    await session.page.keyboard.press('ArrowDown');
    await session.page.keyboard.press('ArrowRight');
    await rows.filter({ hasText: 'deny: a pull request does not' }).first().waitFor();
    await session.page.locator('.test-explorer .codicon-testing-passed-icon').first().waitFor();
    await shoot('tests');
  });

  it('shows what trust tests try of a policy as coverage', async () => {
    await session.runCommand('Test: Run All Tests with Coverage');
    const covered = session.page
      .locator('.test-coverage-list-item')
      .filter({ hasText: 'deploy-from-github.json' });
    await covered.first().waitFor();
    assert.match(await covered.first().innerText(), /100/);
    await shoot('coverage');
  });
});
