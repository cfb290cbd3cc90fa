/** `Null` asks whether a key is there at all: it takes neither `IfExists` nor the prefix of a set. */
import { moveTest } from '../../policy/amend.ts';
import type { Policy, Test } from '../../policy/policy.ts';
import type { Member } from '../../tree/tree.ts';
import { defineRule, fix } from '../rule.ts';

/** The blocks of `Null` with a prefix or suffix, each by its first test. */
const nullBlocks = ({ statements }: Policy): readonly Test[] => {
  const blocks = new Map<Member, Test>();
  for (const test of statements.flatMap(({ tests }) => tests))
    if (test.operator?.type === 'null' && !blocks.has(test.operatorMember))
      blocks.set(test.operatorMember, test);
  return [...blocks.values()];
};

const useNull = (test: Test) => fix('Use Null', moveTest(test, 'Null'));

export const rules = [
  defineRule({
    id: 'null-with-ifexists',
    category: 'condition',
    severity: 'error',
    when: ['operator null'],
    *check(policy) {
      for (const test of nullBlocks(policy).filter(({ ifExists }) => ifExists)) {
        yield {
          at: test.operatorMember.key,
          message: `There is no operator ${test.operatorText}: Null asks by itself whether a key exists. Use Null.`,
          fixes: useNull(test),
        };
      }
    },
  }),
  defineRule({
    id: 'null-with-qualifier',
    category: 'condition',
    severity: 'warning',
    when: ['operator null'],
    *check(policy) {
      for (const test of nullBlocks(policy)) {
        if (test.quantifier === undefined || test.ifExists) continue;
        const always = test.quantifier === 'ForAllValues';
        yield {
          at: test.operatorMember.key,
          message: `${test.operatorText} is always ${always ? 'true, so it asks for nothing' : 'false, so the statement never applies'}. Use plain Null, which asks once whether the key is there.`,
          fixes: useNull(test),
        };
      }
    },
  }),
];
