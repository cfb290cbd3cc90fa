/** Dates that have passed: what was to end or begin has done so, and the condition decides nothing any more. */
import { dropTest, replaceValue } from '../../policy/amend.ts';
import { hasKnownValues } from '../../policy/condition.ts';
import { momentOf } from '../../policy/moment.ts';
import type { Statement, Test } from '../../policy/policy.ts';
import { typeMissed } from '../../policy/type-fit.ts';
import { placeholder } from '../../tree/change.ts';
import { defineRule, type Fix, fix } from '../rule.ts';
import { removeStatement } from '../remedies.ts';

/** What the present time is compared with, in seconds since 1970; nothing where a value is no moment. */
function momentsOf(test: Test): readonly number[] | undefined {
  if (!/^aws:(?:CurrentTime|EpochTime)$/i.test(test.key) || typeMissed(test) !== undefined) return undefined;
  if (test.operator?.type === 'null' || test.values.length === 0 || !hasKnownValues(test)) return undefined;
  const moments = test.values.map(({ text }) => momentOf(text));
  const known = moments.filter((moment) => moment !== undefined);
  return known.length === moments.length ? known : undefined;
}

/** What has become of a test by a day: one value of several is enough to meet it. */
function outcomeOf(test: Test, day: number): 'always' | 'never' | undefined {
  const moments = momentsOf(test);
  const { operator } = test;
  if (moments === undefined || operator === undefined) return undefined;
  const latest = Math.max(...moments);
  if (operator.id.includes('GreaterThan')) return Math.min(...moments) < day ? 'always' : undefined;
  if (latest >= day) return undefined;
  return operator.negated ? 'always' : 'never';
}

export const rule = defineRule({
  id: 'date-condition-expired',
  category: 'quality',
  severity: 'warning',
  when: ['key aws:currenttime', 'key aws:epochtime'],
  *check({ statements }, { settings: { today } }) {
    const day = today === undefined ? undefined : momentOf(today);
    if (day === undefined) return;
    for (const statement of statements) {
      for (const test of statement.tests) {
        const [value] = test.values;
        const outcome = outcomeOf(test, day);
        if (outcome === undefined || value === undefined) continue;
        yield {
          at: value.node,
          message:
            outcome === 'always'
              ? 'This date has passed, so every request meets the test and it decides nothing. Take it out, or set another date.'
              : `This date has passed, so the statement ${statement.effect === 'Deny' ? 'bars' : 'lets in'} nobody any more. Take it out, or set another date.`,
          fixes: [
            ...(outcome === 'always' ? fix('Remove the test', dropTest(test)) : removeStatement(statement)),
            ...anotherDate(statement, test),
          ],
        };
      }
    }
  },
});

const anotherDate = (_: Statement, { values }: Test): readonly Fix[] => {
  const [value] = values;
  return value && values.length === 1
    ? fix('Set another date', replaceValue(value.node, placeholder('NEW_DATE')))
    : [];
};
