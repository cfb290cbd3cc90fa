/** `test`: runs trust tests from files and reports what became of each case. */
import path from 'node:path';
import {
  isTestFile,
  lineColumnAt,
  lineStarts,
  policyPathsIn,
  readPolicies,
  type Refusal,
  type Region,
  runTestFile,
  type TestRun,
} from '#engine';
import { filesFor, inputFrom, type Readable } from './files.ts';
import { read } from './options.ts';
import { sourceOf } from './source.ts';
import { printable } from './text.ts';
import { Misuse } from './usage.ts';

const formats = ['text', 'junit', 'json'] as const;
type TestFormat = (typeof formats)[number];

export interface TestRequest {
  readonly command: 'test';
  readonly paths: readonly string[];
  readonly format: TestFormat;
}

/** Reads the arguments behind `test`. @throws Misuse */
export function testRequest(args: readonly string[]): TestRequest {
  const options = { format: { type: 'string', default: 'text' } } as const;
  const { values, positionals } = read(args, options);
  const format = formats.find((each) => each === values.format);
  if (format === undefined)
    throw new Misuse(`There is no format "${values.format}": use text, junit or json.`);
  if (positionals.length === 0) throw new Misuse('test needs files or folders with *.trust-tests.yaml.');
  return { command: 'test', paths: positionals, format };
}

/** What became of one file. */
interface Tested extends Readable {
  readonly run: TestRun;
}

/** Runs the tests that are meant and prints the report. @returns the exit code */
export async function testPolicies({ paths, format }: TestRequest): Promise<number> {
  const files = filesFor(paths).filter(
    (file) => typeof file !== 'string' || paths.includes(file) || isTestFile(file),
  );
  if (files.length === 0) throw new Misuse(`There is no *.trust-tests.yaml in ${paths.join(', ')}.`);
  const tested: Tested[] = [];
  let failures = 0;
  for (const file of files) {
    const input = await inputFrom(file, '-');
    if ('problem' in input) {
      console.error(`trust-policy: ${input.file} cannot be read: ${input.problem}`);
      failures++;
    } else tested.push(await testFile(input));
  }
  process.stdout.write(`${reports[format](tested)}\n`);
  const problems = tested.reduce((sum, { run }) => sum + run.problems.length, failures);
  if (problems > 0) return 2;
  return casesOf(tested).some(({ passed }) => !passed) ? 1 : 0;
}

/** The policies are read before the tests are run, because reading waits. */
async function testFile(input: Readable): Promise<Tested> {
  const found = new Map<string, readonly Region[] | Refusal>();
  for (const name of policyPathsIn(input.text))
    found.set(name, await policiesIn(path.resolve(path.dirname(input.file), name), name));
  const missing = (name: string): Refusal => ({ problem: `There is no file "${name}".` });
  return { ...input, run: runTestFile(input.text, (name) => found.get(name) ?? missing(name)) };
}

async function policiesIn(file: string, name: string): Promise<readonly Region[] | Refusal> {
  const input = await inputFrom(file, '-');
  if ('problem' in input) return { problem: `"${name}" cannot be read: ${input.problem}` };
  return readPolicies(sourceOf(input));
}

const casesOf = (tested: readonly Tested[]) =>
  tested.flatMap(({ run }) => run.suites.flatMap(({ cases }) => cases));

const reports: Readonly<Record<TestFormat, (tested: readonly Tested[]) => string>> = {
  text: (tested) => [...tested.map(textOf), closingLine(tested)].join('\n'),
  json: (tested) => JSON.stringify({ version: 1, files: tested.map(jsonOf) }, undefined, 2),
  junit: (tested) =>
    [
      '<?xml version="1.0" encoding="UTF-8"?>',
      '<testsuites>',
      ...tested.flatMap(junitOf),
      '</testsuites>',
    ].join('\n'),
};

const placeIn = ({ file, text }: Readable, offset: number): string => {
  const { line, character } = lineColumnAt(lineStarts(text), offset);
  return printable(`${file}:${String(line + 1)}:${String(character + 1)}`);
};

const suiteName = ({ policy, role }: TestRun['suites'][number]): string =>
  role === undefined ? policy : `${policy} (${role})`;

function textOf(tested: Tested): string {
  const { run } = tested;
  return [
    ...run.problems.map(
      ({ message, span }) => `${placeIn(tested, span.start)}  problem  ${printable(message)}`,
    ),
    ...run.suites.flatMap((suite) => [
      printable(suiteName(suite)),
      ...suite.cases.map(({ name, expect, passed, message, span }) =>
        passed
          ? `  passed  ${expect}  ${printable(name)}`
          : `  FAILED  ${expect}  ${printable(name)}\n          ${printable(message)}\n          ${placeIn(tested, span.start)}`,
      ),
      ...coverageLines(suite),
    ]),
    '',
  ].join('\n');
}

function coverageLines({ coverage }: TestRun['suites'][number]): readonly string[] {
  if (coverage === undefined) return [];
  const { statements, conditions, untried } = coverage;
  return [
    `  tried: ${String(statements.tried)} of ${String(statements.total)} statements, ${String(conditions.tried)} of ${String(conditions.total)} conditions`,
    ...untried.map(({ what }) => `         ${printable(what)}`),
  ];
}

function closingLine(tested: readonly Tested[]): string {
  const cases = casesOf(tested);
  const failed = cases.filter(({ passed }) => !passed).length;
  return `${String(cases.length - failed)} passed, ${String(failed)} failed.`;
}

/** Its shape is fixed: a change of it is a breaking change. Positions are counted from zero in UTF-16 units. */
function jsonOf(tested: Tested): object {
  const starts = lineStarts(tested.text);
  const position = (offset: number): object => ({ ...lineColumnAt(starts, offset), offset });
  const { suites, problems } = tested.run;
  return {
    file: tested.file,
    problems: problems.map(({ message, span }) => ({
      message,
      start: position(span.start),
      end: position(span.end),
    })),
    suites: suites.map(({ policy, role, cases, coverage }) => ({
      policy,
      role: role ?? null,
      cases: cases.map(({ name, expect, passed, message, span }) => ({
        name,
        expect,
        passed,
        message,
        start: position(span.start),
        end: position(span.end),
      })),
      coverage: coverage
        ? {
            statements: coverage.statements,
            conditions: coverage.conditions,
            untried: coverage.untried.map(({ what }) => what),
          }
        : null,
    })),
  };
}

function junitOf(tested: Tested): readonly string[] {
  return tested.run.suites.flatMap((suite) => {
    const failed = suite.cases.filter(({ passed }) => !passed).length;
    const head = `  <testsuite name="${escaped(suiteName(suite))}" file="${escaped(tested.file)}" tests="${String(suite.cases.length)}" failures="${String(failed)}">`;
    const cases = suite.cases.map(({ name, expect, passed, message }) => {
      const start = `    <testcase classname="${escaped(suiteName(suite))}" name="${escaped(`${expect}: ${name}`)}"`;
      return passed ? `${start}/>` : `${start}><failure message="${escaped(message)}"/></testcase>`;
    });
    return [head, ...cases, '  </testsuite>'];
  });
}

/** For attributes of XML. Control characters, which XML does not have, are shown by their numbers. */
const escaped = (text: string): string =>
  printable(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
