/** Edit distance: the slips people make, and the laws of a distance. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { distance } from './distance.ts';

const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 8 });
const FAR = 99;

test.each([
  ['lambda', 'lambda', 0],
  ['lamda', 'lambda', 1],
  ['labmda', 'lambda', 1],
  ['ecs-task', 'ecs-tasks', 1],
  ['state', 'gates', 3],
  ['', 'ec2', 3],
])('%s to %s', (a, b, expected) => {
  expect(distance(a, b, FAR)).toBe(expected);
});

test('stops one above the limit', () => {
  expect(distance('lambda', 'glue', 2)).toBe(3);
  expect(distance('abcdef', 'ghijkl', 2)).toBe(3);
});

test('is zero for equal texts only, and the same both ways', () => {
  fc.assert(
    fc.property(word, word, (a, b) => {
      expect(distance(a, b, FAR) === 0).toBe(a === b);
      expect(distance(a, b, FAR)).toBe(distance(b, a, FAR));
    }),
  );
});

test('the limit only cuts off', () => {
  fc.assert(
    fc.property(word, word, fc.nat(5), (a, b, limit) => {
      expect(distance(a, b, limit)).toBe(Math.min(distance(a, b, FAR), limit + 1));
    }),
  );
});
