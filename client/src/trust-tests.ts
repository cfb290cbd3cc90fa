/**
 * Trust tests in the Testing view: a file of tests for each item, its policies and cases below. They are run by the
 * server, when asked for and again while the tests or their policies change; what is run can be shown as coverage.
 */
import {
  Disposable,
  type Event,
  EventEmitter,
  type FileCoverage,
  type FileCoverageDetail,
  languages,
  Location,
  TestMessage,
  type TestRun,
  type TestItem,
  TestRunProfileKind,
  tests,
  type TestController,
  type TextDocument,
  Uri,
  workspace,
  TestRunRequest,
} from 'vscode';
import type { Connection } from './client.ts';
import { coverageOf, type RunSuite } from './test-coverage.ts';
import { readFile, type Suite, type TestFile } from './test-files.ts';
import { registerTestLens } from './test-lens.ts';

const pattern = '**/*.trust-tests.{yaml,yml}';
const isTests = ({ path }: Uri): boolean =>
  path.endsWith('.trust-tests.yaml') || path.endsWith('.trust-tests.yml');

/** Typing has paused when nothing has come for this long, in milliseconds. */
const pause = 200;

/** Registers the controller, the line above policies, and finds the files of the workspace. */
export function registerTests({ ready, selector }: Connection): Disposable {
  const controller = tests.createTestController('trustPolicy.tests', 'Trust policies');
  const known = createKnown(controller, ready);
  const { files, update } = known;
  const details = new WeakMap<FileCoverage, readonly FileCoverageDetail[]>();
  const later = createTimers(async (uri) => {
    await update(uri);
    const item = files.get(uri.toString())?.item;
    if (item) report(controller, files, new TestRunRequest([item]), false).end();
  });
  const changed = ({ uri }: TextDocument): void => {
    if (isTests(uri)) later.soon(uri);
    for (const [key, { policies }] of files) if (policies.has(uri.toString())) later.soon(Uri.parse(key));
  };
  const findAll = async (): Promise<void> => {
    for (const uri of await workspace.findFiles(pattern)) await update(uri);
  };
  let search: Promise<void> | undefined;
  const found = (): Promise<void> => (search ??= findAll());
  const runAll = async (request: TestRunRequest): Promise<void> => {
    await Promise.all([...files.keys()].map((key) => update(Uri.parse(key))));
    const run = report(controller, files, request, true);
    if (request.profile?.kind === TestRunProfileKind.Coverage)
      for (const [file, own] of coverageOf(runSuites(files, request))) {
        details.set(file, own);
        run.addCoverage(file);
      }
    run.end();
  };

  controller.resolveHandler = async (item) => {
    if (!item) await found();
  };
  controller.refreshHandler = findAll;
  controller.createRunProfile('Run', TestRunProfileKind.Run, runAll, true);
  const profile = controller.createRunProfile('Coverage', TestRunProfileKind.Coverage, runAll, true);
  profile.loadDetailedCoverage = (_, file) => Promise.resolve([...(details.get(file) ?? [])]);
  const watcher = workspace.createFileSystemWatcher(pattern);
  return Disposable.from(
    controller,
    known,
    later,
    registerTestLens({ found, suitesOf: known.suitesOf, onDidChange: known.onDidChange }, selector),
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
  /** The tests of a policy, by its place in its document. */
  readonly suitesOf: (policy: Uri, region: number) => readonly Suite[];
  readonly onDidChange: Event<void>;
  readonly dispose: () => void;
}

/** The files of tests that are known, with their problems in the Problems panel. */
function createKnown(controller: TestController, ready: Promise<void>): Known {
  const diagnostics = languages.createDiagnosticCollection('trust-policy-tests');
  const files = new Map<string, TestFile>();
  const changed = new EventEmitter<void>();
  return {
    files,
    onDidChange: changed.event,
    suitesOf: (policy, region) =>
      [...files.values()].flatMap(({ suites }) =>
        suites.filter((suite) => suite.policy.toString() === policy.toString() && suite.region === region),
      ),
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
      changed.fire();
    },
    dispose: () => {
      changed.dispose();
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

/** Shows what became of the cases that are meant, in a run that is still to be ended; `persist` keeps it in the history. */
function report(
  controller: TestController,
  files: ReadonlyMap<string, TestFile>,
  request: TestRunRequest,
  persist: boolean,
): TestRun {
  const run = controller.createTestRun(request, 'Trust policies', persist);
  for (const { item, suites, coverage } of files.values()) {
    const meant = suites
      .flatMap(({ cases }) => [...cases])
      .filter(([test]) => isIncluded(request, test, item));
    for (const [test, { passed, message }] of meant) {
      run.started(test);
      if (passed) run.passed(test);
      else run.failed(test, messageAt(test, message));
    }
    if (meant.length > 0) for (const line of coverage) run.appendOutput(`${line}\r\n`);
  }
  return run;
}

/** The suites of which some cases are meant, with those cases. */
const runSuites = (files: ReadonlyMap<string, TestFile>, request: TestRunRequest): readonly RunSuite[] =>
  [...files.values()].flatMap(({ item, suites }) =>
    suites
      .map(({ policy, parts, cases }) => ({
        policy,
        parts,
        cases: [...cases].flatMap(([test, result]) => (isIncluded(request, test, item) ? [result] : [])),
      }))
      .filter(({ cases }) => cases.length > 0),
  );

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
