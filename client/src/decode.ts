/** The command Decode Trust Policy: a policy as formatted JSON in a new document, or URL-encoded text that is selected. */
import { commands, type Disposable, window, workspace } from 'vscode';
import { placeOf } from './callers.ts';
import type { Connection } from './client.ts';

/** Registers the command. An action names the policy; otherwise it is the one at the cursor. */
export function registerDecode({ ready }: Connection): Disposable {
  return commands.registerCommand('trustPolicy.decode', async (uri?: unknown, region?: unknown) => {
    const content = decodedSelection() ?? (await decodedPolicy(ready, uri, region));
    if (content === undefined) {
      await window.showInformationMessage(
        'There is no trust policy here, and no URL-encoded JSON is selected.',
      );
      return;
    }
    await window.showTextDocument(await workspace.openTextDocument({ language: 'json', content }));
  });
}

async function decodedPolicy(
  ready: Promise<void>,
  uri: unknown,
  region: unknown,
): Promise<string | undefined> {
  const place = placeOf(uri, region);
  if (!place) return undefined;
  await ready;
  const answer: unknown = await commands.executeCommand('trustPolicy.decodePolicy', place.uri, place.at);
  return typeof answer === 'string' ? answer : undefined;
}

/** What is selected, if that is JSON that was encoded for a URL. */
function decodedSelection(): string | undefined {
  const editor = window.activeTextEditor;
  const selected = editor?.document.getText(editor.selection).trim() ?? '';
  const text = selected.startsWith('"') ? selected.slice(1, -1) : selected;
  if (!text.startsWith('%7B') && !text.startsWith('%7b')) return undefined;
  try {
    const policy: unknown = JSON.parse(decodeURIComponent(text));
    return `${JSON.stringify(policy, undefined, 2)}\n`;
  } catch {
    return undefined;
  }
}
