/** Changes to a policy in the words of the domain; fixes are put together from these. Nothing where it cannot be said. */
import type { OperatorName } from '../catalog/names.gen.ts';
import type { Change } from '../tree/change.ts';
import type { Member, Node, ObjectNode } from '../tree/tree.ts';
import { type JsonValue, listOf, memberAround, memberOf, plainValue, textOf, valueOf } from '../tree/walk.ts';
import type { Principal, PrincipalType, Quantifier, Statement, Test } from './policy.ts';

/** Adds a test to a statement, in the operator's block if there is one. A test of the same key there is replaced. */
export function requireTest(
  statement: Statement,
  operator: Block[0],
  key: string,
  value: JsonValue,
): readonly Change[] | undefined {
  return requireTests(statement, operator, { [key]: value });
}

/** Adds tests under one operator to a statement; see `requireTest`. */
export function requireTests(
  statement: Statement,
  operator: Block[0],
  tests: Readonly<Record<string, JsonValue>>,
): readonly Change[] | undefined {
  return requireBlocks(statement, [[operator, tests]]);
}

/** An operator and the values to demand under it, by key. Keys of several values need the prefix of a set. */
export type Block = readonly [
  operator: OperatorName | `${Quantifier}:${OperatorName}`,
  tests: Readonly<Record<string, JsonValue>>,
];

/** Adds tests under several operators to a statement; see `requireTest`. */
export function requireBlocks(statement: Statement, blocks: readonly Block[]): readonly Change[] | undefined {
  const condition = memberOf(statement.node, 'Condition');
  if (condition === undefined)
    return [{ kind: 'set', object: statement.node, key: 'Condition', value: Object.fromEntries(blocks) }];
  const { value } = condition;
  if (value?.kind !== 'object') return undefined;
  const changes: Change[] = [];
  for (const [operator, tests] of blocks) {
    const made = blockChanges(value, operator, tests);
    if (made === undefined) return undefined;
    changes.push(...made);
  }
  return changes;
}

function blockChanges(
  condition: ObjectNode,
  operator: Block[0],
  tests: Block[1],
): readonly Change[] | undefined {
  const block = memberOf(condition, operator);
  if (block === undefined) return [{ kind: 'set', object: condition, key: operator, value: tests }];
  const object = block.value;
  if (object?.kind !== 'object') return undefined;
  return Object.entries(tests).map(([key, value]) => ({
    kind: 'set',
    object,
    key: spelledAs(object, key),
    value,
  }));
}

/** The key as the block already spells it, because names are compared without regard to case. */
const spelledAs = (block: ObjectNode, key: string): string =>
  block.members.find((member) => member.key.value?.toLowerCase() === key.toLowerCase())?.key.value ?? key;

/** Takes a test out, together with the blocks that it leaves empty. */
export function dropTest(test: Test): readonly Change[] {
  return [{ kind: 'remove', node: emptied(test.member) }];
}

/** The outermost member that would be left empty without this one, up to `Condition`. */
function emptied(member: Member): Member {
  const { parent } = member;
  const holder = parent.parent;
  if (parent.members.length > 1 || holder?.kind !== 'member' || member.key.value === 'Condition')
    return member;
  return emptied(holder);
}

/**
 * Moves a test under another operator, into its block if there is one.
 * @param changed the value to have there in place of the present one
 */
export function moveTest(test: Test, operator: string, changed?: JsonValue): readonly Change[] | undefined {
  const { operatorMember, member } = test;
  const condition = operatorMember.parent;
  const target = memberOf(condition, operator)?.value;
  const alone = member.parent.members.length === 1;
  if (target === undefined && alone) {
    const rename: Change = { kind: 'rename', member: operatorMember, key: operator };
    return changed === undefined || !member.value
      ? [rename]
      : [rename, ...replaceValue(member.value, changed)];
  }
  const value = changed ?? (member.value && plainValue(member.value));
  const key = member.key.value;
  if (value === undefined || key === undefined) return undefined;
  const removal: Change = { kind: 'remove', node: alone ? operatorMember : member };
  if (target === undefined)
    return [removal, { kind: 'set', object: condition, key: operator, value: { [key]: value } }];
  if (target.kind !== 'object' || memberOf(target, spelledAs(target, key))) return undefined;
  return [removal, { kind: 'set', object: target, key, value }];
}

/**
 * Puts a principal under another type, into its list if there is one.
 * @param changed the principal to have there in place of the present one
 */
export function movePrincipal(
  { node }: Principal,
  type: PrincipalType,
  changed?: string,
): readonly Change[] | undefined {
  const from = memberAround(node);
  const value = changed ?? plainValue(node);
  if (from === undefined || value === undefined) return undefined;
  const target = memberOf(from.parent, type);
  const alone = listOf(from.value).length === 1;
  if (target === undefined && alone) {
    const rename: Change = { kind: 'rename', member: from, key: type };
    return changed === undefined ? [rename] : [rename, ...replaceValue(node, changed)];
  }
  const removal: Change = { kind: 'remove', node: alone ? from : node };
  if (target === undefined) return [removal, { kind: 'set', object: from.parent, key: type, value }];
  if (target.value?.kind === 'array') return [removal, { kind: 'append', array: target.value, value }];
  const present = target.value && plainValue(target.value);
  if (target.value === undefined || present === undefined) return undefined;
  return [removal, ...replaceValue(target.value, [present, value])];
}

/** Takes a principal, or an empty list of them, out of its statement; nothing where no other would be left. */
export function removePrincipal(node: Node): readonly Change[] | undefined {
  const from = memberAround(node);
  if (from === undefined) return undefined;
  if (from.value !== node && listOf(from.value).length > 1) return [{ kind: 'remove', node }];
  return from.parent.members.length > 1 ? [{ kind: 'remove', node: from }] : undefined;
}

/** Adds actions to a statement that names its own; a single one becomes a list. */
export function addActions({ node }: Statement, ids: readonly string[]): readonly Change[] | undefined {
  const list = valueOf(node, 'Action');
  if (list?.kind === 'array') return ids.map((value) => ({ kind: 'append', array: list, value }));
  const only = textOf(list);
  return list === undefined || only === undefined ? undefined : replaceValue(list, [only, ...ids]);
}

/** Takes one of several values out of its list; nothing where it is the only one. */
export const removeItem = (node: Node): readonly Change[] | undefined =>
  node.parent?.kind === 'array' && node.parent.items.length > 1 ? [{ kind: 'remove', node }] : undefined;

/** Replaces one value. */
export const replaceValue = (node: Node, value: JsonValue): readonly Change[] => [
  { kind: 'replace', node, value },
];

/** Lists a value beside one that is there; a single one becomes a list. */
export function addBeside(node: Node, text: string, value: JsonValue): readonly Change[] {
  const { parent } = node;
  return parent?.kind === 'array'
    ? [{ kind: 'append', array: parent, value }]
    : replaceValue(node, [text, value]);
}
