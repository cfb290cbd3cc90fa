/** The command Compare Trust with Git HEAD: what the changes of a document do to whom its policies let in. */
import { commands, Disposable, extensions, Uri, window, workspace, type TextDocument } from 'vscode';
import type { Connection } from './client.ts';
import { createPages } from './pages.ts';

/** What is used of VS Code's own Git extension. */
interface Git {
  readonly getAPI: (version: 1) => {
    readonly getRepository: (uri: Uri) => Repository | null;
  };
}

interface Repository {
  readonly show: (ref: string, path: string) => Promise<string>;
}

interface Answer {
  readonly relation: string;
  readonly markdown: string;
}

/** Registers the command; other extensions and tests may give the document and the older text. */
export function registerCompare({ ready }: Connection): Disposable {
  const pages = createPages('trust-policy-compare');
  const compare = async (uri?: unknown, given?: unknown): Promise<unknown> => {
    await ready;
    const document =
      typeof uri === 'string'
        ? await workspace.openTextDocument(Uri.parse(uri))
        : window.activeTextEditor?.document;
    if (!document) return window.showInformationMessage('Open the file with the trust policy first.');
    const older = typeof given === 'string' ? given : await committed(document);
    if (older === undefined)
      return window.showInformationMessage('Git has no committed version of this file to compare with.');
    const answer: unknown = await commands.executeCommand(
      'trustPolicy.compareTrust',
      document.uri.toString(),
      older,
    );
    if (!isAnswer(answer)) return window.showInformationMessage(problemIn(answer));
    await pages.show('Trust compared with HEAD', answer.markdown);
    return answer;
  };
  return Disposable.from(pages.disposable, commands.registerCommand('trustPolicy.compareWithHead', compare));
}

const isAnswer = (value: unknown): value is Answer =>
  typeof value === 'object' && value !== null && 'relation' in value && 'markdown' in value;

const problemIn = (value: unknown): string =>
  typeof value === 'object' && value !== null && 'problem' in value
    ? String(value.problem)
    : 'There is no trust policy here.';

/** The text of a document as it was committed last; nothing without Git, or for a file that Git does not know. */
async function committed({ uri }: TextDocument): Promise<string | undefined> {
  try {
    const git = await extensions.getExtension<Git>('vscode.git')?.activate();
    return await git?.getAPI(1).getRepository(uri)?.show('HEAD', uri.fsPath);
  } catch {
    return undefined;
  }
}
