/**
 * Whether samples stand for all classes of values. Patterns that pairwise hold each other or have nothing in common
 * leave as many classes as there are patterns, and one outside of them; then it can be seen whether each has its sample.
 */
import type { Operator } from '../catalog/catalog.ts';
import type { Test } from '../policy/policy.ts';
import { globIncludes, globMatches, globsOverlap } from '../text/glob.ts';
import { literally } from './pattern.ts';

/** What one value of a test matches. */
export interface Pattern {
  readonly text: string;
  readonly ignoreCase: boolean;
  readonly isArn: boolean;
}

/** Whether every class of values that the tests can tell apart has a sample. Numbers, times and addresses always do. */
export function isLaminar(tests: readonly Test[], samples: readonly string[]): boolean {
  const patterns = distinct(
    tests.flatMap(({ operator, values }) =>
      operator ? values.map(({ text }) => patternOf(operator, text)) : [],
    ),
  );
  if (patterns.length === 0) return true;
  const types = new Set(
    tests.flatMap(({ operator }) => (operator ? [operator.type] : [])).filter((type) => type !== 'null'),
  );
  if (types.size > 1) return false;
  if (!types.has('string') && !types.has('arn')) return true;
  const isNested = patterns.every((one) =>
    patterns.every((other) => includes(one, other) || includes(other, one) || !overlap(one, other)),
  );
  const isSampled = patterns.every((own) =>
    samples.some((sample) => patterns.every((other) => matches(other, sample) === includes(other, own))),
  );
  const isOutside = samples.some((sample) => !patterns.some((pattern) => matches(pattern, sample)));
  return isNested && isSampled && (isOutside || patterns.some(isAll));
}

/** What a value asks for under an operator; variables are not looked at. */
export const patternOf = ({ id, wildcards, type }: Operator, text: string): Pattern => ({
  text: wildcards ? text : literally(text),
  ignoreCase: id.endsWith('IgnoreCase'),
  isArn: type === 'arn',
});

const isAll = ({ text }: Pattern): boolean => text === '*';

const distinct = (patterns: readonly Pattern[]): readonly Pattern[] => [
  ...new Map(patterns.map((pattern) => [JSON.stringify(pattern), pattern])).values(),
];

const partsOf = ({ text, isArn }: Pattern): readonly string[] => {
  const parts = text.split(':');
  return isArn && parts.length > 5 ? [...parts.slice(0, 5), parts.slice(5).join(':')] : [text];
};

/** Whether all that one pattern matches is matched by another, part by part where they are ARNs. */
export function includes(wide: Pattern, narrow: Pattern): boolean {
  if (isAll(wide)) return true;
  if (narrow.ignoreCase && !wide.ignoreCase && narrow.text.toLowerCase() !== narrow.text.toUpperCase())
    return false;
  const [one, other] = [partsOf(wide), partsOf(narrow)];
  return (
    one.length === other.length &&
    one.every((part, index) => globIncludes(part, other[index] ?? '', { ignoreCase: wide.ignoreCase }))
  );
}

function overlap(one: Pattern, other: Pattern): boolean {
  const ignoreCase = one.ignoreCase || other.ignoreCase;
  const [mine, theirs] = [partsOf(one), partsOf(other)];
  if (mine.length !== theirs.length) return isAll(one) || isAll(other);
  return mine.every((part, index) => globsOverlap(part, theirs[index] ?? '', { ignoreCase }));
}

function matches(pattern: Pattern, sample: string): boolean {
  if (isAll(pattern)) return true;
  const [mine, theirs] = [partsOf(pattern), partsOf({ ...pattern, text: literally(sample) })];
  return (
    mine.length === theirs.length &&
    mine.every((part, index) => globMatches(part, theirs[index] ?? '', { ignoreCase: pattern.ignoreCase }))
  );
}
