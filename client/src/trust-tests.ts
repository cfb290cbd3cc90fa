/**
 * Trust tests in the Testing view: a file of tests for each item, its policies and cases below. They are run by the
 * server, when asked for and again while the tests or their policies change.
 */
import {
  commands,
  Disposable,
  languages,
  Location,
  Range,
  TestMessage,
  type TestItem,
  TestRunProfileKind,
  tests,
  type TestController,
  type TextDocument,
  Uri,
  workspace,
  DiagnosticSeverity,
  Diagnostic,
  TestRunRequest,
} from 'vscode';
import type { Connection } from './client.ts';
import type { SentRange } from './marks.ts';

const pattern = '**/*.trust-tests.{yaml,yml}';
const isTests = ({ path }: Uri): boolean =>
  path.endsWith('.trust-tests.yaml') || path.endsWith('.trust-tests.yml');

interface CaseResult {
  readonly name: string;
  readonly expect: string;
  readonly passed: boolean;
  readonly message: string;
  readonly range: SentRange;
}

interface Results {
  readonly problems: readonly { readonly message: string; readonly range: SentRange }[];
  readonly suites: readonly {
    readonly label: string;
    readonly range: SentRange;
    readonly cases: readonly CaseResult[];
    readonly coverage?: Coverage;
  }[];
}

interface Coverage {
  readonly statements: { readonly total: number; readonly tried: number };
  readonly conditions: { readonly total: number; readonly tried: number };
  readonly untried: readonly string[];
}

/** What a run needs to know of a file. */
interface TestFile {
  readonly item: TestItem;
  readonly policies: ReadonlySet<string>;
  readonly cases: ReadonlyMap<TestItem, CaseResult>;
  readonly coverage: readonly string[];
}

/** Typing has paused when nothing has come for this long, in milliseconds. */
const pause = 200;

/** Registers the controller, and finds the files of the workspace. */
export function registerTests({ ready }: Connection): Disposable {
  const controller = tests.createTestController('trustPolicy.tests', 'Trust policies');
  const known = createKnown(controller, ready);
  const { files, update } = known;
  const later = createTimers(async (uri) => {
    await update(uri);
    const item = files.get(uri.toString())?.item;
    if (item) report(controller, files, new TestRunRequest([item]), false);
  });
  const changed = ({ uri }: TextDocument): void => {
    if (isTests(uri)) later.soon(uri);
    for (const [key, { policies }] of files) if (policies.has(uri.toString())) later.soon(Uri.parse(key));
  };
  const findAll = async (): Promise<void> => {
    for (const uri of await workspace.findFiles(pattern)) await update(uri);
  };
  const runAll = async (request: TestRunRequest): Promise<void> => {
    await Promise.all([...files.keys()].map((key) => update(Uri.parse(key))));
    report(controller, files, request, true);
  };

  controller.resolveHandler = async (item) => {
    if (!item) await findAll();
  };
  controller.refreshHandler = findAll;
  controller.createRunProfile('Run', TestRunProfileKind.Run, runAll, true);
  const watcher = workspace.createFileSystemWatcher(pattern);
  return Disposable.from(
    controller,
    known,
    later,
    watcher,
    watcher.onDidCreate(later.soon),
    watcher.onDidChange(later.soon),
    watcher.onDidDelete((uri) => void update(uri)),
    workspace.onDidOpenTextDocument(changed),
    workspace.onDidChangeTextDocument(({ document }) => {
      changed(document);
    }),
  );
}

interface Known {
  readonly files: ReadonlyMap<string, TestFile>;
  /** Reads and runs a file again, or forgets it where it is gone. */
  readonly update: (uri: Uri) => Promise<void>;
  readonly dispose: () => void;
}

/** The files of tests that are known, with their problems in the Problems panel. */
function createKnown(controller: TestController, ready: Promise<void>): Known {
  const diagnostics = languages.createDiagnosticCollection('trust-policy-tests');
  const files = new Map<string, TestFile>();
  return {
    files,
    update: async (uri) => {
      await ready;
      const file = await readFile(controller, uri);
      if (file === 'unanswered') return;
      if (file) {
        files.set(uri.toString(), file);
        diagnostics.set(uri, file.problems);
      } else {
        files.delete(uri.toString());
        controller.items.delete(uri.toString());
        diagnostics.delete(uri);
      }
    },
    dispose: () => {
      diagnostics.dispose();
    },
  };
}

interface Timers {
  readonly soon: (uri: Uri) => void;
  readonly dispose: () => void;
}

