/** The line above a policy that says what has become of its trust tests, or offers to write some; and both commands. */
import {
  CodeLens,
  commands,
  Disposable,
  type DocumentSelector,
  type Event,
  EventEmitter,
  languages,
  Position,
  Range,
  Uri,
  window,
  workspace,
  WorkspaceEdit,
} from 'vscode';
import { placeOf } from './callers.ts';
import type { SentRange } from './marks.ts';
import type { Suite } from './test-files.ts';

/** What the line asks of the tests that are known. */
interface TestFiles {
  /** Settles when the files of the workspace have been looked for. */
  readonly found: () => Promise<void>;
  readonly suitesOf: (policy: Uri, region: number) => readonly Suite[];
  readonly onDidChange: Event<void>;
}

interface Policy {
  readonly region: number;
  readonly range: SentRange;
}

/** Shows the line in the documents that the server serves. */
export function registerTestLens(files: TestFiles, selector: DocumentSelector): Disposable {
  const lenses = new EventEmitter<void>();
  return Disposable.from(
    lenses,
    files.onDidChange(() => {
      lenses.fire();
    }),
    languages.registerCodeLensProvider(selector, {
      onDidChangeCodeLenses: lenses.event,
      provideCodeLenses: async ({ uri }) => {
        if (!workspace.getConfiguration('trustPolicy', uri).get<boolean>('codeLens', true)) return [];
        const [policies] = await Promise.all([policiesIn(uri), files.found()]);
        return policies.map(({ region, range: { start } }) => {
          const at = new Position(start.line, start.character);
          const command = { ...lineFor(files.suitesOf(uri, region)), arguments: [uri.toString(), region] };
          return new CodeLens(new Range(at, at), command);
        });
      },
    }),
    commands.registerCommand('trustPolicy.showTests', (uri: unknown, region: unknown) =>
      showTests(files, uri, region),
    ),
    commands.registerCommand('trustPolicy.addTests', addTests),
  );
}

/** The policies of a document; none while the server is not there. */
async function policiesIn(uri: Uri): Promise<readonly Policy[]> {
  try {
    const answer: unknown = await commands.executeCommand('trustPolicy.policiesIn', uri.toString());
    return Array.isArray(answer) ? (answer as readonly Policy[]) : [];
  } catch {
    return [];
  }
}

function lineFor(suites: readonly Suite[]): { readonly title: string; readonly command: string } {
  const results = suites.flatMap(({ cases }) => [...cases.values()]);
  if (results.length === 0) return { title: 'Add Trust Tests…', command: 'trustPolicy.addTests' };
  const failed = results.filter(({ passed }) => !passed).length;
  const tests = results.length === 1 ? 'trust test' : 'trust tests';
  const title =
    failed > 0 ? `${failed} of ${results.length} ${tests} failed` : `${results.length} ${tests} passed`;
  return { title, command: 'trustPolicy.showTests' };
}

/** Opens the file of tests at the first case that failed, or else at the first. */
async function showTests(files: TestFiles, uri: unknown, region: unknown): Promise<void> {
  if (typeof uri !== 'string' || typeof region !== 'number') return;
  const cases = files.suitesOf(Uri.parse(uri), region).flatMap((suite) => [...suite.cases]);
  const [test] = cases.find(([, { passed }]) => !passed) ?? cases[0] ?? [];
  if (test?.uri) await window.showTextDocument(test.uri, test.range ? { selection: test.range } : {});
}

interface Draft {
  readonly text: string;
  readonly role: string | null;
}

const isDraft = (value: unknown): value is Draft =>
  typeof value === 'object' && value !== null && 'text' in value && 'role' in value;

/** Writes a file of tests beside the policy, with what the policy does today; one that is there is opened as it is. */
async function addTests(uri?: unknown, region?: unknown): Promise<void> {
  const place = placeOf(uri, region);
  const draft: unknown =
    place && (await commands.executeCommand('trustPolicy.draftTests', place.uri, place.at));
  if (!place || !isDraft(draft)) {
    void window.showInformationMessage('There is no trust policy here.');
    return;
  }
  const policy = Uri.parse(place.uri);
  if (policy.scheme === 'untitled') {
    void window.showInformationMessage('Save the policy first: the tests name its file.');
    return;
  }
  await window.showTextDocument(await fileFor(policy, draft));
}

async function fileFor(policy: Uri, { text, role }: Draft): Promise<Uri> {
  const name = policy.path.slice(policy.path.lastIndexOf('/') + 1).replace(/\.[^.]+$/, '');
  const part = role === null ? '' : `.${role.replace(/[^\w-]+/g, '-')}`;
  const file = Uri.joinPath(policy, '..', `${name}${part}.trust-tests.yaml`);
  const isThere = await workspace.fs.stat(file).then(
    () => true,
    () => false,
  );
  if (isThere) return file;
  const edit = new WorkspaceEdit();
  edit.createFile(file, { ignoreIfExists: true, contents: new TextEncoder().encode(text) });
  await workspace.applyEdit(edit);
  return file;
}
