/** The command that runs trust tests: the client reads the files, so that it works in virtual workspaces, too. */
import { policyPathsIn, readPolicies, type Refusal, type Region, runTestFile } from '#engine';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { rangeOf } from '../convert.ts';

/** Takes the text of a file of tests and, by their paths in it, the policies; without these it answers the paths. */
export const testsCommand = 'trustPolicy.runTests';

/** The paths of the policies, or what became of each case with its range. */
export function testsOf(given: readonly unknown[] | undefined): unknown {
  const [text, policies] = given ?? [];
  if (typeof text !== 'string') return null;
  if (!isRecord(policies)) return { paths: policyPathsIn(text) };
  const run = runTestFile(text, (path) => policiesAt(path, policies));
  const document = TextDocument.create('file:///trust-tests.yaml', 'yaml', 1, text);
  return {
    problems: run.problems.map(({ message, span }) => ({ message, range: rangeOf(document, span) })),
    suites: run.suites.map(({ policy, role, span, cases, coverage }) => ({
      label: role === undefined ? policy : `${policy} (${role})`,
      range: rangeOf(document, span),
      cases: cases.map((each) => ({
        name: each.name,
        expect: each.expect,
        passed: each.passed,
        message: each.message,
        range: rangeOf(document, each.span),
      })),
      ...(coverage && {
        coverage: {
          statements: coverage.statements,
          conditions: coverage.conditions,
          untried: coverage.untried.map(({ what }) => what),
        },
      }),
    })),
  };
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function policiesAt(path: string, policies: Readonly<Record<string, unknown>>): readonly Region[] | Refusal {
  const found = policies[path];
  const { text, languageId }: Readonly<Record<string, unknown>> = isRecord(found) ? found : {};
  if (typeof text !== 'string' || typeof languageId !== 'string')
    return { problem: `There is no file "${path}".` };
  return readPolicies({ uri: `file:///${path}`, languageId, text });
}
