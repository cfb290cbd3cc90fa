/** A key stands twice in one object. JSON parsers keep one of the two, so that a condition can vanish unnoticed. */
import type { Change } from '../../tree/change.ts';
import type { Member, Node, ObjectNode } from '../../tree/tree.ts';
import { descendants, plainValue } from '../../tree/walk.ts';
import { type Pair, repeatedKeys } from '../repeated.ts';
import { defineRule, type Fix, fix } from '../rule.ts';

export const rule = defineRule({
  id: 'duplicate-json-key',
  category: 'grammar',
  severity: 'error',
  *check({ node, leftOut }) {
    for (const object of descendants(node, leftOut)) {
      if (object.kind !== 'object' || object.members.length < 2) continue;
      for (const pair of repeatedKeys(object, (name) => name)) {
        const name = pair.second.key.value ?? '';
        yield {
          at: pair.second.key,
          message: `"${name}" stands twice in this object, and only one of the two counts. Merge them, or take one out.`,
          fixes: [
            ...merging(pair),
            ...fix('Remove this one', removal(pair.second)),
            ...fix('Remove the first one', removal(pair.first)),
          ],
          related: [{ at: pair.first.key, message: 'It stands here first.' }],
        };
      }
    }
  },
});

const removal = (node: Member): readonly Change[] => [{ kind: 'remove', node }];

/** Two blocks of tests become one, unless both test the same key: then nobody but the author knows what is meant. */
function merging({ first, second }: Pair): readonly Fix[] {
  const target = first.value;
  if (target?.kind !== 'object' || second.value?.kind !== 'object') return [];
  const names = new Set(target.members.map(nameOf));
  if (second.value.members.some((member) => names.has(nameOf(member)))) return [];
  const additions = second.value.members.map((member) => addition(target, member.key.value, member.value));
  return additions.every((change) => change !== undefined)
    ? fix(`Merge the two "${first.key.value ?? ''}"`, [...additions, ...removal(second)])
    : [];
}

const nameOf = ({ key }: Member): string | undefined => key.value?.toLowerCase();

function addition(object: ObjectNode, key: string | undefined, node: Node | undefined): Change | undefined {
  const value = node && plainValue(node);
  return key === undefined || value === undefined ? undefined : { kind: 'set', object, key, value };
}
