/**
 * One value of a policy against one of a request, by the type of the operator. Negation is not looked at here: a
 * `StringNotEquals` compares like `StringEquals`.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
import type { Operator } from '../catalog/catalog.ts';
import { certainly, type Certainty } from '../policy/certainty.ts';
import { ipRange, isWithin } from '../policy/ip-range.ts';
import { isUnknown } from '../policy/known.ts';
import { momentOf } from '../policy/moment.ts';
import { meets, meetsArn, type Pattern, patternOf } from './pattern.ts';

/** What a value needs to be compared: how the policy is read, and the context for its variables. */
export interface Comparing {
  readonly variables: boolean;
  /** The value of a context key, if it has just one. */
  readonly valueOf: (key: string) => string | undefined;
}

/** Whether a value of a request is the one that a policy names. */
export function compare(operator: Operator, named: string, given: string, how: Comparing): Certainty {
  switch (operator.type) {
    case 'string':
      return compareTexts(operator, named, given, how);
    case 'arn':
      return withPattern(operator, named, how, (pattern) => meetsArn(pattern, given));
    case 'bool':
      return withPattern(operator, named, how, (pattern) =>
        given.toLowerCase() === 'true' || given.toLowerCase() === 'false'
          ? meets(pattern, given, true)
          : 'no',
      );
    case 'numeric':
      return isUnknown(named) ? 'maybe' : certainly(ordered(operator, numberOf(named), numberOf(given)));
    case 'date':
      return isUnknown(named) ? 'maybe' : certainly(ordered(operator, momentOf(named), momentOf(given)));
    case 'ip':
      return isUnknown(named) ? 'maybe' : certainly(liesIn(named, given));
    case 'binary':
      return isUnknown(named) ? 'maybe' : certainly(named === given);
    case 'null':
      return 'no';
  }
}

const compareTexts = (operator: Operator, named: string, given: string, how: Comparing): Certainty =>
  withPattern(operator, named, how, (pattern) => meets(pattern, given, operator.id.endsWith('IgnoreCase')));

function withPattern(
  { wildcards, variables }: Operator,
  named: string,
  how: Comparing,
  test: (pattern: Pattern) => Certainty,
): Certainty {
  const pattern = patternOf(named, { wildcards, variables: variables && how.variables }, how.valueOf);
  return pattern ? test(pattern) : 'no';
}

/** A decimal number; nothing for other texts. */
function numberOf(text: string): number | undefined {
  const isDecimal = text !== '' && Array.from(text).every((letter) => '+-.0123456789'.includes(letter));
  const number = isDecimal ? Number(text) : NaN;
  return Number.isFinite(number) ? number : undefined;
}

/** How the given must stand to the named, by the end of the operator's name; the longer endings come first. */
const orders: readonly (readonly [ending: string, holds: (given: number, named: number) => boolean])[] = [
  ['LessThanEquals', (given, named) => given <= named],
  ['LessThan', (given, named) => given < named],
  ['GreaterThanEquals', (given, named) => given >= named],
  ['GreaterThan', (given, named) => given > named],
  ['Equals', (given, named) => given === named],
];

/** Texts that are no numbers or times are never in order. */
function ordered({ id }: Operator, named: number | undefined, given: number | undefined): boolean {
  const [, holds] = orders.find(([ending]) => id.endsWith(ending)) ?? [];
  return named !== undefined && given !== undefined && holds?.(given, named) === true;
}

function liesIn(named: string, given: string): boolean {
  const [wide, narrow] = [ipRange(named), ipRange(given)];
  return wide !== undefined && narrow !== undefined && isWithin(narrow, wide);
}
