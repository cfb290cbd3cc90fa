/** What the version of the policy language changes. */
import { expect, it } from 'vitest';
import { policyIn } from '../../../test/harness/policy.ts';
import { mayDependOnVersion, usesVariables } from './version.ts';

const tests = (...values: readonly string[]): object => ({
  Statement: [
    { Effect: 'Allow' },
    { Condition: { StringEquals: { 'aws:userid': 'x', 'sts:ExternalId': values } } },
  ],
});

it.each([
  ['a variable', tests('${aws:username}'), true],
  ['a variable among other values', tests('x', '${aws:username}'), true],
  ['plain text', tests('aws:username'), false],
  ['no conditions', { Statement: [] }, false],
])('%s', (_, policy, uses) => {
  expect(usesVariables(policyIn(policy))).toBe(uses);
});

it.each<[string, string | object, boolean]>([
  ['plain text', tests('x'), false],
  ['a variable', tests('x', '${aws:username}'), true],
  ['an escaped letter', tests('${*}'), true],
  ['a variable outside of statements', { Id: '${x}', Statement: [] }, false],
  [
    'an expression in a value',
    '{ Statement = { Condition = { StringEquals = { a = "x-${var.y}" } } } }',
    true,
  ],
  ['an expression for a value', '{ Statement = { Condition = { StringEquals = { a = var.y } } } }', true],
  ['an expression for conditions', '{ Statement = { Condition = var.conditions } }', true],
  ['an expression outside of statements', '{ Id = "x-${var.y}", Statement = { Effect = "Allow" } }', false],
  ['no statement', {}, false],
])('%s may depend on the version: %s', (_, policy, depends) => {
  expect(mayDependOnVersion(policyIn(policy))).toBe(depends);
});
