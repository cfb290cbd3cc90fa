/** Conditions that compare nothing: no operator, no key, or no value. */
import { conditionKeyNamed } from '../../catalog/catalog.ts';
import { dropTest, moveTest, replaceValue } from '../../policy/amend.ts';
import type { Statement, Test } from '../../policy/policy.ts';
import { type Change, placeholder } from '../../tree/change.ts';
import type { Member } from '../../tree/tree.ts';
import { memberOf } from '../../tree/walk.ts';
import { defineRule, type Fix, fix } from '../rule.ts';

/** The members of a statement that hold an empty object: `Condition` itself, or an operator in it. */
function* emptyBlocks({ node }: Statement): Generator<Member> {
  const condition = memberOf(node, 'Condition');
  if (condition?.value?.kind !== 'object' || !condition.value.complete) return;
  if (condition.value.members.length === 0) yield condition;
  for (const member of condition.value.members)
    if (member.value?.kind === 'object' && member.value.members.length === 0) yield member;
}

/** With the last operator the condition goes too. */
function removal(member: Member): readonly Change[] {
  const holder = member.parent.parent;
  const last = member.key.value !== 'Condition' && member.parent.members.length === 1;
  return [{ kind: 'remove', node: last && holder?.kind === 'member' ? holder : member }];
}

export const rules = [
  defineRule({
    id: 'empty-condition',
    category: 'condition',
    severity: 'warning',
    *check({ statements }) {
      for (const member of statements.flatMap((statement) => [...emptyBlocks(statement)])) {
        const name = member.key.value ?? '';
        const whole = name === 'Condition';
        yield {
          at: member.value ?? member.key,
          // The console of AWS writes an empty Condition by itself.
          severity: whole ? 'information' : 'warning',
          message: whole
            ? 'This Condition is empty and restricts nothing, whatever it looks like. Write a condition, or take it out.'
            : `There is nothing under ${name}, so it restricts nothing, whatever it looks like. Name a key and its values, or take it out.`,
          fixes: fix(`Remove the empty ${name}`, removal(member), true),
        };
      }
    },
  }),
  defineRule({
    id: 'empty-condition-value',
    category: 'condition',
    severity: 'warning',
    *check({ statements }) {
      for (const test of statements.flatMap(({ tests }) => tests)) {
        const { member, operator, values, open } = test;
        if (operator === undefined || operator.type === 'null' || open || !member.value?.complete) continue;
        const none = member.value.kind === 'array' && member.value.items.length === 0;
        const blank = values.length === 1 && values[0]?.text === '' && isNeverEmpty(test);
        if (!none && !blank) continue;
        yield {
          at: member.value,
          message: none
            ? `${test.key} has nothing to be compared with, and what comes of that is easily misread. Write the values, or say with Null whether the key may be there.`
            : `No request has an empty ${test.key}, so this test is never met. Write a value, or say with Null that the key must be absent.`,
          fixes: fixesFor(test),
        };
      }
    },
  }),
];

/** Tags may be empty; of other keys only those that are known not to be. */
const isNeverEmpty = ({ operator, key }: Test): boolean =>
  operator?.type === 'string' && !operator.negated && conditionKeyNamed(key)?.prefix === false;

/** `ForAllValues` over an empty list is met by requests without the key only. */
function fixesFor(test: Test): readonly Fix[] {
  const { member, quantifier, operator, ifExists } = test;
  if (!member.value) return [];
  const absent =
    quantifier === 'ForAllValues' && operator?.negated === false
      ? fix(`Demand that ${test.key} is absent`, moveTest(test, 'Null', 'true'))
      : [];
  const idle = ifExists || operator?.negated === true ? fix('Remove the test', dropTest(test)) : [];
  return [...absent, ...fix('Write the value', replaceValue(member.value, placeholder('VALUE'))), ...idle];
}
