/**
 * The command New Policy from Template: a new, unsaved document with one of the whole-policy snippets in it.
 * The snippets are those that the manifest also contributes to the suggest list.
 */
import { QuickPickItemKind, SnippetString, window, workspace, type QuickPickItem } from 'vscode';
import policies from '../../snippets/policies.json' with { type: 'json' };

interface Template extends QuickPickItem {
  /** The family. It is shown with each template, because a filtered list has no groups. */
  readonly description: string;
  readonly body: string;
}

/** Asks for a template and opens it, ready to fill in its tab stops. */
export async function newFromTemplate(): Promise<void> {
  const options = { placeHolder: 'Which kind of role?', matchOnDescription: true, matchOnDetail: true };
  const pick = await window.showQuickPick(grouped(templates()), options);
  if (!pick || !('body' in pick)) return;
  const document = await workspace.openTextDocument({ language: 'json' });
  const editor = await window.showTextDocument(document);
  await editor.insertSnippet(new SnippetString(pick.body));
}

/** A snippet is named "Family: what it is for". */
function templates(): Template[] {
  return Object.entries(policies).map(([name, { description, body }]) => {
    const [family = '', ...rest] = name.split(': ');
    const title = rest.join(': ');
    const label = title.charAt(0).toUpperCase() + title.slice(1);
    return { label, description: family, detail: description, body: body.join('\n') };
  });
}

/** With a line between families. */
function grouped(all: readonly Template[]): (Template | QuickPickItem)[] {
  const families = [...new Set(all.map(({ description }) => description))];
  return families.flatMap((family) => [
    { label: '', kind: QuickPickItemKind.Separator },
    ...all.filter(({ description }) => description === family),
  ]);
}
