/**
 * What a test makes of a request that does not carry its key: the one notion of it. `ForAnyValue` has then no value to hold for,
 * with `IfExists` or without.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
 * https://repost.aws/questions/QU9HFmDzP0QGuU-fd7rS6B7w/foranyvalue-stringequalsifexists-behaving-unexpectedly
 */
import type { Test } from './policy.ts';

/** Whether an operator that compares values holds where there are none. */
export const holdsForNothing = (
  { quantifier, ifExists }: Pick<Test, 'quantifier' | 'ifExists'>,
  negated: boolean,
): boolean => (quantifier === undefined ? ifExists || negated : quantifier === 'ForAllValues');

/** Whether a test holds for a request that does not carry its key. */
export function holdsIfAbsent(test: Test): boolean {
  const { operator, quantifier, ifExists, values } = test;
  if (operator === undefined || (operator.type === 'null' && ifExists)) return false;
  return operator.type === 'null' && quantifier === undefined
    ? values.some(({ text }) => text.toLowerCase() === 'true')
    : holdsForNothing(test, operator.negated);
}

/** Whether a request without the key fails the test. */
export function demandsKey(test: Test): boolean {
  const { operator, values } = test;
  if (operator === undefined || values.length === 0) return false;
  return operator.type === 'null'
    ? values.every(({ text }) => text.toLowerCase() === 'false')
    : !holdsIfAbsent(test);
}
