/**
 * Who can assume a role, as a page beside the policy that follows the text, and what can be copied of a policy. What is
 * shown comes from the server; this only finds the place for it.
 */
import {
  commands,
  Disposable,
  env,
  EventEmitter,
  Uri,
  window,
  workspace,
  type QuickPickItem,
  type TextDocument,
} from 'vscode';
import type { Connection } from './client.ts';

const scheme = 'trust-policy-callers';

/** The server's answer. */
interface Explanation {
  readonly region: number;
  readonly label: string | null;
  readonly markdown: string;
  readonly copies: readonly { readonly label: string; readonly text: string }[];
}

/** Registers the commands and the pages that they show. */
export function registerCallers({ ready }: Connection): Disposable {
  const changed = new EventEmitter<Uri>();
  const explain = async (uri: string, place: unknown): Promise<Explanation | undefined> => {
    await ready;
    const answer: unknown = await commands.executeCommand('trustPolicy.explainPolicy', uri, place);
    return isExplanation(answer) ? answer : undefined;
  };
  const explainHere = async (uri: unknown, region: unknown): Promise<(Explanation & Place) | undefined> => {
    const place = placeOf(uri, region);
    const explanation = place && (await explain(place.uri, place.at));
    if (place && explanation) return { ...explanation, ...place };
    await window.showInformationMessage('There is no trust policy here.');
    return undefined;
  };
  return Disposable.from(
    changed,
    workspace.registerTextDocumentContentProvider(scheme, {
      onDidChange: changed.event,
      provideTextDocumentContent: async (page) => {
        const [uri, region] = sourceOf(page);
        return (await explain(uri, region))?.markdown ?? 'The policy is not open any more.';
      },
    }),
    workspace.onDidChangeTextDocument(({ document }) => {
      for (const page of pagesOf(document)) changed.fire(page);
    }),
    commands.registerCommand('trustPolicy.showCallers', async (uri?: unknown, region?: unknown) => {
      const found = await explainHere(uri, region);
      if (found) await commands.executeCommand('markdown.showPreviewToSide', pageFor(found));
    }),
    commands.registerCommand('trustPolicy.copyPolicy', async (uri?: unknown, region?: unknown) => {
      const found = await explainHere(uri, region);
      if (found) await copy(found);
    }),
  );
}

/** Which policy is meant: one that a lens or an action names, or the one at the cursor. */
export interface Place {
  readonly uri: string;
  readonly at: unknown;
}

export function placeOf(uri: unknown, region: unknown): Place | undefined {
  if (typeof uri === 'string') return { uri, at: region };
  const editor = window.activeTextEditor;
  if (!editor) return undefined;
  const { line, character } = editor.selection.active;
  return { uri: editor.document.uri.toString(), at: { line, character } };
}

function isExplanation(value: unknown): value is Explanation {
  return typeof value === 'object' && value !== null && 'markdown' in value && 'copies' in value;
}

const pageFor = ({ uri, region, label }: Explanation & Place): Uri =>
  Uri.from({
    scheme,
    path: `/Who can assume ${label?.split('/').join(' ') ?? 'this role'}.md`,
    query: JSON.stringify([uri, region]),
  });

function sourceOf({ query }: Uri): readonly [uri: string, region: unknown] {
  const parts: unknown = JSON.parse(query);
  const [uri, region] = Array.isArray(parts) ? (parts as readonly unknown[]) : [];
  return [String(uri), region];
}

/** The open pages about a document. */
const pagesOf = (document: TextDocument): readonly Uri[] =>
  workspace.textDocuments
    .map(({ uri }) => uri)
    .filter((uri) => uri.scheme === scheme && sourceOf(uri)[0] === document.uri.toString());

async function copy({ copies }: Explanation): Promise<void> {
  const items = copies.map(({ label, text }): QuickPickItem & { readonly text: string } => ({ label, text }));
  const pick = await window.showQuickPick(items, { placeHolder: 'What do you want to copy?' });
  if (pick) await env.clipboard.writeText(pick.text);
}
