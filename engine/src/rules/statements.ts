/** What the rules on statements share: where a statement is pointed at, and when an element is really missing. */
import { distance } from '../text/distance.ts';
import type { Span } from '../text/span.ts';
import type { ObjectNode } from '../tree/tree.ts';
import { keyText, memberOf } from '../tree/walk.ts';
import type { Statement } from '../policy/policy.ts';

/** The elements of a statement, in the order in which people write them. */
export const statementElements = [
  'Sid',
  'Effect',
  'Principal',
  'NotPrincipal',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Condition',
] as const;
export type StatementElement = (typeof statementElements)[number];

/** The elements of a policy. */
export const policyElements = ['Version', 'Id', 'Statement'] as const;

/** A statement is pointed at by its first key; an empty one by its braces. */
export const nameOf = (statement: ObjectNode): Span => statement.members[0]?.key.span ?? statement.span;

/** The known name that another was probably meant to be: up to two slips away, whatever the case. */
export function nearestName<Name extends string>(name: string, known: readonly Name[]): Name | undefined {
  const plain = name.toLowerCase();
  const within = (limit: number): Name | undefined =>
    known.find((each) => distance(plain, each.toLowerCase(), limit) <= limit);
  return within(0) ?? within(1) ?? within(2);
}

/**
 * Whether a statement lacks an element, so that saying so helps: it is not empty, it is complete, no expression may
 * supply the element, and none of its keys is a misspelling of it.
 */
export function missesElement({ node }: Statement, ...names: readonly StatementElement[]): boolean {
  if (!node.complete || node.members.length === 0) return false;
  if (names.some((name) => memberOf(node, name) !== undefined)) return false;
  return node.members.every(({ key }) => {
    if (key.value === undefined) return false;
    const nearest = nearestName(keyText(key), statementElements);
    return (
      statementElements.some((element) => element === key.value) || !names.some((name) => name === nearest)
    );
  });
}
