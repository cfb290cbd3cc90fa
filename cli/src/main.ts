/** The command line: picks the command, prints, and turns the outcome into an exit code. */
import { parseArguments } from './args.ts';
import { printTemplateFor } from './template.ts';
import { check } from './check.ts';
import { describeData } from './data.ts';
import { diff } from './diff.ts';
import { explain } from './explain.ts';
import { insert } from './insert.ts';
import { explainRule, listRules } from './rules.ts';
import { simulate } from './simulate.ts';
import { testPolicies } from './test-policies.ts';
import { Misuse, usage } from './usage.ts';
import { version } from './version.ts';
import { why } from './why.ts';

// A reader that has seen enough, such as `head`, is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  process.exit(error.code === 'EPIPE' ? 0 : 2);
});

run(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    // Neither is a finding, so neither may look like one to a script.
    console.error(
      error instanceof Misuse ? `trust-policy: ${error.message}\nRun "trust-policy --help" for help.` : error,
    );
    process.exitCode = 2;
  },
);

async function run(argv: readonly string[]): Promise<number> {
  const request = parseArguments(argv);
  switch (request.command) {
    case 'help':
      console.log(usage);
      return 0;
    case 'version':
      console.log(version());
      return 0;
    case 'template':
      process.stdout.write(printTemplateFor(request));
      return 0;
    case 'check':
      return check(request);
    case 'explain':
      return explain(request);
    case 'simulate':
      return simulate(request);
    case 'insert':
      return insert(request);
    case 'why':
      return why(request);
    case 'diff':
      return diff(request);
    case 'test':
      return testPolicies(request);
    case 'rules':
      console.log(listRules(request.format));
      return 0;
    case 'data':
      console.log(describeData(request.format));
      return 0;
    case 'explain-rule':
      console.log(explainRule(request.rule));
      return 0;
  }
}