/** Runs a task for a file once typing has paused. */
function createTimers(task: (uri: Uri) => Promise<void>): Timers {
  const timers = new Map<string, ReturnType<typeof setTimeout>>();
  return {
    soon: (uri) => {
      const key = uri.toString();
      clearTimeout(timers.get(key));
      timers.set(
        key,
        setTimeout(() => void task(uri), pause),
      );
    },
    dispose: () => {
      for (const timer of timers.values()) clearTimeout(timer);
    },
  };
}

/** Shows what became of the cases that are meant; `persist` keeps the run in the history. */
function report(
  controller: TestController,
  files: ReadonlyMap<string, TestFile>,
  request: TestRunRequest,
  persist: boolean,
): void {
  const run = controller.createTestRun(request, 'Trust policies', persist);
  for (const { item, cases, coverage } of files.values()) {
    const meant = [...cases].filter(([test]) => isIncluded(request, test, item));
    for (const [test, { passed, message }] of meant) {
      run.started(test);
      if (passed) run.passed(test);
      else run.failed(test, messageAt(test, message));
    }
    if (meant.length > 0) for (const line of coverage) run.appendOutput(`${line}\r\n`);
  }
  run.end();
}

interface ReadFile extends TestFile {
  readonly problems: Diagnostic[];
}

/**
 * Runs a file through the server and makes its items anew; nothing where it is gone. While the server is being restarted
 * it does not answer, and what is known of the file stays.
 */
async function readFile(controller: TestController, uri: Uri): Promise<ReadFile | 'unanswered' | undefined> {
  const text = await textOf(uri);
  if (text === undefined) return undefined;
  const paths = await ask(text.getText());
  if (paths === undefined) return 'unanswered';
  const policies = new Map(pathsIn(paths).map((path) => [path, Uri.joinPath(uri, '..', path)] as const));
  const texts: Record<string, { text: string; languageId: string }> = {};
  for (const [path, at] of policies) {
    const found = await textOf(at);
    if (found) texts[path] = { text: found.getText(), languageId: found.languageId };
  }
  const results = await ask(text.getText(), texts);
  if (!isResults(results)) return 'unanswered';
  const item = controller.createTestItem(uri.toString(), workspace.asRelativePath(uri), uri);
  const cases = new Map<TestItem, CaseResult>();
  results.suites.forEach((suite, index) => {
    const parent = controller.createTestItem(`${item.id}#${index}`, suite.label, uri);
    parent.range = rangeOf(suite.range);
    item.children.add(parent);
    suite.cases.forEach((each, place) => {
      const test = controller.createTestItem(`${parent.id}/${place}`, `${each.expect}: ${each.name}`, uri);
      test.range = rangeOf(each.range);
      parent.children.add(test);
      cases.set(test, each);
    });
  });
  controller.items.add(item);
  const problems = results.problems.map(
    ({ message, range }) => new Diagnostic(rangeOf(range), message, DiagnosticSeverity.Error),
  );
  for (const problem of problems) problem.source = 'trust-policy';
  return {
    item,
    cases,
    problems,
    coverage: results.suites.flatMap(({ label, coverage }) =>
      coverage ? coverageLines(label, coverage) : [],
    ),
    policies: new Set([...policies.values()].map((each) => each.toString())),
  };
}

/** Asks the server; nothing while it is not there. */
async function ask(text: string, policies?: object): Promise<unknown> {
  try {
    return await commands.executeCommand('trustPolicy.runTests', text, policies);
  } catch {
    return undefined;
  }
}

async function textOf(uri: Uri): Promise<TextDocument | undefined> {
  try {
    return await workspace.openTextDocument(uri);
  } catch {
    return undefined;
  }
}

const coverageLines = (label: string, { statements, conditions, untried }: Coverage): readonly string[] => [
  `${label}: tried ${statements.tried} of ${statements.total} statements, ${conditions.tried} of ${conditions.total} conditions`,
  ...untried.map((what) => `  ${what}`),
];

function isIncluded({ include, exclude }: TestRunRequest, test: TestItem, file: TestItem): boolean {
  const chain = [test.id, test.parent?.id, file.id];
  const has = (items: readonly TestItem[] | undefined): boolean =>
    items?.some(({ id }) => chain.includes(id)) === true;
  return (include === undefined || has(include)) && !has(exclude);
}

function messageAt({ uri, range }: TestItem, text: string): TestMessage {
  const message = new TestMessage(text);
  if (uri && range) message.location = new Location(uri, range);
  return message;
}

const rangeOf = ({ start, end }: SentRange): Range =>
  new Range(start.line, start.character, end.line, end.character);

const pathsIn = (value: unknown): readonly string[] =>
  typeof value === 'object' && value !== null && 'paths' in value && Array.isArray(value.paths)
    ? value.paths.filter((path) => typeof path === 'string')
    : [];

const isResults = (value: unknown): value is Results =>
  typeof value === 'object' && value !== null && 'suites' in value && 'problems' in value;
