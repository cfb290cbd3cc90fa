/** `Bool` and `Null` compare with one value: true or false. */
import { replaceValue } from '../../policy/amend.ts';
import { isWrittenOut } from '../../policy/condition.ts';
import type { Policy, Statement, Test } from '../../policy/policy.ts';
import { defineRule, fix } from '../rule.ts';

const yes = /^(?:[1yt]|yes|on|enabled?)$/i;
const no = /^(?:[0nf]|no|off|disabled?)$/i;

interface Found {
  readonly statement: Statement;
  readonly test: Test;
}

const booleanTests = ({ statements }: Policy): readonly Found[] =>
  statements.flatMap((statement) =>
    statement.tests
      .filter(({ operator }) => operator?.type === 'bool' || operator?.type === 'null')
      .map((test) => ({ statement, test })),
  );

const isBoolean = (text: string): boolean => /^(?:true|false)$/i.test(text);

export const rules = [
  defineRule({
    id: 'invalid-boolean-value',
    category: 'condition',
    severity: 'warning',
    when: ['operator bool', 'operator null'],
    *check(policy) {
      for (const { test } of booleanTests(policy)) {
        for (const { node, text } of test.values) {
          if (isBoolean(text) || !isWrittenOut(text)) continue;
          const meant = yes.test(text) ? 'true' : no.test(text) ? 'false' : undefined;
          yield {
            at: node,
            message: `${test.operatorText} compares with "true" or "false", and no request has "${text}". Write one of the two.`,
            fixes: meant === undefined ? [] : fix(`Change to "${meant}"`, replaceValue(node, meant)),
          };
        }
      }
    },
  }),
  defineRule({
    id: 'multiple-boolean-values',
    category: 'condition',
    severity: 'error',
    when: ['operator bool', 'operator null'],
    *check(policy) {
      for (const { statement, test } of booleanTests(policy)) {
        const { key, values } = test;
        const list = test.member.value;
        if (list?.kind !== 'array' || list.items.length < 2) continue;
        const texts = [...new Set(values.map(({ text }) => text.toLowerCase()).filter(isBoolean))];
        // Nobody wants to let in only those without MFA.
        const isOfMfa = statement.effect === 'Allow' && key.toLowerCase() === 'aws:multifactorauthpresent';
        const kept = texts.filter((text) => text === 'true' || !isOfMfa);
        yield {
          at: list,
          message: `${key} is compared with several values, and true and false together match everything. Keep the one that is meant.`,
          fixes: kept.flatMap((text) => fix(`Keep "${text}"`, replaceValue(list, text))),
        };
      }
    },
  }),
];
