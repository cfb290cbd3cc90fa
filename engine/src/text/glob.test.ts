/** IAM wildcards: examples of actions and ARNs, and the laws that hold for every pattern and text. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { globIncludes, globMatches, globsOverlap, hasWildcard } from './glob.ts';

const text = fc.string({ unit: fc.constantFrom('a', 'b', ':', 'A') });
const pattern = fc.string({ unit: fc.constantFrom('a', 'b', ':', '*', '?') });

describe('globMatches', () => {
  test.each([
    ['sts:AssumeRole', 'sts:AssumeRole', true],
    ['sts:AssumeRole', 'sts:AssumeRoleWithSAML', false],
    ['sts:*', 'sts:TagSession', true],
    ['*', '', true],
    ['?', '', false],
    ['repo:org/*:ref:refs/heads/main', 'repo:org/a:ref:refs/heads/main', true],
    ['a*b*c', 'a-b-b-c', true],
    ['a*b*c', 'a-c-b', false],
    ['[a-z]', 'b', false],
  ])('%s and %s', (glob, subject, expected) => {
    expect(globMatches(glob, subject)).toBe(expected);
  });

  test('tells case apart unless asked not to', () => {
    expect(globMatches('STS:tag*', 'sts:TagSession')).toBe(false);
    expect(globMatches('STS:tag*', 'sts:TagSession', { ignoreCase: true })).toBe(true);
  });

  test('agrees with the regular expression of the same meaning', () => {
    fc.assert(
      fc.property(pattern, text, (glob, subject) => {
        const source = glob.replaceAll('*', '[^]*').replaceAll('?', '[^]');
        return globMatches(glob, subject) === new RegExp(`^${source}$`).test(subject);
      }),
    );
  });

  test('is quick on patterns that make backtracking explode', () => {
    expect(globMatches(`${'*a'.repeat(200)}b`, 'a'.repeat(2000))).toBe(false);
  });
});

describe('globIncludes', () => {
  test.each([
    ['*', 'repo:org/*', true],
    ['repo:org/*', '*', false],
    ['repo:org*', 'repo:org/app:*', true],
    ['a?c', 'a*c', false],
    ['a*c', 'a?c', true],
    ['a*?', 'a?*', true],
    ['a**', 'a*', true],
    ['a?*', 'a*', false],
  ])('%s and %s', (wide, narrow, expected) => {
    expect(globIncludes(wide, narrow)).toBe(expected);
  });

  test('holds for every text that the narrow pattern matches', () => {
    const short = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), maxLength: 4 });
    const subject = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 5 });
    const holds = (wide: string, narrow: string, it: string) =>
      !globIncludes(wide, narrow) || !globMatches(narrow, it) || globMatches(wide, it);
    fc.assert(fc.property(short, short, subject, holds), { numRuns: 5000 });
  });

  test('is reflexive, and * includes all', () => {
    fc.assert(fc.property(pattern, (glob) => globIncludes(glob, glob) && globIncludes('*', glob)));
  });

  test('is matching where the narrow pattern has no wildcard', () => {
    fc.assert(
      fc.property(pattern, text, (wide, narrow) => globIncludes(wide, narrow) === globMatches(wide, narrow)),
    );
  });
});

describe('globsOverlap', () => {
  test.each<[string, string, boolean]>([
    ['a*', '*b', true],
    ['a*', 'b*', false],
    ['a?c', 'ab?', true],
    ['a?', 'a', false],
    ['', '*', true],
    ['', '?', false],
    ['*:x', 'y:*', true],
  ])('%s and %s: %s', (one, other, expected) => {
    expect(globsOverlap(one, other)).toBe(expected);
    expect(globsOverlap(other, one)).toBe(expected);
  });

  test('is matching where one has no wildcard', () => {
    fc.assert(fc.property(pattern, text, (glob, it) => globsOverlap(glob, it) === globMatches(glob, it)));
  });
});

test('hasWildcard', () => {
  expect([hasWildcard('a*'), hasWildcard('a?'), hasWildcard('a')]).toEqual([true, true, false]);
});
