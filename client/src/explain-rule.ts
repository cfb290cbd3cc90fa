/** The command Explain Rule: shows the page of a rule, which is part of the extension and needs no network. */
import {
  commands,
  Disposable,
  languages,
  QuickPickItemKind,
  Uri,
  window,
  workspace,
  type Diagnostic,
  type QuickPickItem,
} from 'vscode';

interface RulePage {
  readonly id: string;
  readonly summary: string;
  readonly text: string;
}

const scheme = 'trust-policy-rule';

/** Registers the command, and the pages as documents that VS Code's own preview can show. */
export function registerRulePages(extensionUri: Uri): Disposable {
  return Disposable.from(
    workspace.registerTextDocumentContentProvider(scheme, {
      provideTextDocumentContent: async ({ path }) =>
        (await readPages(extensionUri)).find(({ id }) => path === pathOf(id))?.text,
    }),
    commands.registerCommand('trustPolicy.explainRule', (rule?: unknown) => explainRule(extensionUri, rule)),
  );
}

const pathOf = (id: string): string => `/${id}.md`;

/** Opens the page of the given rule; without one, asks which, beginning with those at the cursor. */
async function explainRule(extensionUri: Uri, rule: unknown): Promise<void> {
  const pages = await readPages(extensionUri);
  const id = typeof rule === 'string' ? rule : await askForRule(pages);
  if (id === undefined) return;
  if (!pages.some((page) => page.id === id)) {
    await window.showErrorMessage(`There is no rule with the id "${id}".`);
    return;
  }
  await commands.executeCommand('markdown.showPreview', Uri.from({ scheme, path: pathOf(id) }));
}

async function readPages(extensionUri: Uri): Promise<RulePage[]> {
  const bytes = await workspace.fs.readFile(Uri.joinPath(extensionUri, 'dist', 'rules.json'));
  const pages: unknown = JSON.parse(new TextDecoder().decode(bytes));
  return Array.isArray(pages) ? pages.filter(isRulePage) : [];
}

function isRulePage(value: unknown): value is RulePage {
  return (
    typeof value === 'object' && value !== null && 'id' in value && 'summary' in value && 'text' in value
  );
}

async function askForRule(pages: readonly RulePage[]): Promise<string | undefined> {
  const here = new Set(rulesAtCursor());
  const sections = [
    section(
      'At the cursor',
      pages.filter(({ id }) => here.has(id)),
    ),
    section(
      'All rules',
      pages.filter(({ id }) => !here.has(id)),
    ),
  ];
  const options = { placeHolder: 'Which rule?', matchOnDetail: true };
  const pick = await window.showQuickPick(sections.flat(), options);
  return pick?.label;
}

function section(title: string, pages: readonly RulePage[]): QuickPickItem[] {
  if (pages.length === 0) return [];
  const items = pages.map(({ id, summary }) => ({ label: id, detail: summary }));
  return [{ label: title, kind: QuickPickItemKind.Separator }, ...items];
}

function rulesAtCursor(): string[] {
  const editor = window.activeTextEditor;
  if (!editor) return [];
  return languages
    .getDiagnostics(editor.document.uri)
    .filter(({ range }) => range.intersection(editor.selection) !== undefined)
    .map(codeOf);
}

function codeOf({ code }: Diagnostic): string {
  return String(typeof code === 'object' ? code.value : code);
}
