/** The command Why Was This Denied: takes the message of AWS, and shows on a page what it may come from. */
import { commands, Disposable, env, Uri, window, workspace } from 'vscode';
import type { Connection } from './client.ts';
import { createMarks, type SentRange } from './marks.ts';
import { createPages } from './pages.ts';

interface Answer {
  readonly markdown: string;
  readonly marks: readonly SentRange[];
}

/** Registers the command; other extensions and tests may give the document and the message. */
export function registerWhy({ ready }: Connection): Disposable {
  const pages = createPages('trust-policy-why');
  const marks = createMarks();
  const whyDenied = async (uri?: unknown, place?: unknown, given?: unknown): Promise<unknown> => {
    await ready;
    const document =
      typeof uri === 'string'
        ? await workspace.openTextDocument(Uri.parse(uri))
        : window.activeTextEditor?.document;
    if (!document) return window.showInformationMessage('Open the trust policy of the role first.');
    const at = place ?? window.activeTextEditor?.selection.active;
    const message = typeof given === 'string' ? given : await askForMessage();
    if (message === undefined) return undefined;
    const answer: unknown = await commands.executeCommand(
      'trustPolicy.why',
      document.uri.toString(),
      at,
      message,
    );
    if (!isAnswer(answer)) return window.showErrorMessage(problemIn(answer));
    marks.show(document, answer.marks, 'bad', 'This may be why the call was denied.');
    await pages.show('Why was this denied', answer.markdown);
    return answer;
  };
  return Disposable.from(
    pages.disposable,
    marks.disposable,
    commands.registerCommand('trustPolicy.whyDenied', whyDenied),
  );
}

const isAnswer = (value: unknown): value is Answer =>
  typeof value === 'object' && value !== null && 'markdown' in value && 'marks' in value;

const problemIn = (value: unknown): string =>
  typeof value === 'object' && value !== null && 'problem' in value
    ? String(value.problem)
    : 'There is no trust policy here.';

/** What is in the clipboard is offered, if it can be what is asked for. */
async function askForMessage(): Promise<string | undefined> {
  const copied = await env.clipboard.readText();
  const value = copied.includes('sts:') || copied.includes('eventName') ? copied : '';
  return window.showInputBox({
    prompt: 'The message by which AWS denied the call, or its CloudTrail event',
    placeHolder: '… is not authorized to perform: sts:AssumeRole on resource: …',
    value,
  });
}
