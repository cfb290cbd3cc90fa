/**
 * The commands Insert Template and New Policy from Template: a searchable list with a live preview beside the editor.
 * What is printed, and where it goes, the server says.
 */
import { commands, Disposable, languages, SnippetString, type TextEditor, window, workspace } from 'vscode';
import type { Connection } from './client.ts';
import { pickTemplate } from './template-list.ts';
import { openPreview, type Preview, registerPreviews } from './template-preview.ts';

/** A kind of document to begin, as the server calls it. */
interface Host {
  readonly id: string;
  readonly label: string;
  /** The first that this VS Code knows is taken. */
  readonly languages: readonly string[];
  readonly ending: string;
}

const hosts: readonly Host[] = [
  { id: 'json', label: 'JSON', languages: ['json'], ending: 'json' },
  {
    id: 'cloudformation-yaml',
    label: 'CloudFormation, YAML',
    languages: ['cloudformation', 'yaml'],
    ending: 'yaml',
  },
  { id: 'cloudformation-json', label: 'CloudFormation, JSON', languages: ['json'], ending: 'json' },
  {
    id: 'terraform-policy-document',
    label: 'Terraform, policy document',
    languages: ['terraform', 'opentofu', 'hcl'],
    ending: 'tf',
  },
  {
    id: 'terraform-jsonencode',
    label: 'Terraform, jsonencode',
    languages: ['terraform', 'opentofu', 'hcl'],
    ending: 'tf',
  },
];

/** Registers the commands and the documents that previews are shown in. */
export function registerTemplates({ ready }: Connection): Disposable {
  const run = async (command: () => Promise<void>): Promise<void> => {
    await ready;
    try {
      await command();
    } catch (error) {
      await window.showErrorMessage(error instanceof Error ? error.message : String(error));
    }
  };
  return Disposable.from(
    registerPreviews(),
    commands.registerCommand('trustPolicy.insertTemplate', (name?: unknown) =>
      run(() => insertTemplate(name)),
    ),
    commands.registerCommand('trustPolicy.newFromTemplate', (name?: unknown, host?: unknown) =>
      run(() => newFromTemplate(name, host)),
    ),
  );
}

/** Puts a template into the policy, the role or the empty document at the cursor; without an editor into a new one. */
async function insertTemplate(given: unknown): Promise<void> {
  const editor = window.activeTextEditor;
  if (!editor) {
    await newFromTemplate(given, undefined);
    return;
  }
  const uri = editor.document.uri.toString();
  const { line, character } = editor.selection.active;
  const position = { line, character };
  const name = await chosen(given, 'Insert which template?', endingOf(editor), async (template) =>
    previewFrom(await commands.executeCommand('trustPolicy.previewTemplate', uri, position, template)),
  );
  if (name === undefined) return;
  await window.showTextDocument(editor.document, editor.viewColumn);
  const answer: unknown = await commands.executeCommand('trustPolicy.placeTemplate', uri, position, name);
  const reason = textIn(answer, 'refused');
  if (reason === undefined) return;
  const begin = 'New Document';
  if ((await window.showInformationMessage(reason, begin)) === begin) await newFromTemplate(name, undefined);
}

/** Begins a document with a template, ready to fill in its tab stops. */
async function newFromTemplate(given: unknown, givenHost: unknown): Promise<void> {
  const host = hosts.find(({ id }) => id === givenHost) ?? (await pickHost());
  if (host === undefined) return;
  const printed = (template: string): Thenable<unknown> =>
    commands.executeCommand('trustPolicy.printTemplate', template, host.id);
  const name = await chosen(given, 'Which kind of role?', host.ending, async (template) =>
    previewFrom(await printed(template)),
  );
  if (name === undefined) return;
  const snippet = textIn(await printed(name), 'snippet');
  const known = await languages.getLanguages();
  const language = host.languages.find((id) => known.includes(id)) ?? 'plaintext';
  const document = await workspace.openTextDocument({ language });
  const editor = await window.showTextDocument(document);
  await editor.insertSnippet(new SnippetString(snippet ?? ''));
}

async function pickHost(): Promise<Host | undefined> {
  const items = hosts.map((host) => ({ label: host.label, description: host.languages[0] ?? '', host }));
  return (await window.showQuickPick(items, { placeHolder: 'Begin which kind of document?' }))?.host;
}

/** The template that was given, or one that is picked while a preview shows what it would look like. */
async function chosen(
  given: unknown,
  placeholder: string,
  ending: string,
  previewOf: (template: string) => Promise<Preview>,
): Promise<string | undefined> {
  if (typeof given === 'string') return given;
  const preview = openPreview(ending);
  try {
    return await pickTemplate(placeholder, async (name) => {
      await preview.show(await previewOf(name));
    });
  } finally {
    await preview.close();
  }
}

/** What the server answers: a text, perhaps with what is new in it, or why there is none. */
const previewFrom = (answer: unknown): Preview => ({
  text: textIn(answer, 'text') ?? textIn(answer, 'refused') ?? '',
  start: Number(valueIn(answer, 'start') ?? 0),
  end: Number(valueIn(answer, 'end') ?? 0),
});

function textIn(answer: unknown, key: string): string | undefined {
  const value = valueIn(answer, key);
  return typeof value === 'string' ? value : undefined;
}

const valueIn = (answer: unknown, key: string): unknown =>
  typeof answer === 'object' && answer !== null
    ? Object.entries(answer).find(([name]) => name === key)?.[1]
    : undefined;

/** How the name of a document ends, so that its preview is read as the same language. */
function endingOf({ document }: TextEditor): string {
  const [, ending] = /\.([a-z]+)$/i.exec(document.uri.path) ?? [];
  if (ending !== undefined && !document.isUntitled) return ending;
  return hosts.find(({ languages: ids }) => ids.includes(document.languageId))?.ending ?? 'json';
}
