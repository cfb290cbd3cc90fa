/** Operators: those that fit the condition keys below, or some key that the callers can have. */
import { type ConditionKey, type Operator, operators } from '../../catalog/catalog.ts';
import { type OperatorText, splitOperator } from '../../policy/condition.ts';
import type { Quantifier, Statement } from '../../policy/policy.ts';
import { fits, keyNamed, keysFor } from '../callers.ts';
import { describeOperator } from '../operator-text.ts';
import type { Place } from '../place.ts';
import { member, open, type Suggestion } from './suggestion.ts';

/** Types of values, the most used first. */
const types: readonly Operator['type'][] = [
  'string',
  'arn',
  'bool',
  'ip',
  'numeric',
  'date',
  'null',
  'binary',
];

export function* completeOperator(place: Place<'operator'>): Iterable<Suggestion> {
  const { statement, keys, taken } = place;
  const known = keys.flatMap((key) => keyNamed(key, statement) ?? []);
  const available = known.length > 0 ? known : keysFor(statement);
  const suits = (text: string): boolean => {
    const operator = splitOperator(text);
    const fitting = (key: ConditionKey): boolean => fits(key, operator);
    return known.length > 0 ? known.every(fitting) : available.some(fitting);
  };
  for (const text of formsFor(statement)) {
    if (taken.includes(text) || !suits(text)) continue;
    yield { label: text, entry: member(place, text, open), ...docOf(splitOperator(text)), retrigger: true };
  }
}

const docOf = (operator: OperatorText): Pick<Suggestion, 'doc'> => {
  const doc = describeOperator(operator);
  return doc === undefined ? {} : { doc };
};

/**
 * The forms of the operators in the order of their use. `IfExists` opens an Allow to all who lack the key, and a set
 * prefix before a negation reads like its opposite: both are offered in a Deny only.
 */
function* formsFor({ effect }: Statement): Iterable<string> {
  const deny = effect === 'Deny';
  const sorted = [...operators()].sort((a, b) => rankOf(a) - rankOf(b));
  yield* sorted.map(({ id }) => id);
  for (const quantifier of ['ForAnyValue', 'ForAllValues'] as const satisfies readonly Quantifier[])
    for (const { id, quantifiers, negated } of sorted)
      if (quantifiers && (deny || !negated)) yield `${quantifier}:${id}`;
  if (deny) yield* sorted.filter(({ ifExists }) => ifExists).map(({ id }) => `${id}IfExists`);
}

const rankOf = ({ id, type, negated }: Operator): number =>
  (negated ? 100 : 0) + types.indexOf(type) * 10 + (id.endsWith('IgnoreCase') ? 1 : 0);
