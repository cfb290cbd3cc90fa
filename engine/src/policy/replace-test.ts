/** A change to a policy: another test takes the place of one. */
import type { Change } from '../tree/change.ts';
import { type JsonValue, memberOf } from '../tree/walk.ts';
import { type Block, replaceValue } from './amend.ts';
import type { Test } from './policy.ts';

/** Puts a test under an operator in the place of another; nothing where its key is tested there already. */
export function replaceTest(
  { operatorMember, member }: Test,
  operator: Block[0],
  key: string,
  value: JsonValue,
): readonly Change[] | undefined {
  const condition = operatorMember.parent;
  const block = memberOf(condition, operator)?.value;
  const isTaken =
    block?.kind === 'object' &&
    block.members.some((other) => other !== member && other.key.value?.toLowerCase() === key.toLowerCase());
  if (isTaken || !member.value) return undefined;
  const renamed: readonly Change[] = [{ kind: 'rename', member, key }, ...replaceValue(member.value, value)];
  if (block === member.parent) return renamed;
  const alone = member.parent.members.length === 1;
  if (block === undefined && alone)
    return [{ kind: 'rename', member: operatorMember, key: operator }, ...renamed];
  const removal: Change = { kind: 'remove', node: alone ? operatorMember : member };
  if (block === undefined)
    return [removal, { kind: 'set', object: condition, key: operator, value: { [key]: value } }];
  return block.kind === 'object' ? [removal, { kind: 'set', object: block, key, value }] : undefined;
}
