/** One test in the place of another, in each surrounding. */
import { expect, it } from 'vitest';
import { json } from '../syntax/json.ts';
import { applyEdits } from '../text/edit.ts';
import { readPolicy } from './read.ts';
import { replaceTest } from './replace-test.ts';

/** The condition after the test on `a` was replaced by one on `b` under StringLike. */
function replaced(condition: object): unknown {
  const text = JSON.stringify({ Statement: { Condition: condition } }, undefined, 2);
  const { root } = json.parse(text);
  const test = root && readPolicy(root).statements[0]?.tests.find(({ key }) => key === 'a');
  const changes = test && replaceTest(test, 'StringLike', 'b', 'new');
  const edits = changes && json.edits(changes, text);
  if (edits === undefined) return undefined;
  const { Statement } = JSON.parse(applyEdits(text, edits)) as {
    readonly Statement: { readonly Condition: unknown };
  };
  return Statement.Condition;
}

it.each([
  ['alone, under another operator', { StringEquals: { a: 'x' } }, { StringLike: { b: 'new' } }],
  ['alone, under the same operator', { StringLike: { a: 'x' } }, { StringLike: { b: 'new' } }],
  [
    'among others under the same operator',
    { StringLike: { c: 'y', a: 'x' } },
    { StringLike: { c: 'y', b: 'new' } },
  ],
  [
    'among others under another operator',
    { StringEquals: { a: 'x', c: 'y' } },
    { StringEquals: { c: 'y' }, StringLike: { b: 'new' } },
  ],
  [
    'alone, where the operator is there',
    { StringEquals: { a: 'x' }, StringLike: { c: 'y' } },
    { StringLike: { c: 'y', b: 'new' } },
  ],
  [
    'among others, where the operator is there',
    { StringEquals: { a: 'x', d: 'z' }, StringLike: { c: 'y' } },
    { StringEquals: { d: 'z' }, StringLike: { c: 'y', b: 'new' } },
  ],
  ['where the key is tested already', { StringEquals: { a: 'x' }, StringLike: { B: 'y' } }, undefined],
  ['where the operator has no tests', { StringEquals: { a: 'x' }, StringLike: 'y' }, undefined],
])('%s', (_, before, after) => {
  expect(replaced(before)).toEqual(after);
});
