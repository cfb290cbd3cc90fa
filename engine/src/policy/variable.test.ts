/** Values with policy variables, taken apart. */
import { expect, it } from 'vitest';
import { valueParts, variablesIn } from './variable.ts';

it('a value is text, letters and keys', () => {
  expect(valueParts("a${*}b${aws:username}c${aws:userid, 'nobody'}${$}{x}${y")).toEqual([
    { kind: 'text', text: 'a' },
    { kind: 'letter', text: '*' },
    { kind: 'text', text: 'b' },
    { kind: 'key', key: 'aws:username' },
    { kind: 'text', text: 'c' },
    { kind: 'key', key: 'aws:userid', otherwise: 'nobody' },
    { kind: 'letter', text: '$' },
    { kind: 'text', text: '{x}${y' },
  ]);
});

it('letters are no variables', () => {
  expect(variablesIn('${*}${?}${$}')).toEqual([]);
});
