/** Policy variables: which there are in a text, and what is wrong with one. */
import { expect, it } from 'vitest';
import { isContextKey, usesVariable, variablesIn } from './variable.ts';

const faultsIn = (text: string): readonly unknown[] => variablesIn(text).map(({ fault }) => fault?.kind);
const repairsIn = (text: string): readonly unknown[] => variablesIn(text).map(({ fault }) => fault?.repaired);

it.each([
  ['${aws:username}', ['aws:username']],
  ['a-${aws:username}-${saml:sub}', ['aws:username', 'saml:sub']],
  ["${aws:username, 'nobody'}", ['aws:username']],
  ['${*}${?}${$}', []],
  ['${aws:PrincipalTag/cost center}', ['aws:PrincipalTag/cost center']],
  ['plain $aws:username', []],
])('%s has the names %j', (text, names) => {
  expect(variablesIn(text).map(({ name }) => name)).toEqual(names);
});

it('says where a variable stands', () => {
  const [, second] = variablesIn('${aws:userid}:${aws:username}!');
  expect(second).toMatchObject({ start: 14, end: 29, text: '${aws:username}' });
});

it.each([
  ['${aws:username}', undefined, undefined],
  ['${aws:username', 'brace', '${aws:username}'],
  ['${aws:username-x', 'brace', '${aws:username}-x'],
  ['${build', 'brace', undefined],
  ['${}', 'empty', undefined],
  ['${  }', 'empty', undefined],
  ['${ aws:username }', 'space', '${aws:username}'],
  ['${aws: username}', 'space', '${aws:username}'],
  ["${ aws:username, 'x'}", 'space', "${aws:username, 'x'}"],
  ['${aws:username, nobody}', 'quote', "${aws:username, 'nobody'}"],
  ['${aws:username, "nobody"}', 'quote', "${aws:username, 'nobody'}"],
  ["${aws:username, 'no}", 'quote', "${aws:username, 'no'}"],
  ["${aws:username, a'b}", 'quote', undefined],
  ['${my variable}', undefined, undefined],
])('the fault of %s is %s, and it is meant for %s', (text, fault, repaired) => {
  expect(faultsIn(text)).toEqual([fault]);
  expect(repairsIn(text)).toEqual([repaired]);
});

it.each([
  ['aws:username', true],
  ['token.actions.githubusercontent.com:sub', true],
  ['AWS::AccountId', false],
  ['account_id', false],
  [':name', false],
])('whether %s is a context key: %s', (name, expected) => {
  expect(isContextKey(name)).toBe(expected);
});

it.each([
  ['x${aws:username}', true],
  ['${AWS::Region}', false],
  ['${aws:username', false],
  ['${*}', false],
])('whether %s uses a variable: %s', (text, expected) => {
  expect(usesVariable(text)).toBe(expected);
});
