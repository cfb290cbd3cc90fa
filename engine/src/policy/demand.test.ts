/** What tests make of a request without their key. */
import { expect, it } from 'vitest';
import { statementIn } from '../../../test/harness/policy.ts';
import { demandsKey, holdsIfAbsent } from './demand.ts';

it.each<[string, unknown, boolean, boolean]>([
  ['StringEquals', 'x', false, true],
  ['StringEquals', [], false, false],
  ['StringNotEquals', 'x', true, false],
  ['StringEqualsIfExists', 'x', true, false],
  ['ForAllValues:StringEquals', 'x', true, false],
  ['ForAnyValue:StringEquals', 'x', false, true],
  ['ForAnyValue:StringEqualsIfExists', 'x', false, true],
  ['ForAnyValue:StringNotEquals', 'x', false, true],
  ['ForAllValues:StringNotEquals', 'x', true, false],
  ['Null', 'true', true, false],
  ['Null', 'TRUE', true, false],
  ['Null', 'false', false, true],
  ['Null', ['true', 'false'], true, false],
  ['Null', ['False'], false, true],
  ['Null', 'x', false, false],
  ['NullIfExists', 'true', false, false],
  ['ForAllValues:Null', 'false', true, true],
  ['Sounds', 'x', false, false],
])('%s %j holds: %s, demands the key: %s', (operator, value, holds, demands) => {
  const [test] = statementIn({ Condition: { [operator]: { 'aws:TagKeys': value } } }).tests;
  if (test === undefined) throw new Error('There is no test.');
  expect({ holds: holdsIfAbsent(test), demands: demandsKey(test) }).toEqual({ holds, demands });
});
