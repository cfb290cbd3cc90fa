/**
 * A statement for callers of several kinds as one for each kind, so that each can have its own conditions. Actions that
 * callers of a kind cannot use are left out of its statement.
 */
import { replaceValue } from '../../policy/amend.ts';
import { canUse } from '../../policy/fit.ts';
import type { Statement } from '../../policy/policy.ts';
import { uniqueSid } from '../../policy/sid.ts';
import type { Change } from '../../tree/change.ts';
import type { ObjectNode } from '../../tree/tree.ts';
import { isJsonList, isJsonObject, type JsonValue, memberOf, valueOf } from '../../tree/walk.ts';
import type { Place, Proposal, Refactoring } from './refactoring.ts';

const title = 'Split the statement by kinds of principals';

export const splitStatement: Refactoring = {
  id: 'split-statement',
  kind: 'rewrite',
  propose: (place) => {
    const { statement } = place;
    const principal = statement && valueOf(statement.node, 'Principal');
    if (principal?.kind !== 'object' || principal.members.length < 2) return undefined;
    return statement && split(statement, principal, place);
  },
};

function split(statement: Statement, principal: ObjectNode, { policy, copy }: Place): Proposal {
  const whole = copy(statement.node);
  const types = principal.members.map(({ key }) => key.value);
  const list = memberOf(policy.node, 'Statement')?.value;
  if (
    !isJsonObject(whole) ||
    types.includes(undefined) ||
    (list?.kind !== 'array' && list?.kind !== 'object')
  )
    return { title, refused: 'An expression in the statement cannot be written a second time.' };
  const sids = policy.statements.flatMap(({ sid }) => sid ?? []);
  const parts = types.map((type = '', index) => {
    const Principal = {
      [type]: isJsonObject(whole['Principal']) ? (whole['Principal'][type] ?? null) : null,
    };
    const Action = usable(statement, type, whole['Action']);
    const part = { ...whole, Principal, ...(Action !== undefined && { Action }) };
    if (index === 0 || statement.sid === undefined) return part;
    const Sid = uniqueSid(statement.sid + type, sids);
    return { ...part, Sid };
  });
  const [first, ...others] = parts;
  if (list.kind === 'object') return { title, changes: replaceValue(list, parts) };
  const action = valueOf(statement.node, 'Action');
  const own: readonly Change[] = [
    ...replaceValue(principal, first?.Principal ?? null),
    ...(action && !isSame(whole['Action'], first?.Action) ? replaceValue(action, first?.Action ?? null) : []),
  ];
  return {
    title,
    changes: [...own, ...others.map((value): Change => ({ kind: 'append', array: list, value }))],
  };
}

const isSame = (one: JsonValue | undefined, other: JsonValue | undefined): boolean =>
  JSON.stringify(one) === JSON.stringify(other);

/** The actions that some principal of a type can use; all of them where that is not known, or none would be left. */
function usable(
  { actions, principals, open }: Statement,
  type: string,
  written: JsonValue | undefined,
): JsonValue | undefined {
  const own = principals.filter((each) => each.type === type);
  if (open.actions || !isJsonList(written) || written.length !== actions.length) return written;
  const kept = actions.flatMap(({ matches, pattern }, index) => {
    const isFor = matches.length === 0 || own.some((each) => matches.some((action) => canUse(each, action)));
    return isFor ? [written[index] ?? pattern] : [];
  });
  return kept.length === 0 ? written : kept;
}
