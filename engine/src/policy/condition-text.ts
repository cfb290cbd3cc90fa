/** Conditions as texts, so that equal ones are equal texts. */
import { remembered } from '../tree/remembered.ts';
import type { Statement, Test } from './policy.ts';

/** One test: its values in any order. */
export const testText = ({ operatorText, key, values }: Test): string =>
  JSON.stringify([operatorText, key.toLowerCase(), values.map(({ text }) => text).sort()]);

/** Several tests, in any order. */
export const conditionText = (tests: readonly string[]): string => [...tests].sort().join('\n');

/** All tests of a statement, in any order. */
export const conditionOf = remembered(({ tests }: Statement) => conditionText(tests.map(testText)));
