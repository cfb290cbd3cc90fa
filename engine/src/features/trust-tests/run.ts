/** Runs trust tests: each call is put to the policy, and it is counted which statements and conditions they try. */
import { actionFor } from '../../policy/fit.ts';
import type { Evaluation } from '../../evaluate/evaluate.ts';
import { readCaller, type Refusal } from '../../evaluate/caller.ts';
import { type AssumeRequest, readRequest, type WrittenRequest } from '../../evaluate/request.ts';
import type { Policy } from '../../policy/policy.ts';
import { readPolicy } from '../../policy/read.ts';
import type { Span } from '../../text/span.ts';
import type { Region } from '../document.ts';
import { requestFromToken } from '../request/token.ts';
import { answerTo, roleAccountIn } from '../role-account.ts';
import { answerInWords, decidingSteps } from '../simulate.ts';
import { type Coverage, coverageOf, type Part, partsOf, type Tried, triedIn } from './coverage.ts';
import { type TestCall, type TestCase, type TestProblem, type TestSuite, readTestFile } from './read.ts';

/** What became of a case. */
export interface CaseResult {
  readonly name: string;
  readonly expect: TestCase['expect'];
  readonly span: Span;
  readonly passed: boolean;
  /** Why it failed, or the answer where it passed. */
  readonly message: string;
  /** What of the parts of the policy it tries. */
  readonly tried: Tried;
}

export interface SuiteResult {
  readonly policy: string;
  readonly role?: string;
  readonly span: Span;
  readonly cases: readonly CaseResult[];
  /** The place of the policy among those of its file; nothing where it could not be read, as for what follows. */
  readonly region?: number;
  readonly parts?: readonly Part[];
  readonly coverage?: Coverage;
}

export interface TestRun {
  readonly suites: readonly SuiteResult[];
  readonly problems: readonly TestProblem[];
}

/** The policies of a file by its path as written; why there are none, if there are none. */
export type FindPolicies = (path: string) => readonly Region[] | Refusal;

/** Runs a file of tests. */
export function runTestFile(text: string, find: FindPolicies): TestRun {
  const { suites, problems } = readTestFile(text);
  const found: TestProblem[] = [...problems];
  const results = suites.map((suite): SuiteResult => {
    const regions = find(suite.policy);
    const region = 'problem' in regions ? regions : regionFor(suite, regions);
    const { policy, role, span } = suite;
    const base = { policy, span, ...(role !== undefined && { role }) };
    if ('problem' in region) {
      found.push({ message: region.problem, span });
      return { ...base, cases: [] };
    }
    const place = 'problem' in regions ? -1 : regions.indexOf(region);
    return { ...base, region: place, ...runSuite(suite, region) };
  });
  return { suites: results, problems: found };
}

/** The paths of the policies that a file of tests is about. */
export const policyPathsIn = (text: string): readonly string[] => [
  ...new Set(readTestFile(text).suites.map(({ policy }) => policy)),
];

function regionFor({ policy, role }: TestSuite, regions: readonly Region[]): Region | Refusal {
  const named = role === undefined ? regions : regions.filter(({ label }) => label === role);
  const [region, ...others] = named;
  const names = regions.map(({ label }) => `"${label ?? ''}"`).join(', ');
  if (regions.length === 0) return { problem: `There is no trust policy in "${policy}".` };
  if (region === undefined)
    return { problem: `There is no role "${role ?? ''}" in "${policy}", but ${names}.` };
  return others.length > 0
    ? { problem: `"${policy}" has several trust policies: name one of ${names} as role.` }
    : region;
}

function runSuite(suite: TestSuite, region: Region): Pick<SuiteResult, 'cases' | 'parts' | 'coverage'> {
  const policy = readPolicy(region.node);
  const account = suite.roleAccount ?? roleAccountIn(region, policy);
  const parts = partsOf(policy);
  const cases = suite.cases.map((test): CaseResult => {
    const evaluation = answerTo(region, account, (of) => requestFor(test.call, policy, of));
    if ('needs' in evaluation) return resultOf(test, false, `${evaluation.problem} Say it as roleAccount.`);
    if ('problem' in evaluation) return resultOf(test, false, evaluation.problem);
    return { ...judged(test, evaluation), tried: triedIn(parts, evaluation) };
  });
  const coverage = coverageOf(
    parts,
    cases.map(({ tried }) => tried),
  );
  return { cases, parts, coverage };
}

function requestFor(call: TestCall, policy: Policy, account: string | undefined): AssumeRequest | Refusal {
  const written = call.kind === 'token' ? fromToken(call.text, policy, account) : fromCaller(call);
  return 'problem' in written ? written : readRequest(written, account);
}

function fromToken(text: string, policy: Policy, account: string | undefined): WrittenRequest | Refusal {
  const converted = requestFromToken(text, policy, account);
  return 'problem' in converted ? converted : converted.request;
}

/** Without an action, the one by which such a caller assumes a role. */
function fromCaller({
  caller,
  action,
  context,
}: Extract<TestCall, { kind: 'caller' }>): WrittenRequest | Refusal {
  const read = readCaller(caller);
  if ('problem' in read) return read;
  return { action: action ?? actionFor(read.principal) ?? 'sts:AssumeRole', principal: caller, context };
}

function judged(test: TestCase, evaluation: Evaluation): CaseResult {
  const answer = answerInWords(evaluation);
  if (evaluation.dependsOn.length > 0)
    return resultOf(
      test,
      false,
      `It depends on what is not known: ${evaluation.dependsOn.map(({ message }) => message).join(' ')}`,
    );
  const isAllowed = evaluation.decision === 'allowed';
  if (isAllowed !== (test.expect === 'allow')) {
    const why = decidingSteps(evaluation).map(({ message }) => message);
    return resultOf(test, false, [`Expected ${test.expect}. ${answer}`, ...why].join(' '));
  }
  if (test.reason !== undefined && test.reason !== evaluation.reason)
    return resultOf(test, false, `Expected the reason ${test.reason}, but it is ${evaluation.reason}.`);
  return resultOf(test, true, answer);
}

const resultOf = ({ name, expect, span }: TestCase, passed: boolean, message: string): CaseResult => ({
  name,
  expect,
  span,
  passed,
  message,
  tried: { met: [], failed: [] },
});
