/** VS Code calls run() in its web worker extension host. Mocha's build for browsers defines a global. */
import 'mocha/mocha.js';
import { runSuite } from './run-suite.ts';

/** Runs the suite; rejects if a test fails. */
export const run = (): Promise<void> => runSuite(Mocha);
