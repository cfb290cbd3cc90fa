/**
 * The command New Policy from Template: a new, unsaved document with one of the whole-policy snippets in it.
 * The snippets are those that the manifest also contributes to the suggest list.
 */
import { QuickPickItemKind, SnippetString, window, workspace, type QuickPickItem } from 'vscode';
import policies from '../../snippets/policies.json' with { type: 'json' };

interface Template extends QuickPickItem {
  readonly family: string;
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
    return { family, label: rest.join(': ') || family, detail: description, body: body.join('\n') };
  });
}

function grouped(all: readonly Template[]): (Template | QuickPickItem)[] {
  const families = [...new Set(all.map(({ family }) => family))];
  return families.flatMap((family) => [
    { label: family, kind: QuickPickItemKind.Separator },
    ...all.filter((template) => template.family === family),
  ]);
}
