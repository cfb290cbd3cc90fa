/** Statements that differ in their principals only are shorter as one; it matters where the policy grows too long. */
import { replaceValue } from '../../policy/amend.ts';
import { conditionOf } from '../../policy/condition-text.ts';
import type { Policy, Statement } from '../../policy/policy.ts';
import { DEFAULT_QUOTA } from '../../policy/size.ts';
import type { Change } from '../../tree/change.ts';
import { remembered } from '../../tree/remembered.ts';
import type { Member, Node } from '../../tree/tree.ts';
import { listOf, plainValue, valueOf } from '../../tree/walk.ts';
import { defineRule, type Fix, fix } from '../rule.ts';
import { nameOf, type StatementElement } from '../statements.ts';

/** From this part of the quota on, length is worth a word. */
const LONG = 0.6;

const plain: readonly StatementElement[] = ['Sid', 'Effect', 'Principal', 'Action', 'Condition'];

/** The one type of principals of a statement that can be merged with others. */
const principalsOf = remembered(({ node, open }: Statement): Member | undefined => {
  const known = !open.principals && !open.actions && !open.tests && node.complete;
  const principal = valueOf(node, 'Principal');
  if (!known || principal?.kind !== 'object' || principal.members.length !== 1) return undefined;
  if (node.members.some(({ key }) => !plain.some((element) => element === key.value))) return undefined;
  const [member] = principal.members;
  return member?.value && textsOf(member.value) ? member : undefined;
});

/** The principals as they are written; nothing where one of them is not known. */
function textsOf(list: Node): readonly string[] | undefined {
  const plainTexts = listOf(list).map((node) => plainValue(node));
  const texts = plainTexts.filter((text) => typeof text === 'string');
  return texts.length === plainTexts.length ? texts : undefined;
}

/** All but the principals of a statement. */
const restOf = remembered((statement: Statement) =>
  JSON.stringify([
    statement.effect,
    principalsOf(statement)?.key.value,
    [...new Set(statement.actions.map(({ pattern }) => pattern.toLowerCase()))].sort(),
    conditionOf(statement),
  ]),
);

interface Pair {
  readonly first: Statement;
  readonly second: Statement;
}

/** Statements with an earlier one that is the same but for its principals. A name of its own keeps a statement apart. */
function pairsIn({ statements }: Policy): readonly Pair[] {
  const seen = new Map<string, Statement>();
  return statements.flatMap((second) => {
    if (principalsOf(second) === undefined) return [];
    const rest = restOf(second);
    const first = seen.get(rest);
    if (first === undefined) seen.set(rest, second);
    return first && (first.sid === undefined || second.sid === undefined) ? [{ first, second }] : [];
  });
}

export const rule = defineRule({
  id: 'mergeable-statements',
  category: 'quality',
  severity: 'hint',
  scope: 'policy',
  *check(policy) {
    if (policy.size < DEFAULT_QUOTA * LONG) return;
    for (const pair of pairsIn(policy)) {
      const number = String(pair.first.index + 1);
      yield {
        at: nameOf(pair.second.node),
        message: `Only its principals tell this statement from statement ${number}, and the policy comes near the quota of its length. Put them into one list.`,
        fixes: merge(pair, number),
        related: [{ at: nameOf(pair.first.node), message: 'The statement that is the same otherwise.' }],
      };
    }
  },
});

function merge({ first, second }: Pair, number: string): readonly Fix[] {
  const target = principalsOf(first)?.value;
  const [own, others] = [target && textsOf(target), textsOf(principalsOf(second)?.value ?? second.node)];
  if (target === undefined || own === undefined || others === undefined) return [];
  const added = others.filter((text) => !own.includes(text));
  const additions: readonly Change[] =
    target.kind === 'array'
      ? added.map((value) => ({ kind: 'append', array: target, value }))
      : replaceValue(target, [...own, ...added]);
  return fix(`Merge into statement ${number}`, [...additions, { kind: 'remove', node: second.node }]);
}
