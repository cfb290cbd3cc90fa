/** Insertions that add a statement beside the one that they are about. */
import { uniqueSid } from '../policy/sid.ts';
import type { JsonValue } from '../tree/walk.ts';
import { memberOf, valueOf } from '../tree/walk.ts';
import { changing, type Outcome, type Target } from './insertion.ts';

/** The principals and actions of a statement, to be written in another; nothing where they cannot be copied. */
export function copiedElements({ statement, copy }: Target): Readonly<Record<string, JsonValue>> | undefined {
  const principal = valueOf(statement.node, 'Principal');
  const actions = valueOf(statement.node, 'Action');
  const Principal = principal && copy(principal);
  const Action = actions && copy(actions);
  return Principal === undefined || Action === undefined ? undefined : { Principal, Action };
}

/** Adds a statement at the end of the policy; a single one becomes a list. It has a name if others have. */
export function addStatement(
  { policy, copy }: Target,
  name: string,
  elements: Readonly<Record<string, JsonValue>>,
): Outcome {
  const sids = policy.statements.flatMap(({ sid }) => sid ?? []);
  const added = sids.length > 0 ? { Sid: uniqueSid(name, sids), ...elements } : elements;
  const list = memberOf(policy.node, 'Statement')?.value;
  if (list?.kind === 'array') return changing([{ kind: 'append', array: list, value: added }]);
  const first = list?.kind === 'object' ? copy(list) : undefined;
  return changing(
    list && first !== undefined ? [{ kind: 'replace', node: list, value: [first, added] }] : undefined,
  );
}
