/**
 * Runs tests for Stryker in its own process. All is bundled once; after that a mutant is switched on in code that is loaded
 * already and costs what its tests cost, some milliseconds, where vitest would need a second to begin. Only what is computed
 * while modules load is loaded anew.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import vm from 'node:vm';
import { INSTRUMENTER_CONSTANTS, type InstrumenterContext, type Mutant } from '@stryker-mutator/api/core';
import { declareClassPlugin, PluginKind } from '@stryker-mutator/api/plugin';
import {
  determineHitLimitReached,
  type DryRunResult,
  DryRunStatus,
  type MutantRunOptions,
  type MutantRunResult,
  type TestResult,
  type TestRunner,
  type TestRunnerCapabilities,
  TestStatus,
  toMutantRunResult,
} from '@stryker-mutator/api/test-runner';
import { build, type Plugin } from 'esbuild';
import * as vitest from 'vitest';
import type { Test } from './collect.ts';
import { createCompiler } from './compiler.ts';

/** The tests that tell what policies and rules do, and need no process, no server and no minute. */
const homes = [
  'engine/src/policy',
  'engine/src/rules',
  'engine/src/features/explain.test.ts',
  'engine/src/features/project.test.ts',
  'engine/src/features/why.test.ts',
  'test/evaluate/tables.test.ts',
  'test/proofs/edges.test.ts',
  'engine/src/evaluate/absence.test.ts',
];

const testFiles = (): readonly string[] =>
  homes.flatMap((home) =>
    home.endsWith('.ts')
      ? [home]
      : readdirSync(home, { recursive: true, encoding: 'utf8' })
          .filter((name) => name.endsWith('.test.ts'))
          .sort()
          .map((name) => path.join(home, name)),
  );

const collect = (): string => path.resolve('test/mutation/collect.ts');

/** Tests get their functions from `collect.ts`, and know the folder that they stand in. */
const forTests: Plugin = {
  name: 'tests',
  setup(bundling) {
    bundling.onResolve({ filter: /^vitest$/ }, ({ importer }) =>
      importer === collect() ? { path: 'vitest', external: true } : { path: collect() },
    );
    bundling.onLoad({ filter: /\.test\.ts$/ }, ({ path: file }) => ({
      loader: 'ts',
      contents: readFileSync(file, 'utf8')
        .replaceAll('import.meta.dirname', JSON.stringify(path.dirname(file)))
        .replaceAll('import.meta.url', JSON.stringify(`file://${file}`)),
    }));
  },
};

/** All tests and what they test, as the text of a script. */
async function bundle(): Promise<vm.Script> {
  const begun = testFiles().map((file) => `begin(${JSON.stringify(file)}); require('./${file}');`);
  const { outputFiles } = await build({
    stdin: {
      contents: `import { begin, tests } from './test/mutation/collect.ts';\n${begun.join('\n')}\nmodule.exports = tests;`,
      resolveDir: process.cwd(),
    },
    // Not where esbuild was loaded: Stryker has gone to the copy with the mutants since.
    absWorkingDir: process.cwd(),
    alias: { '#engine': './engine/src/index.ts' },
    bundle: true,
    format: 'cjs',
    mainFields: ['module', 'main'],
    platform: 'node',
    plugins: [forTests],
    external: ['typescript', 'ajv', 'ajv/*'],
    write: false,
    logLevel: 'error',
  });
  return new vm.Script(`(function (module, require) {${outputFiles[0]?.text ?? ''}\n})`);
}

/** What mutated code shares with whoever switches its mutants on. */
function contextOf(): InstrumenterContext {
  const shared = globalThis as { [INSTRUMENTER_CONSTANTS.NAMESPACE]?: InstrumenterContext };
  return (shared[INSTRUMENTER_CONSTANTS.NAMESPACE] ??= {});
}

/**
 * Tells whether a test can say something of a file with rules: its own pages, and the tests on rules that are not pages. Other files are the
 * business of all tests.
 */
function tellerOf(file: string): (id: string) => boolean {
  const text = readFileSync(file, 'utf8');
  if (!text.includes('defineRule(')) return () => true;
  return (id) => {
    const page = /rules\/pages\.test\.ts > ([\w-]+) \[\d+\]/.exec(id)?.[1];
    return page === undefined
      ? /^(?:engine\/src\/rules|test\/proofs|engine\/src\/features\/project)/.test(id)
      : text.includes(`'${page}'`) || text.includes(`"${page}"`);
  };
}

