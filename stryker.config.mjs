/**
 * `npm run mutation`: whether a test fails for each small thing that could be wrong in policies and rules. What it does and
 * what it has found: docs/mutation.md.
 */
const cache = 'node_modules/.cache/stryker';

/** @type {import('@stryker-mutator/api/core').PartialStrykerOptions} */
export default {
  mutate: ['engine/src/{policy,rules}/**/*.ts', '!**/*.test.ts', '!**/*.gen.ts'],
  plugins: ['./test/mutation/runner.ts'],
  testRunner: 'in-process',
  testRunnerNodeArgs: ['--import', 'tsx'],
  coverageAnalysis: 'perTest',
  ignoreStatic: true,
  concurrency: 1,
  timeoutMS: 60_000,
  incremental: true,
  incrementalFile: `${cache}/incremental.json`,
  tempDirName: `${cache}/sandbox`,
  ignorePatterns: ['/dist', '/docs', '/images', '/.vscode-test', '/coverage'],
  reporters: ['clear-text', 'progress-append-only', 'html', 'json'],
  clearTextReporter: { allowColor: false, reportTests: false, reportMutants: false },
  htmlReporter: { fileName: `${cache}/mutation.html` },
  jsonReporter: { fileName: `${cache}/mutation.json` },
  thresholds: { high: 90, low: 80, break: 80 },
};
