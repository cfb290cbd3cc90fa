/**
 * What a request can have under a condition key, as far as some tests can tell it apart: one choice for each class of
 * values, and whether these are all classes that there are.
 */
import { conditionKeyNamed } from '../catalog/catalog.ts';
import { type IpRange, ipRange, networkOf } from '../policy/ip-range.ts';
import { isUnknown } from '../policy/known.ts';
import { isoOf, momentOf } from '../policy/moment.ts';
import type { Test } from '../policy/policy.ts';
import { valueParts } from '../policy/variable.ts';
import { hasWildcard } from '../text/glob.ts';
import { holds, type Language } from './condition.ts';
import { isLaminar } from './diff-classes.ts';
import type { AssumeRequest } from './request.ts';

type Context = AssumeRequest['context'];

/** The values of a key in a request; nothing where it is absent. */
export type Choice = readonly string[] | undefined;

export interface Choices {
  readonly choices: readonly Choice[];
  /** Every request is like one of the choices, as far as the tests can tell. */
  readonly complete: boolean;
}

/** A test and how the policy is read that it stands in. */
export interface ReadTest {
  readonly test: Test;
  readonly language: Language;
}

/** The choices for a key under some tests. The context is what the caller brings along: variables may name it. */
export function choicesFor(key: string, tests: readonly ReadTest[], caller: Context): Choices {
  const plain = tests.map(({ test }) => test);
  const singles = [
    ...new Set([...plain.flatMap(samplesOf), ...variableSamples(plain, caller)]),
    fresh(plain),
  ];
  const vectorOf = (choice: Choice): string => {
    const context = new Map([...caller, ...(choice === undefined ? [] : [[key, choice] as const])]);
    return tests.map(({ test, language }) => holds(test, context, language).certainty).join();
  };
  const ones = firstOfEach(
    singles.map((value) => [value]),
    vectorOf,
  );
  const isMany = isMultivalued(key, plain);
  // Set operators see which classes of values there are, not how often.
  const sets = isMany ? subsetsOf(ones.flat()) : { sets: [], complete: true };
  const isPlain = plain.every((test) =>
    test.values.every(({ text }) => !isUnknown(text) && !text.includes('${')),
  );
  return {
    choices: firstOfEach([...ones, ...sets.sets, undefined], vectorOf),
    complete: isPlain && plain.every(({ open }) => !open) && sets.complete && isLaminar(plain, singles),
  };
}

const isMultivalued = (key: string, tests: readonly Test[]): boolean =>
  tests.some(({ quantifier }) => quantifier !== undefined) && conditionKeyNamed(key)?.multivalued !== false;

/** The first of each class of choices that the tests cannot tell apart. */
function firstOfEach<T extends Choice>(choices: readonly T[], vectorOf: (choice: T) => string): readonly T[] {
  const classes = new Map<string, T>();
  for (const choice of choices) {
    const vector = vectorOf(choice);
    if (!classes.has(vector)) classes.set(vector, choice);
  }
  return [...classes.values()];
}

/** All sets of two or more values, as long as they are few. */
function subsetsOf(values: readonly string[]): {
  readonly sets: readonly Choice[];
  readonly complete: boolean;
} {
  const complete = values.length <= 4;
  if (!complete)
    return { sets: [...values.map((value, index) => [value, values[index + 1] ?? value]), values], complete };
  const sets = Array.from({ length: 2 ** values.length }, (_, mask) =>
    values.filter((__, index) => (mask >> index) % 2 === 1),
  );
  return { sets: sets.filter((set) => set.length > 1), complete };
}

/** Values at the borders of what a test asks for. */
function samplesOf(test: Test): readonly string[] {
  const texts = test.values.map(({ text }) => text).filter((text) => !isUnknown(text));
  switch (test.operator?.type) {
    case 'bool':
      return ['true', 'false'];
    case 'numeric':
      return around(texts.map(Number).filter(Number.isFinite)).map(String);
    case 'date':
      return around(texts.flatMap((text) => momentOf(text) ?? [])).map((moment) => isoOf(Math.floor(moment)));
    case 'ip':
      return texts.flatMap((text) => {
        const range = ipRange(text);
        return range ? [addressText(range), addressText(lastOf(range))] : [];
      });
    case 'string':
    case 'arn':
      return texts.flatMap((text) => filled(text, test.operator?.wildcards === true));
    default:
      return texts;
  }
}

/** What values with variables are for this caller. */
const variableSamples = (tests: readonly Test[], caller: Context): readonly string[] =>
  tests.flatMap(({ values }) =>
    values.flatMap(({ text }) => {
      if (!text.includes('${') || isUnknown(text)) return [];
      const parts = valueParts(text).map((part) =>
        part.kind === 'key' ? (caller.get(part.key.toLowerCase())?.[0] ?? part.otherwise) : part.text,
      );
      return parts.every((part) => part !== undefined) ? filled(parts.join(''), true) : [];
    }),
  );

/** Each number, one less, one more, and those between two. */
function around(numbers: readonly number[]): readonly number[] {
  const sorted = [...numbers].sort((a, b) => a - b);
  const between = sorted.slice(1).map((number, index) => (number + (sorted[index] ?? number)) / 2);
  return [...sorted.flatMap((number) => [number, number - 1, number + 1]), ...between];
}

const addressText = (range: IpRange): string =>
  networkOf({ ...range, prefix: range.bits }).split('/')[0] ?? '';

const lastOf = (range: IpRange): IpRange => ({
  ...range,
  address: range.address | ((1n << BigInt(range.bits - range.prefix)) - 1n),
});

/** Texts that a pattern matches, and the text itself in other letters. */
function filled(text: string, wildcards: boolean): readonly string[] {
  if (!wildcards || !hasWildcard(text)) return [text, text.toUpperCase(), text.toLowerCase()];
  return ['x', '', 'some-thing'].map((filler) => text.replaceAll('*', filler).replaceAll('?', 'x'));
}

/** A value that looks like those that are asked for and is none of them. */
function fresh(tests: readonly Test[]): string {
  const texts = tests.flatMap(({ values }) => values.map(({ text }) => text));
  const types = tests.map(({ operator }) => operator?.type);
  if (types.includes('ip')) return '192.0.2.250';
  if (types.includes('arn')) return 'arn:aws:sns:eu-west-3:999999999999:something-else';
  if (types.includes('bool')) return 'false';
  if (types.includes('numeric')) return '5';
  if (types.includes('date')) return '2026-01-01T00:00:00Z';
  if (texts.some((text) => text.length === 12 && Number.isInteger(Number(text)))) return '999999999999';
  return texts.some((text) => text.startsWith('o-')) ? 'o-zzzzzzzzzz' : 'something-else';
}
