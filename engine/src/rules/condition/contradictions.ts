/** Tests of one key that no request can meet together. */
import { conditionKeyNamed } from '../../catalog/catalog.ts';
import { replaceValue } from '../../policy/amend.ts';
import { hasKnownValues, isWrittenOut } from '../../policy/condition.ts';
import { demandsKey } from '../../policy/demand.ts';
import { momentOf } from '../../policy/moment.ts';
import type { Statement, Test } from '../../policy/policy.ts';
import { globMatches, hasWildcard } from '../../text/glob.ts';
import { defineRule, type Fix, fix } from '../rule.ts';

interface Contradiction {
  readonly first: Test;
  readonly second: Test;
  readonly fixes?: readonly Fix[];
}

/** Tests that are met or not by one value of the request, which has to be there. */
const isPlain = (test: Test): boolean =>
  test.operator !== undefined &&
  test.quantifier === undefined &&
  !test.ifExists &&
  test.values.length > 0 &&
  hasKnownValues(test);

/** The pairs of tests of a statement on the same key, in the order of the text. */
function* pairsIn({ tests }: Statement): Generator<readonly [Test, Test]> {
  for (const [index, first] of tests.entries())
    for (const second of tests.slice(index + 1))
      if (first.key.toLowerCase() === second.key.toLowerCase()) yield [first, second];
}

function contradictionOf(first: Test, second: Test): Contradiction | undefined {
  return absence(first, second) ?? absence(second, first) ?? bounds(first, second) ?? values(first, second);
}

/** `Null` demands that the key be absent, and another test that it be there. */
function absence(absent: Test, there: Test): Contradiction | undefined {
  const [value] = absent.values;
  const isAbsent =
    absent.operator?.type === 'null' &&
    isPlain(absent) &&
    absent.values.every(({ text }) => text.toLowerCase() === 'true');
  if (!isAbsent || value === undefined || !demandsKey(there)) return undefined;
  return {
    first: there,
    second: absent,
    fixes: fix('Demand that the key is there', replaceValue(value.node, 'false')),
  };
}

type Bound = 'lower' | 'upper';

/** Which end of an interval an operator sets. */
function boundOf({ operator }: Test): Bound | undefined {
  if (operator?.type !== 'numeric' && operator?.type !== 'date') return undefined;
  if (operator.id.includes('GreaterThan')) return 'lower';
  return operator.id.includes('LessThan') ? 'upper' : undefined;
}

/** The end that a test sets: of several values the one that leaves most. */
function limitOf(test: Test): number | undefined {
  const numbers = test.values.map(({ text }) =>
    test.operator?.type === 'date' ? momentOf(text) : /^-?[\d.]+$/.test(text) ? Number(text) : undefined,
  );
  const known = numbers.filter((number) => number !== undefined);
  if (known.length < numbers.length) return undefined;
  return boundOf(test) === 'lower' ? Math.min(...known) : Math.max(...known);
}

/** A lower bound that lies above the upper one. */
function bounds(first: Test, second: Test): Contradiction | undefined {
  const [one, other] = [boundOf(first), boundOf(second)];
  if (one === undefined || other === undefined || one === other || !isPlain(first) || !isPlain(second))
    return undefined;
  const [lower, upper] = one === 'lower' ? [first, second] : [second, first];
  const [from, to] = [limitOf(lower), limitOf(upper)];
  if (from === undefined || to === undefined || from < to) return undefined;
  const touching = [lower, upper].every(({ operator }) => operator?.id.endsWith('Equals') === true);
  if (from === to && touching) return undefined;
  return { first, second, fixes: from > to ? exchange(lower, upper) : [] };
}

function exchange({ values: [one] }: Test, { values: [other] }: Test): readonly Fix[] {
  if (one === undefined || other === undefined) return [];
  return fix('Exchange the two', [
    ...replaceValue(one.node, other.text),
    ...replaceValue(other.node, one.text),
  ]);
}

/** Whether a test names its values letter by letter. */
const isExact = ({ operator, values: all }: Test): boolean =>
  operator?.negated === false &&
  (operator.type === 'string' || operator.type === 'arn') &&
  all.every(({ text }) => isWrittenOut(text) && !(operator.wildcards && hasWildcard(text)));

const ignoresCase = ({ operator }: Test): boolean => operator?.id.endsWith('IgnoreCase') === true;

/** Two lists with nothing in common, or a list of which every value is excluded. */
function values(first: Test, second: Test): Contradiction | undefined {
  if (conditionKeyNamed(first.key)?.multivalued !== false || !isPlain(first) || !isPlain(second))
    return undefined;
  const ignoreCase = ignoresCase(first) || ignoresCase(second);
  const [exact, other] = isExact(first) ? [first, second] : [second, first];
  if (!isExact(exact)) return undefined;
  if (!isExact(other) && !excludes(other)) return undefined;
  const matches = (text: string): boolean =>
    other.values.some((value) =>
      other.operator?.wildcards === true
        ? globMatches(value.text, text, { ignoreCase })
        : globMatches(literal(value.text, ignoreCase), literal(text, ignoreCase)),
    );
  const none = exact.values.every(({ text }) => matches(text) === excludes(other));
  return none ? { first, second } : undefined;
}

const literal = (text: string, ignoreCase: boolean): string => {
  const plain = text.replace(/[*?]/g, '\u0000');
  return ignoreCase ? plain.toLowerCase() : plain;
};

/** Whether a test shuts out the values that it lists. */
const excludes = ({ operator, values: all }: Test): boolean =>
  operator?.negated === true &&
  (operator.type === 'string' || operator.type === 'arn') &&
  all.every(({ text }) => isWrittenOut(text));

export const rule = defineRule({
  id: 'condition-never-matches',
  category: 'condition',
  severity: 'warning',
  *check({ statements }) {
    for (const statement of statements) {
      for (const [one, other] of pairsIn(statement)) {
        const found = contradictionOf(one, other);
        if (found === undefined) continue;
        yield {
          at: found.second.member.key,
          message: `No request meets both tests of ${found.second.key}, so this statement never applies. Change one of them.`,
          ...(found.fixes && { fixes: found.fixes }),
          related: [{ at: found.first.member.key, message: 'The other test is here.' }],
        };
      }
    }
  },
});
