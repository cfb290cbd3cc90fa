/** An element has a JSON type that IAM does not take there. */
import { replaceValue } from '../../policy/amend.ts';
import { type Policy, principalTypes } from '../../policy/policy.ts';
import type { Member, Node } from '../../tree/tree.ts';
import { listOf, valueOf } from '../../tree/walk.ts';
import { defineRule, type Fix, fix } from '../rule.ts';

interface Mismatch {
  readonly element: string;
  readonly expected: string;
  readonly node: Node;
}

/** How people call the kinds of values. */
const kindNames: Readonly<Record<Node['kind'], string>> = {
  object: 'an object',
  array: 'a list',
  string: 'a string',
  number: 'a number',
  boolean: 'a boolean',
  null: 'null',
  opaque: 'an expression',
};

export const rule = defineRule({
  id: 'data-type-mismatch',
  category: 'grammar',
  severity: 'error',
  *check(policy) {
    for (const { element, expected, node } of mismatchesIn(policy)) {
      yield {
        at: node,
        message: `IAM refuses this policy: ${element} is ${kindNames[node.kind]}. It has to be ${expected}.`,
        fixes: quoting(element, node),
      };
    }
  },
});

function* mismatchesIn({ node, statements }: Policy): Generator<Mismatch> {
  for (const name of ['Version', 'Id']) yield* unless('string', name, 'a string', valueOf(node, name));
  for (const statement of statements) {
    for (const name of ['Sid', 'Effect'])
      yield* unless('string', name, 'a string', valueOf(statement.node, name));
    for (const name of ['Action', 'NotAction']) yield* inStrings(name, valueOf(statement.node, name));
    yield* inPrincipal(valueOf(statement.node, 'Principal'));
    yield* inCondition(valueOf(statement.node, 'Condition'));
  }
}

function* unless(
  kind: Node['kind'],
  element: string,
  expected: string,
  node: Node | undefined,
): Generator<Mismatch> {
  if (node && node.kind !== kind && node.kind !== 'opaque') yield { element, expected, node };
}

function* inStrings(element: string, node: Node | undefined): Generator<Mismatch> {
  for (const item of listOf(node)) yield* unless('string', element, 'a string or a list of strings', item);
}

/** Strings and lists in place of the object, and numbers as account ids, have rules that know better. */
function* inPrincipal(node: Node | undefined): Generator<Mismatch> {
  if (node?.kind !== 'string' && node?.kind !== 'array')
    yield* unless('object', 'Principal', 'an object with AWS, Service or Federated', node);
  for (const type of principalTypes) {
    const value = valueOf(node, type);
    for (const mismatch of inStrings(type, value))
      if (type !== 'AWS' || mismatch.node.kind !== 'number') yield mismatch;
  }
}

function* inCondition(node: Node | undefined): Generator<Mismatch> {
  yield* unless('object', 'Condition', 'an object of operators', node);
  const operators: readonly Member[] = node?.kind === 'object' ? node.members : [];
  for (const { key, value } of operators)
    yield* unless('object', key.value ?? 'an operator', 'an object of condition keys', value);
}

/** Names may be any string, so quotes are all that a number needs. */
const quoting = (element: string, node: Node): readonly Fix[] =>
  (element === 'Sid' || element === 'Id') && node.kind === 'number'
    ? fix('Put it in quotes', replaceValue(node, node.text), true)
    : [];
