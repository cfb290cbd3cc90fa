/** Runs all tests with mocha and prints its report on the console, from where the launcher takes it. */
import type Mocha from 'mocha';

/** The launcher prints the lines that begin with this, and drops VS Code's own. */
const reportPrefix = '[test] ';

/** Runs the tests; rejects if one fails. */
export async function runSuite(MochaClass: typeof Mocha): Promise<void> {
  const mocha = new MochaClass({ timeout: 20_000, reporter: 'spec' });
  MochaClass.reporters.Base.consoleLog = report;
  mocha.suite.emit('pre-require', globalThis, '', mocha); // defines describe() and it() ...
  await import('./activation.test.ts'); // ... which the test files use while they load
  await import('./diagnostics.test.ts');
  await import('./editing.test.ts');
  await import('./hosts.test.ts');
  await import('./callers.test.ts');
  await import('./simulate.test.ts');
  await import('./trust-tests.test.ts');
  await import('./compare.test.ts');
  await import('./refactoring.test.ts');
  await import('./commands.test.ts');
  await import('./templates.test.ts');

  const runner = await new Promise<Mocha.Runner>((resolve) => {
    const running = mocha.run(() => {
      resolve(running);
    });
  });
  const { passes = 0, failures = 0 } = runner.stats ?? {};
  report(`${passes} passed, ${failures} failed`);
  if (failures > 0 || passes === 0) throw new Error('The tests failed.');
}

/** Fills the gaps (%s, %d) of a line of the report here, because a console in a worker leaves them as they are. */
function report(line = '', ...values: unknown[]): void {
  console.log(reportPrefix + line.replace(/%[sd]/g, () => String(values.shift())));
}
