/**
 * Condition blocks to tests, and whether a test really narrows anything.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
import { operatorNamed } from '../catalog/catalog.ts';
import type { Member, Node } from '../tree/tree.ts';
import { isOpen, keyText, listOf } from '../tree/walk.ts';
import { holdsIfAbsent } from './demand.ts';
import { isUnknown, knownText, unknownPart } from './known.ts';
import type { Quantifier, Test, TestValue } from './policy.ts';

/** An operator as written, taken apart. The name may be one that IAM does not have. */
export interface OperatorText {
  readonly quantifier?: Quantifier;
  readonly name: string;
  readonly ifExists: boolean;
}

/** Takes `ForAnyValue:StringLikeIfExists` and the like apart. */
export function splitOperator(text: string): OperatorText {
  const parts = /^(?:(ForAllValues|ForAnyValue):)?(.*?)(IfExists)?$/s.exec(text);
  const quantifier = parts?.[1];
  return {
    ...(isQuantifier(quantifier) && { quantifier }),
    name: parts?.[2] ?? text,
    ifExists: parts?.[3] !== undefined,
  };
}

const isQuantifier = (text: string | undefined): text is Quantifier =>
  text === 'ForAllValues' || text === 'ForAnyValue';

/** The operator of a test as written, without `IfExists`. */
export const withoutIfExists = ({ operatorText, ifExists }: Test): string =>
  ifExists ? operatorText.slice(0, -'IfExists'.length) : operatorText;

/** The tests of a `Condition` value; none where it is not an object. */
export function readTests(condition: Node | undefined): readonly Test[] {
  if (condition?.kind !== 'object') return [];
  return condition.members.flatMap((operatorMember) => readBlock(operatorMember));
}

/** Whether tests of a `Condition` value are not seen: an expression of the host, or a block that is no map. */
export function mayHaveMoreTests(condition: Node | undefined): boolean {
  if (condition?.kind === 'opaque') return true;
  if (condition?.kind !== 'object') return false;
  return condition.members.some(({ key, value }) => key.value === undefined || value?.kind !== 'object');
}

function readBlock(operatorMember: Member): readonly Test[] {
  const { key, value } = operatorMember;
  if (value?.kind !== 'object') return [];
  const operatorText = keyText(key);
  const { quantifier, name, ifExists } = splitOperator(operatorText);
  const operator = operatorNamed(name);
  return value.members.map((member) => ({
    member,
    operatorMember,
    operatorText,
    ...(operator && { operator }),
    ...(quantifier && { quantifier }),
    ifExists,
    // No policy variable stands in a key.
    key: knownText(member.key, 'principal') ?? keyText(member.key),
    values: listOf(member.value).flatMap((node) => readValue(node)),
    open: member.value === undefined || isOpen(member.value),
  }));
}

function readValue(node: Node): readonly TestValue[] {
  switch (node.kind) {
    case 'string':
      return [{ node, text: knownText(node, 'value') ?? '' }];
    case 'number':
      return [{ node, text: node.text }];
    case 'boolean':
      return [{ node, text: String(node.value) }];
    default:
      return [];
  }
}

/** A value without its policy variables, in which `${*}` and `${?}` are the letters themselves. */
export const literalText = (text: string): string => text.replace(/\$\{[^}]*\}/g, '');

/** Whether a value is written out: nothing in it is unknown, and no policy variable stands in it. */
export const isWrittenOut = (text: string): boolean => !isUnknown(text) && literalText(text) === text;

/** Whether all values of a test are known; policy variables are a part of known text. */
export const hasKnownValues = ({ open, values }: Test): boolean =>
  !open && values.every(({ text }) => !isUnknown(text));

/** Only `*` and `?`: matches whatever is there. */
export const isVacuous = (text: string): boolean => /^[*?]+$/.test(text);

/** Whether the statement also demands that the key be present, or may: `"Null": { key: "false" }`. */
function demandsPresence(key: string, tests: readonly Test[]): boolean {
  return tests.some(
    (test) =>
      test.operator?.type === 'null' &&
      test.key.toLowerCase() === key &&
      (test.values.length > 0 || test.open) &&
      test.values.every(({ text }) => text.toLowerCase() === 'false' || isUnknown(text)),
  );
}

/**
 * Whether a test of an Allow statement keeps out callers whose key is absent or different: a positive operator, no way
 * around by absence, and no value that matches everything. Values are ORed, so one such value disables the test.
 */
export function isEffective(test: Test, tests: readonly Test[]): boolean {
  const { operator, values } = test;
  if (operator === undefined || operator.negated || operator.type === 'null') return false;
  if (holdsIfAbsent(test) && !demandsPresence(test.key.toLowerCase(), tests)) return false;
  if (values.length === 0) return test.open;
  return !values.some(({ text }) => operator.wildcards && isVacuous(text));
}

/** Whether what is unknown of a test may make it a guard of a key, so that nothing can be said against it. */
export function mayGuard(test: Test, key: string): boolean {
  if (!isUnknown(test.key)) return false;
  const tail = test.key.slice(test.key.lastIndexOf(unknownPart) + 1).toLowerCase();
  return key.endsWith(tail);
}
