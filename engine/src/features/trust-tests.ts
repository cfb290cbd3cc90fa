/** Trust tests: which calls a policy must let in or keep out, written beside it and run by the evaluator. */
import { endings } from './trust-tests/vocabulary.ts';

export { completeTestsAt } from './trust-tests/complete.ts';
export { draftTests } from './trust-tests/draft.ts';
export { policyPathsIn, runTestFile, type TestRun } from './trust-tests/run.ts';

/** Whether a name is that of a file of trust tests. */
export const isTestFile = (name: string): boolean =>
  endings.some((ending) => name.toLowerCase().endsWith(ending));
