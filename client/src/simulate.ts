/**
 * The command Simulate a Call: asks who calls, puts the call to the policy through the server, marks in the text what
 * decided, and says why on a page.
 */
import {
  commands,
  Disposable,
  env,
  type Memento,
  Uri,
  window,
  workspace,
  type QuickPickItem,
  type TextDocument,
} from 'vscode';
import type { Connection } from './client.ts';
import { createMarks, type SentRange } from './marks.ts';
import { createPages } from './pages.ts';

const scheme = 'trust-policy-call';

interface Call {
  readonly action: unknown;
  readonly principal: unknown;
  readonly context?: unknown;
}

/** What the server answers to a call. */
interface Answer {
  readonly region: number;
  readonly decision: 'allowed' | 'denied';
  readonly summary: string;
  readonly markdown: string;
  readonly deciding: readonly SentRange[];
}

/** Whom a policy suggests. */
interface Callers {
  readonly region: number;
  readonly callers: readonly { readonly label: string; readonly statement: number; readonly request: Call }[];
}

type Input =
  | { readonly kind: 'request'; readonly request: unknown }
  | { readonly kind: 'token' | 'assertion' | 'event'; readonly text: string };

/** What the server says where the answer depends on the account of the role: which it may be. */
interface AccountNeeded {
  readonly needs: 'roleAccount';
  readonly accounts: readonly string[];
}

const ask = (uri: string, place: unknown, input?: Input, roleAccount?: string): Thenable<unknown> =>
  commands.executeCommand('trustPolicy.simulate', uri, place, input, roleAccount);

/** Registers the command; `input` may be given by other extensions and tests, so that nobody is asked. */
export function registerSimulation({ ready }: Connection, memory: Memento): Disposable {
  const marks = createMarks();
  const pages = createPages(scheme);
  const answerTo = createAsker(memory);
  const simulateCall = async (
    uri?: unknown,
    place?: unknown,
    given?: Input,
    account?: string,
  ): Promise<unknown> => {
    await ready;
    const document = await documentOf(uri);
    if (!document) return undefined;
    const key = document.uri.toString();
    const at = place ?? window.activeTextEditor?.selection.active;
    const callers = await ask(key, at);
    if (!isCallers(callers)) return window.showInformationMessage('There is no trust policy here.');
    const input = given ?? (await askForCall(callers));
    if (!input) return undefined;
    const answer = await answerTo(key, callers.region, input, account);
    if (answer === undefined) return undefined;
    if (!isAnswer(answer)) return window.showErrorMessage(problemIn(answer));
    marks.show(document, answer.deciding, answer.decision === 'allowed' ? 'good' : 'bad', answer.summary);
    await pages.show('Simulated call', answer.markdown);
    return answer;
  };
  return Disposable.from(
    marks.disposable,
    pages.disposable,
    commands.registerCommand('trustPolicy.simulateCall', simulateCall),
  );
}

/** Puts calls; an account of the role that was asked for is remembered for its document. */
function createAsker(memory: Memento) {
  return async (uri: string, region: number, input: Input, given?: string): Promise<unknown> => {
    const answer = await ask(uri, region, input, given);
    if (!isAccountNeeded(answer)) return answer;
    const name = `roleAccount:${uri}`;
    const account = await askForAccount(answer.accounts, memory.get<string>(name));
    if (account === undefined) return undefined;
    await memory.update(name, account);
    return ask(uri, region, input, account);
  };
}

const isAccountNeeded = (value: unknown): value is AccountNeeded =>
  typeof value === 'object' && value !== null && 'needs' in value && 'accounts' in value;

/** The one that was given the last time comes first. */
async function askForAccount(
  accounts: readonly string[],
  before: string | undefined,
): Promise<string | undefined> {
  const value = before ?? accounts[0];
  const others = accounts.filter((account) => account !== value).slice(0, 5);
  return window.showInputBox({
    title: 'The answer depends on the account of the role',
    prompt: `In which account does the role lie?${others.length > 0 ? ` Others that are known here: ${others.join(', ')}.` : ''}`,
    placeHolder: '12 digits',
    ...(value !== undefined && { value }),
    validateInput: (text) => (/^\d{12}$/.test(text) ? undefined : 'The id of an account has 12 digits.'),
  });
}

async function documentOf(uri: unknown): Promise<TextDocument | undefined> {
  return typeof uri === 'string'
    ? workspace.openTextDocument(Uri.parse(uri))
    : window.activeTextEditor?.document;
}

const isCallers = (value: unknown): value is Callers =>
  typeof value === 'object' && value !== null && 'callers' in value;
const isAnswer = (value: unknown): value is Answer =>
  typeof value === 'object' && value !== null && 'decision' in value;
const problemIn = (value: unknown): string =>
  typeof value === 'object' && value !== null && 'problem' in value
    ? String(value.problem)
    : 'There is no answer.';

interface Choice extends QuickPickItem {
  readonly input: () => Promise<Input | undefined>;
}

async function askForCall({ callers }: Callers): Promise<Input | undefined> {
  const named = callers.map(({ label, statement, request }): Choice => ({
    label,
    description: `statement ${statement + 1}`,
    detail: JSON.stringify(request.context ?? {}),
    input: () => askForContext(request),
  }));
  const pasted = (label: string, detail: string, kind: 'token' | 'assertion' | 'event'): Choice => ({
    label,
    detail,
    input: async () => ({ kind, text: await env.clipboard.readText() }),
  });
  const pick = await window.showQuickPick(
    [
      ...named,
      pasted('Token in the clipboard', 'A JWT of an OIDC provider, or its payload', 'token'),
      pasted('SAML attributes in the clipboard', 'An assertion, JSON, or lines of name = value', 'assertion'),
      pasted('CloudTrail event in the clipboard', 'An event of AssumeRole…, or a log with one', 'event'),
      {
        label: 'Another request',
        detail: 'Action, principal and context as JSON',
        input: () => askForRequest(),
      },
    ],
    { placeHolder: 'Who calls?', matchOnDetail: true },
  );
  return pick?.input();
}

/** The context can be changed before the call: without a key, or with another value. */
async function askForContext(request: Call): Promise<Input | undefined> {
  const value = JSON.stringify(request.context ?? {});
  const text = await askForJson('The context of the call: change or remove condition keys', value);
  return text === undefined
    ? undefined
    : { kind: 'request', request: { ...request, context: JSON.parse(text) as unknown } };
}

async function askForRequest(): Promise<Input | undefined> {
  const example = {
    action: 'sts:AssumeRole',
    principal: { type: 'AWS', arn: 'arn:aws:iam::111122223333:user/alice' },
    context: {},
  };
  const text = await askForJson('The request', JSON.stringify(example));
  return text === undefined ? undefined : { kind: 'request', request: JSON.parse(text) as unknown };
}

const askForJson = (prompt: string, value: string): Thenable<string | undefined> =>
  window.showInputBox({
    prompt,
    value,
    validateInput: (text) => (isJson(text) ? undefined : 'This is no JSON.'),
  });

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
