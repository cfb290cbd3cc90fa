/** The command that runs trust tests: the client reads the files, so that it works in virtual workspaces, too. */
import {
  draftTests,
  lensesOf,
  policyPathsIn,
  readPolicies,
  type Refusal,
  type Region,
  runTestFile,
  type Settings,
  type TestRun,
} from '#engine';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { rangeOf } from '../convert.ts';
import { type Open, policyFor } from './explain.ts';

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
    suites: run.suites.map(({ policy, role, region, span, cases, parts, coverage }) => ({
      policy,
      ...(region !== undefined && { region }),
      parts: partsIn(parts ?? [], textAt(policy, policies)),
      label: role === undefined ? policy : `${policy} (${role})`,
      range: rangeOf(document, span),
      cases: cases.map((each) => ({
        name: each.name,
        expect: each.expect,
        passed: each.passed,
        message: each.message,
        range: rangeOf(document, each.span),
        ...each.tried,
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

/** Statements and conditions with their ranges in the text of the policy. */
function partsIn(parts: NonNullable<TestRun['suites'][number]['parts']>, text: string): readonly object[] {
  const document = TextDocument.create('file:///policy', 'json', 1, text);
  return parts.map(({ kind, name, span, statement }) => ({
    kind,
    name,
    statement,
    range: rangeOf(document, span),
  }));
}

const textAt = (path: string, policies: Readonly<Record<string, unknown>>): string => {
  const found = policies[path];
  return isRecord(found) && typeof found['text'] === 'string' ? found['text'] : '';
};

/** Takes a document and which of its policies is meant; answers a text to begin a file of tests beside it with. */
export const draftCommand = 'trustPolicy.draftTests';

/** The text, and the name of the role where the document has several; nothing where there is no policy. */
export async function draftFor(
  given: readonly unknown[] | undefined,
  open: Open,
  settingsOf: (uri: string) => Promise<Settings>,
): Promise<unknown> {
  const found = policyFor(given, open);
  if (found === undefined) return null;
  const { text, region, document } = found;
  const file = decodeURIComponent(text.uri.slice(text.uri.lastIndexOf('/') + 1));
  const isOneOfMany = document.regions.length > 1;
  return {
    text: draftTests(region, file, isOneOfMany, await settingsOf(text.uri)),
    role: isOneOfMany ? (region.label ?? null) : null,
  };
}

/** Takes a document; answers where each of its policies begins. */
export const policiesCommand = 'trustPolicy.policiesIn';

/** The places of the lines above policies, by the numbers of the policies. */
export function policiesIn(given: readonly unknown[] | undefined, open: Open): unknown {
  const uri = given?.[0];
  const found = typeof uri === 'string' ? open(uri) : undefined;
  if (found === undefined) return [];
  return lensesOf(found.document).map(({ span, region }) => ({
    region,
    range: rangeOf(found.text, { start: span.start, end: span.start }),
  }));
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
