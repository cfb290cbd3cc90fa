/** Files of trust tests: read and run through the server, and what became of their cases. */
import {
  commands,
  Diagnostic,
  DiagnosticSeverity,
  Range,
  type TestController,
  type TestItem,
  type TextDocument,
  Uri,
  workspace,
} from 'vscode';
import type { SentRange } from './marks.ts';

export interface CaseResult {
  readonly name: string;
  readonly expect: string;
  readonly passed: boolean;
  readonly message: string;
  readonly range: SentRange;
  /** The places of the parts of the policy that it tries: a statement takes effect, a condition is met or fails. */
  readonly met: readonly number[];
  readonly failed: readonly number[];
}

/** A statement or a condition of a policy. */
export interface Part {
  readonly kind: 'statement' | 'condition';
  readonly name: string;
  readonly statement: number;
  readonly range: SentRange;
}

interface SentSuite {
  readonly label: string;
  /** The path of the policy, and its place among those of its file. */
  readonly policy: string;
  readonly region?: number;
  readonly range: SentRange;
  readonly parts: readonly Part[];
  readonly cases: readonly CaseResult[];
  readonly coverage?: Coverage;
}

interface Results {
  readonly problems: readonly { readonly message: string; readonly range: SentRange }[];
  readonly suites: readonly SentSuite[];
}

interface Coverage {
  readonly statements: { readonly total: number; readonly tried: number };
  readonly conditions: { readonly total: number; readonly tried: number };
  readonly untried: readonly string[];
}

/** The tests of one policy, and what became of them. */
export interface Suite {
  readonly policy: Uri;
  readonly region: number | undefined;
  readonly parts: readonly Part[];
  readonly cases: ReadonlyMap<TestItem, CaseResult>;
}

/** What a run needs to know of a file. */
export interface TestFile {
  readonly item: TestItem;
  readonly policies: ReadonlySet<string>;
  readonly suites: readonly Suite[];
  readonly coverage: readonly string[];
}

/** A file with what is not understood in it. */
export interface ReadFile extends TestFile {
  readonly problems: Diagnostic[];
}

/**
 * Runs a file through the server and makes its items anew; nothing where it is gone. While the server is being restarted
 * it does not answer, and what is known of the file stays.
 */
export async function readFile(
  controller: TestController,
  uri: Uri,
): Promise<ReadFile | 'unanswered' | undefined> {
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
  const suites = results.suites.map((suite, index) => itemsOf(controller, item, suite, index));
  controller.items.add(item);
  const problems = results.problems.map(
    ({ message, range }) => new Diagnostic(rangeOf(range), message, DiagnosticSeverity.Error),
  );
  for (const problem of problems) problem.source = 'trust-policy';
  return {
    item,
    suites,
    problems,
    coverage: results.suites.flatMap(({ label, coverage }) =>
      coverage ? coverageLines(label, coverage) : [],
    ),
    policies: new Set([...policies.values()].map((each) => each.toString())),
  };
}

function itemsOf(controller: TestController, item: TestItem, suite: SentSuite, index: number): Suite {
  const uri = item.uri ?? Uri.parse(item.id);
  const parent = controller.createTestItem(`${item.id}#${index}`, suite.label, uri);
  parent.range = rangeOf(suite.range);
  item.children.add(parent);
  const cases = new Map<TestItem, CaseResult>();
  suite.cases.forEach((each, place) => {
    const test = controller.createTestItem(`${parent.id}/${place}`, `${each.expect}: ${each.name}`, uri);
    test.range = rangeOf(each.range);
    parent.children.add(test);
    cases.set(test, each);
  });
  return { policy: Uri.joinPath(uri, '..', suite.policy), region: suite.region, parts: suite.parts, cases };
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

/** A range of ours as one of VS Code's. */
export const rangeOf = ({ start, end }: SentRange): Range =>
  new Range(start.line, start.character, end.line, end.character);

const pathsIn = (value: unknown): readonly string[] =>
  typeof value === 'object' && value !== null && 'paths' in value && Array.isArray(value.paths)
    ? value.paths.filter((path) => typeof path === 'string')
    : [];

const isResults = (value: unknown): value is Results =>
  typeof value === 'object' && value !== null && 'suites' in value && 'problems' in value;