/** Where Stryker was started; later it goes to the copy with the mutants. */
const root = process.cwd();

/** After how many tests the turn of the compiler comes: it takes as long as these. */
const TURN = 40;

class InProcessRunner implements TestRunner {
  readonly #context = contextOf();
  readonly #faultOf = createCompiler(root);
  #script: vm.Script | undefined;
  #tests: readonly Test[] = [];
  /** Tests that have failed of a mutant lately: they are tried first. */
  readonly #keen = new Map<string, number>();
  #deaths = 0;

  capabilities(): TestRunnerCapabilities {
    return { reloadEnvironment: true };
  }

  async init(): Promise<void> {
    this.#script = await bundle();
    this.#load();
  }

  async dryRun(): Promise<DryRunResult> {
    const tests = [compiled(undefined)];
    for (const test of this.#tests) {
      this.#context.currentTestId = test.id;
      tests.push(await perform(test));
    }
    delete this.#context.currentTestId;
    const { mutantCoverage } = this.#context;
    return { status: DryRunStatus.Complete, tests, ...(mutantCoverage && { mutantCoverage }) };
  }

  async mutantRun({
    activeMutant,
    mutantActivation,
    sandboxFileName,
    testFilter,
    hitLimit,
  }: MutantRunOptions): Promise<MutantRunResult> {
    const isStatic = mutantActivation === 'static';
    this.#context.hitCount = 0;
    if (hitLimit === undefined) delete this.#context.hitLimit;
    else this.#context.hitLimit = hitLimit;
    this.#context.activeMutant = activeMutant.id;
    try {
      if (isStatic) this.#load();
      const tests = await this.#attack(activeMutant, sandboxFileName, testFilter && new Set(testFilter));
      const reached = determineHitLimitReached(this.#context.hitCount, this.#context.hitLimit);
      return toMutantRunResult(reached ?? { status: DryRunStatus.Complete, tests });
    } catch (error) {
      return toMutantRunResult({ status: DryRunStatus.Error, errorMessage: String(error) });
    } finally {
      delete this.#context.activeMutant;
      if (isStatic) this.#load();
    }
  }

  /** Runs tests until one fails, the compiler among them. */
  async #attack(
    mutant: Mutant,
    file: string,
    wanted: ReadonlySet<string> | undefined,
  ): Promise<TestResult[]> {
    const tells = tellerOf(file);
    const keenness = ({ id }: Test): number => this.#keen.get(id) ?? 0;
    const chosen = this.#tests
      .filter(({ id }) => (wanted?.has(id) ?? true) && tells(id))
      .sort((a, b) => keenness(b) - keenness(a));
    const attempts: (() => Promise<TestResult> | TestResult)[] = chosen.map((test) => () => perform(test));
    attempts.splice(TURN, 0, () => compiled(this.#faultOf(mutant)));
    const results: TestResult[] = [];
    for (const attempt of attempts) {
      const result = await attempt();
      results.push(result);
      if (result.status === TestStatus.Failed) {
        this.#keen.set(result.id, ++this.#deaths);
        break;
      }
    }
    return results;
  }

  #load(): void {
    const holder: { exports: unknown } = { exports: [] };
    const own = createRequire(path.resolve('package.json'));
    const need = (id: string): unknown => (id === 'vitest' ? vitest : own(id));
    (this.#script?.runInThisContext() as ((module: unknown, require: unknown) => void) | undefined)?.(
      holder,
      need,
    );
    this.#tests = holder.exports as readonly Test[];
  }
}

/** What the compiler says, as a test. */
function compiled(fault: string | undefined): TestResult {
  const told = { id: 'tsc', name: 'tsc', timeSpentMs: 0 };
  return fault === undefined
    ? { ...told, status: TestStatus.Success }
    : { ...told, status: TestStatus.Failed, failureMessage: fault };
}

async function perform({ id, file, run }: Test): Promise<TestResult> {
  const begin = performance.now();
  const told = { id, name: id, fileName: path.resolve(file) };
  try {
    await run();
    return { ...told, status: TestStatus.Success, timeSpentMs: performance.now() - begin };
  } catch (error) {
    const failureMessage = error instanceof Error ? error.message : String(error);
    return { ...told, status: TestStatus.Failed, failureMessage, timeSpentMs: performance.now() - begin };
  }
}

export const strykerPlugins = [declareClassPlugin(PluginKind.TestRunner, 'in-process', InProcessRunner)];
