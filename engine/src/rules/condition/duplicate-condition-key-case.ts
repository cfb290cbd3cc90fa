/** Names of condition keys are the same in any case, so a block can hold one twice without looking so. */
import { conditionKeyNamed } from '../../catalog/catalog.ts';
import { replaceValue } from '../../policy/amend.ts';
import type { Policy } from '../../policy/policy.ts';
import type { Member, ObjectNode } from '../../tree/tree.ts';
import { listOf, plainValue, valueOf } from '../../tree/walk.ts';
import { type Pair, repeatedKeys } from '../repeated.ts';
import { defineRule, type Fix, fix } from '../rule.ts';

/** Keys that differ in nothing but the case of their letters: equal ones are repeated as they are, in any object. */
const repeated = (block: ObjectNode): readonly Pair[] =>
  [...repeatedKeys(block, (name) => name.toLowerCase())].filter(
    ({ first, second }) => first.key.value !== second.key.value,
  );

const blocksOf = ({ statements }: Policy): readonly ObjectNode[] =>
  statements.flatMap(({ node }) => {
    const condition = valueOf(node, 'Condition');
    const operators = condition?.kind === 'object' ? condition.members : [];
    return operators.flatMap(({ value }) => (value?.kind === 'object' ? [value] : []));
  });

export const rule = defineRule({
  id: 'duplicate-condition-key-case',
  category: 'condition',
  severity: 'error',
  *check(policy) {
    for (const pair of blocksOf(policy).flatMap(repeated)) {
      const [first, second] = [pair.first.key.value ?? '', pair.second.key.value ?? ''];
      yield {
        at: pair.second.key,
        // Tags may be told apart by case where they are compared, and are not in the name of the key.
        severity: second.includes('/') ? 'warning' : 'error',
        message: `${second} is the same key as ${first}, because case does not count in names of keys: which values hold is unclear. Merge the two.`,
        fixes: merging(pair),
        related: [{ at: pair.first.key, message: 'It stands here first.' }],
      };
    }
  },
});

/** All values under the spelling of AWS, or else under the first one. */
function merging({ first, second }: Pair): readonly Fix[] {
  const [one, other] = [valuesOf(first), valuesOf(second)];
  if (one === undefined || other === undefined) return [];
  const isUsual = ({ key }: Member): boolean => conditionKeyNamed(key.value ?? '')?.id === key.value;
  const [kept, gone] = isUsual(second) && !isUsual(first) ? [second, first] : [first, second];
  if (!kept.value) return [];
  const values = [...new Set([...one, ...other])];
  return fix(`Merge the values under ${kept.key.value ?? ''}`, [
    ...replaceValue(kept.value, values),
    { kind: 'remove', node: gone },
  ]);
}

function valuesOf({ value }: Member): readonly string[] | undefined {
  const plain = listOf(value).map((node) => plainValue(node));
  const texts = plain.filter((each) => typeof each === 'string');
  return texts.length === plain.length ? texts : undefined;
}
