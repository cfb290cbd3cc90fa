/** Tree to Policy. Reading never fails: what is absent or of the wrong type is simply not there. */
import { trustActions, trustActionsMatching, type TrustAction } from '../catalog/catalog.ts';
import type { Node, ObjectNode, StringNode } from '../tree/tree.ts';
import { isOpen, listOf, memberOf, textOf, valueOf } from '../tree/walk.ts';
import { mayHaveMoreTests, readTests } from './condition.ts';
import { grantsOf } from './grants.ts';
import { withIssuerOfClaims } from './inferred-issuer.ts';
import { isUnknown, knownText } from './known.ts';
import {
  type ActionRef,
  type Policy,
  type Principal,
  principalTypes,
  type PrincipalType,
  type Statement,
} from './policy.ts';
import { readPrincipal } from './principal.ts';
import { sizeOf } from './size.ts';

/**
 * Reads the policy that a node holds; a node that is no object holds an empty one.
 * @param before what was read of an earlier version: the nodes that are the same in both have the same content
 */
export function readPolicy(node: Node, before?: Policy): Policy {
  const version = valueOf(node, 'Version');
  const items = listOf(valueOf(node, 'Statement'));
  const objects = items.filter((item) => item.kind === 'object');
  const strays = items.filter((item) => item.kind !== 'object' && item.kind !== 'opaque');
  const known = new Map(before?.statements.map((statement) => [statement.node, statement]));
  const statements = objects.map((item, index) => {
    const same = known.get(item);
    return same?.index === index ? same : readStatement(item, index);
  });
  return {
    node,
    ...(version && { version }),
    statements,
    strays,
    grants: grantsOf(statements, before),
    size: sizeOf(node, new Map(statements.map((statement) => [statement.node, statement.size]))),
  };
}

/** Reads one statement; `index` is its place in the policy. */
export function readStatement(node: ObjectNode, index: number): Statement {
  const sid = textOf(valueOf(node, 'Sid'));
  const effect = textOf(valueOf(node, 'Effect'));
  const principal = valueOf(node, 'Principal');
  const condition = valueOf(node, 'Condition');
  const tests = readTests(condition);
  const unknownKeys = node.members.some(({ key }) => key.value === undefined);
  return {
    node,
    index,
    ...(sid !== undefined && { sid }),
    ...((effect === 'Allow' || effect === 'Deny') && { effect }),
    principals: principalsIn(principal).map((each) => withIssuerOfClaims(each, tests)),
    actions: readActions(node),
    tests,
    size: sizeOf(node),
    open: {
      principals: unknownKeys || mayHaveMorePrincipals(principal),
      actions: unknownKeys || isOpen(valueOf(node, 'Action')) || isOpen(valueOf(node, 'NotAction')),
      tests: unknownKeys || mayHaveMoreTests(condition),
    },
  };
}

/** Whether a text is one of the four types of principals. */
export const isPrincipalType = (text: string | undefined): text is PrincipalType =>
  principalTypes.some((type) => type === text);

/** The principals in the value of `Principal`, or of `NotPrincipal`. */
export function principalsIn(node: Node | undefined): readonly Principal[] {
  if (textOf(node) === '*' && node) return [{ kind: 'anyone', bare: true, node, text: '*' }];
  if (node?.kind !== 'object') return [];
  return node.members.flatMap(({ key, value }) => {
    const type = key.value;
    return isPrincipalType(type) ? listOf(value).map((item) => readPrincipal(item, type)) : [];
  });
}

/** Whether an expression of the host may add principals to such a value, of any type or of the one given. */
export function mayHaveMorePrincipals(node: Node | undefined, type?: PrincipalType): boolean {
  if (node?.kind === 'opaque') return true;
  const isMeant = (key: string): boolean => type === undefined || key === type;
  return (
    node?.kind === 'object' &&
    node.members.some(({ key, value }) => key.value === undefined || (isMeant(key.value) && isOpen(value)))
  );
}

/** The actions of a statement; `NotAction` is read as all the others. */
function readActions(node: ObjectNode): readonly ActionRef[] {
  const named = listOf(valueOf(node, 'Action')).flatMap((item) => readAction(item, trustActionsMatching));
  const notAction = memberOf(node, 'NotAction');
  if (notAction === undefined) return named;
  const excluded = listOf(notAction.value).flatMap((item) => readAction(item, trustActionsMatching));
  const others = trustActions().filter((action) => !excluded.some(({ matches }) => matches.includes(action)));
  return [
    ...named,
    ...listOf(notAction.value)
      .slice(0, 1)
      .flatMap((item) => readAction(item, () => others)),
  ];
}

function readAction(node: Node, matching: (pattern: string) => readonly TrustAction[]): readonly ActionRef[] {
  const pattern = knownText(node, 'principal');
  return node.kind === 'string' && pattern !== undefined ? [actionRef(node, pattern, matching)] : [];
}

const actionRef = (
  node: StringNode,
  pattern: string,
  matching: (pattern: string) => readonly TrustAction[],
): ActionRef => ({
  node,
  pattern,
  matches: isUnknown(pattern) ? [] : matching(pattern),
});
