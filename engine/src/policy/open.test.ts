/** What of a statement may be there unseen, because an expression of the host stands for it. */
import { describe, expect, it } from 'vitest';
import { statementIn } from '../../../test/harness/policy.ts';
import { valueOf } from '../tree/walk.ts';
import { hasKnownValues } from './condition.ts';
import { mayHaveMorePrincipals } from './read.ts';

const closed = { principals: false, actions: false, tests: false };
const list = 'var.list';

describe('a statement', () => {
  it.each([
    [
      'that is written out',
      '{ Principal = { AWS = "*" }, Action = "a", Condition = { Bool = { k = "true" } } }',
      {},
    ],
    ['that is empty', '{}', {}],
    [
      'with unknown elements',
      '{ (var.key) = "x", Action = "a" }',
      { principals: true, actions: true, tests: true },
    ],
    ['with an unknown principal', `{ Principal = ${list} }`, { principals: true }],
    ['with unknown principals of a type', `{ Principal = { AWS = ${list} } }`, { principals: true }],
    [
      'with an unknown principal among others',
      `{ Principal = { AWS = ["a", ${list}] } }`,
      { principals: true },
    ],
    ['with unknown actions', `{ Action = ${list} }`, { actions: true }],
    ['with unknown actions excluded', `{ NotAction = ${list} }`, { actions: true }],
    ['with unknown conditions', `{ Condition = ${list} }`, { tests: true }],
    ['with unknown tests', `{ Condition = { Bool = ${list} } }`, { tests: true }],
    ['with a text for tests', '{ Condition = { Bool = "x" } }', { tests: true }],
  ])('%s', (_, written, open) => {
    expect(statementIn(written).open).toEqual({ ...closed, ...open });
  });
});

it.each([
  [`{ Principal = { AWS = ${list} } }`, 'AWS', true],
  [`{ Principal = { AWS = ${list} } }`, 'Service', false],
  [`{ Principal = ${list} }`, 'Service', true],
  ['{ Principal = { AWS = "a" } }', 'AWS', false],
  ['{ Principal = "x" }', 'AWS', false],
] as const)('more principals in %s of %s: %s', (written, type, may) => {
  const principal = valueOf(statementIn(written).node, 'Principal');
  expect(mayHaveMorePrincipals(principal, type)).toBe(may);
});

it.each([
  ['["x", "y"]', true],
  ['["x", "<Y>"]', false],
  ['["<X>", "y"]', false],
  [`["x", ${list}]`, false],
  [list, false],
  ['"$${aws:username}"', true],
])('the values %s are known: %s', (values, known) => {
  const [test] = statementIn(`{ Condition = { StringEquals = { k = ${values} } } }`).tests;
  expect(test && hasKnownValues(test)).toBe(known);
});

it('what stands for a statement is none, and no stray either', () => {
  const statement = statementIn('{ Sid = "One" }', list);
  expect(statement.sid).toBe('One');
  expect('sid' in statementIn('{ Effect = "Allow" }')).toBe(false);
});
