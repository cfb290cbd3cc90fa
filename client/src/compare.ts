/** The command Compare Trust with Git HEAD: what the changes of a document do to whom its policies let in. */
import { commands, Disposable, Uri, window, workspace } from 'vscode';
import type { Connection } from './client.ts';
import { committed, type Committed, type Uncommitted } from './committed.ts';
import { createPages } from './pages.ts';

interface Answer {
  readonly relation: string;
  readonly markdown: string;
}

/** Registers the command; other extensions and tests may give the document and the older text. */
export function registerCompare({ ready }: Connection): Disposable {
  const pages = createPages('trust-policy-compare');
  const compare = async (uri?: unknown, given?: unknown): Promise<Answer | Uncommitted> => {
    await ready;
    const document =
      typeof uri === 'string'
        ? await workspace.openTextDocument(Uri.parse(uri))
        : window.activeTextEditor?.document;
    if (!document) return tell('Open the file with the trust policy first.');
    const older: Committed | Uncommitted =
      typeof given === 'string' ? { text: given } : await committed(document);
    if ('problem' in older) return tell(older.problem);
    const answer: unknown = await commands.executeCommand(
      'trustPolicy.compareTrust',
      document.uri.toString(),
      older.text,
    );
    if (!isAnswer(answer)) return tell(problemIn(answer));
    await pages.show('Trust compared with HEAD', [older.note, answer.markdown].filter(Boolean).join('\n\n'));
    return answer;
  };
  return Disposable.from(pages.disposable, commands.registerCommand('trustPolicy.compareWithHead', compare));
}

/** Says why there is no answer, without waiting for it to be read. */
function tell(problem: string): Uncommitted {
  void window.showInformationMessage(problem);
  return { problem };
}

const isAnswer = (value: unknown): value is Answer =>
  typeof value === 'object' && value !== null && 'relation' in value && 'markdown' in value;

const problemIn = (value: unknown): string =>
  typeof value === 'object' && value !== null && 'problem' in value
    ? String(value.problem)
    : 'There is no trust policy here, nor was there one in HEAD.';
