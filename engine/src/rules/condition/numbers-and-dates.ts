/** Numeric and date operators compare with numbers and dates; what is neither never compares as it is meant. */
import { replaceValue } from '../../policy/amend.ts';
import { isWrittenOut } from '../../policy/condition.ts';
import { isPlaceholderWord } from '../../policy/known.ts';
import { isEpoch, isoMeant, isoOf, momentOf } from '../../policy/moment.ts';
import type { Policy, Test, TestValue } from '../../policy/policy.ts';
import { testsOfType } from '../../policy/type-fit.ts';
import { defineRule, type Fix, fix } from '../rule.ts';

interface Found {
  readonly test: Test;
  readonly value: TestValue;
}

/** The values under the operators of a type, as far as they are written out. */
const valuesUnder = (policy: Policy, type: 'numeric' | 'date'): readonly Found[] =>
  testsOfType(policy, type)
    .flatMap((test) => test.values.map((value) => ({ test, value })))
    .filter(
      ({ value: { text } }) => isWrittenOut(text) && !isPlaceholderWord(text) && !/YYYY|xx/i.test(text),
    );

const seconds: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };

/** Keys that count seconds. */
const isInSeconds = (key: string): boolean => /^(?:aws:MultiFactorAuthAge|sts:DurationSeconds)$/i.test(key);

/** The number that a text is meant for: `1h` where seconds are counted, `3,600`. */
function numberMeant(key: string, text: string): string | undefined {
  const [, amount, unit = ''] = /^(\d+)\s*([smhd])[a-z]*$/i.exec(text) ?? [];
  const factor = seconds[unit.toLowerCase()];
  if (amount !== undefined && factor !== undefined)
    return isInSeconds(key) ? String(Number(amount) * factor) : undefined;
  const plain = text.replace(/(?<=\d)[,_ ](?=\d{3}(?!\d))/g, '').trim();
  return plain !== text && isNumber(plain) ? plain : undefined;
}

const isNumber = (text: string): boolean => /^-?\d+(?:\.\d+)?$/.test(text);

export const rules = [
  defineRule({
    id: 'invalid-number-value',
    category: 'condition',
    severity: 'warning',
    when: ['operator numeric'],
    *check(policy) {
      for (const { test, value } of valuesUnder(policy, 'numeric')) {
        if (isNumber(value.text)) continue;
        const meant = numberMeant(test.key, value.text);
        yield {
          at: value.node,
          message: `${test.operatorText} compares numbers, and "${value.text}" is none, so the test is never met. Write digits only${isInSeconds(test.key) ? ': the key counts seconds' : ''}.`,
          fixes: meant === undefined ? [] : fix(`Change to ${meant}`, replaceValue(value.node, meant)),
        };
      }
    },
  }),
  defineRule({
    id: 'invalid-date-value',
    category: 'condition',
    severity: 'warning',
    when: ['operator date'],
    *check(policy) {
      for (const { test, value } of valuesUnder(policy, 'date')) {
        const { node, text } = value;
        const moment = momentOf(text);
        if (moment === undefined)
          yield {
            at: node,
            message: `"${text}" is no date that IAM reads, so the test is never met. Write it like 2026-01-31T00:00:00Z.`,
            fixes: changeTo(value, isoMeant(text)),
          };
        else if (isEpoch(text) && test.key.toLowerCase() !== 'aws:epochtime')
          yield {
            at: node,
            severity: 'information',
            message: `AWS warns that seconds since 1970 may not be read as the moment that is meant. Write ${isoOf(moment)}.`,
            fixes: changeTo(value, isoOf(moment)),
          };
      }
    },
  }),
];

const changeTo = ({ node }: TestValue, text: string | undefined): readonly Fix[] =>
  text === undefined ? [] : fix(`Change to ${text}`, replaceValue(node, text));
