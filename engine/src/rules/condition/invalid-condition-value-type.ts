/** Values of a condition are strings, numbers or booleans, and all of one kind. */
import { replaceValue } from '../../policy/amend.ts';
import type { Test } from '../../policy/policy.ts';
import { placeholder } from '../../tree/change.ts';
import type { Node } from '../../tree/tree.ts';
import { descendants, type JsonValue, listOf, textOf } from '../../tree/walk.ts';
import { defineRule, type Fix, fix, type Report } from '../rule.ts';

const names: Partial<Record<Node['kind'], string>> = {
  null: 'null',
  object: 'an object',
  array: 'a list in a list',
};

export const rule = defineRule({
  id: 'invalid-condition-value-type',
  category: 'condition',
  severity: 'error',
  *check({ statements }) {
    for (const test of statements.flatMap(({ tests }) => tests)) {
      const wrong = listOf(test.member.value).find(({ kind }) => names[kind] !== undefined);
      if (wrong) yield misplaced(test, wrong);
      else yield* mixed(test);
    }
  },
});

function misplaced({ key, member: { value } }: Test, node: Node): Report {
  return {
    at: node,
    message: `A condition compares strings, numbers and booleans, and this value of ${key} is ${names[node.kind] ?? ''}. Write a string, or a list of strings.`,
    fixes:
      node.kind === 'array' && value
        ? flatten(value)
        : fix('Write a string', replaceValue(node, placeholder('VALUE'))),
  };
}

function flatten(list: Node): readonly Fix[] {
  const leaves = [...descendants(list)].filter(({ kind }) => kind !== 'array');
  const texts = leaves.map((node) => plainText(node));
  return texts.every((text) => text !== undefined)
    ? fix('Write one list', replaceValue(list, texts satisfies JsonValue))
    : [];
}

/** A scalar as the text that IAM compares. */
function plainText(node: Node): string | undefined {
  if (node.kind === 'number') return node.text;
  return node.kind === 'boolean' ? String(node.value) : textOf(node);
}

function* mixed({ key, member }: Test): Generator<Report> {
  const items = listOf(member.value).filter(({ kind }) => kind !== 'opaque');
  if (new Set(items.map(({ kind }) => kind)).size < 2) return;
  const odd = items.filter(({ kind }) => kind !== 'string');
  const [first] = odd;
  const other = items.find(({ kind }) => kind !== first?.kind);
  if (first === undefined || other === undefined) return;
  yield {
    at: first,
    message: `The values of ${key} are of different JSON types, which Access Analyzer calls an error. Put all of them in quotes.`,
    fixes: fix(
      'Put all values in quotes',
      odd.flatMap((node) => replaceValue(node, plainText(node) ?? '')),
      true,
    ),
    related: [{ at: other, message: 'Of another type.' }],
  };
}
