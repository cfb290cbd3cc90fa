/** Exact operators compare `*` and `?` as letters, so a value with them matches next to nothing. */
import { conditionKeyNamed } from '../../catalog/catalog.ts';
import { moveTest, replaceValue } from '../../policy/amend.ts';
import { isVacuous, literalText } from '../../policy/condition.ts';
import type { Test, TestValue } from '../../policy/policy.ts';
import { exactly } from '../../policy/template.ts';
import { hasWildcard } from '../../text/glob.ts';
import { textOf } from '../../tree/walk.ts';
import { defineRule, type Fix, fix } from '../rule.ts';

export const rule = defineRule({
  id: 'wildcard-without-like',
  category: 'condition',
  severity: 'warning',
  when: ['value wildcard'],
  *check({ statements }) {
    for (const test of statements.flatMap(({ tests }) => tests)) {
      if (test.operator?.type !== 'string' || test.operator.wildcards) continue;
      const value = test.values.find(({ text }) => hasWildcard(literalText(text)));
      if (value === undefined) continue;
      const { id, like } = test.operator;
      yield {
        at: value.node,
        message: `${id} compares * and ? as letters, so no real value equals this one. ${like === undefined ? 'Write the values out: no operator has wildcards and ignores case.' : `Use ${like} for a pattern, or write the exact value.`}`,
        fixes: [...useLike(test), ...beExact(value)],
      };
    }
  },
});

/** Not where it would open the door: for a pattern that matches everything, and for keys that AWS wants exact. */
function useLike(test: Test): readonly Fix[] {
  const { operator, operatorText, key, values } = test;
  const like = operator?.like;
  if (operator === undefined || like === undefined || conditionKeyNamed(key)?.exact === true) return [];
  if (values.some(({ text }) => isVacuous(text))) return [];
  return fix(`Use ${like}`, moveTest(test, operatorText.replace(operator.id, like)));
}

function beExact({ node }: TestValue): readonly Fix[] {
  const text = textOf(node);
  return text === undefined ? [] : fix('Write the exact value', replaceValue(node, exactly(text)));
}
