/** VS Code calls run() in its Node.js extension host. */
import Mocha from 'mocha';
import { runSuite } from './run-suite.ts';

/** Runs the suite; rejects if a test fails. */
export const run = (): Promise<void> => runSuite(Mocha);
