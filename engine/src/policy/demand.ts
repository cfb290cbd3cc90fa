/** What a test asks of a request: that the key be there at all, whatever its value. */
import type { Test } from './policy.ts';

/** Whether a request without the key fails the test. */
export function demandsKey({ operator, quantifier, ifExists, values }: Test): boolean {
  if (operator === undefined || operator.negated || ifExists || values.length === 0) return false;
  if (operator.type === 'null') return values.every(({ text }) => text.toLowerCase() === 'false');
  return quantifier !== 'ForAllValues';
}

/** Whether a test whose key is in no request is met all the same. */
export const isIdle = ({ operator, quantifier, ifExists, values }: Test): boolean =>
  operator?.type === 'null'
    ? values.every(({ text }) => text.toLowerCase() === 'true')
    : ifExists ||
      quantifier === 'ForAllValues' ||
      (operator?.negated === true && quantifier !== 'ForAnyValue');
