/** The STS actions that the principals of a statement can use. */
import {
  servicePrincipalNamed,
  type TrustAction,
  trustActions,
  type TrustActionName,
} from '../../catalog/catalog.ts';
import type { Statement } from '../../policy/policy.ts';
import type { JsonValue } from '../../tree/walk.ts';
import { callersNamedIn } from '../callers.ts';
import { documented, prose } from '../markdown.ts';
import type { Place } from '../place.ts';
import type { Suggestion } from './suggestion.ts';

export function* completeAction({ statement, slot, taken }: Place<'action'>): Iterable<Suggestion> {
  const fitting = actionsFor(statement);
  const assuming = fitting.filter(({ assumes }) => assumes);
  const needed = companionsOf(statement);
  const pairs =
    slot.kind === 'value'
      ? assuming.map((action) => withCompanions(action, needed ?? ['sts:TagSession']))
      : [];
  const single = fitting.filter(({ id }) => !taken.includes(id)).map(ofAction);
  const isAssuming = ({ label }: Suggestion): boolean => assuming.some(({ id }) => id === label);
  if (needed !== undefined && needed.length > 0) yield* pairs;
  yield* single.filter(isAssuming);
  if (needed === undefined) yield* pairs;
  yield* single.filter((suggestion) => !isAssuming(suggestion));
}

/** The one value of `Action` that suits all the principals of a statement; nothing where there is a choice. */
export function actionValueFor(statement: Statement): JsonValue | undefined {
  if (statement.principals.length === 0) return undefined;
  const [action, ...others] = actionsFor(statement).filter(({ assumes }) => assumes);
  if (action === undefined || others.length > 0) return undefined;
  const needed = companionsOf(statement) ?? [];
  return needed.length > 0 ? [action.id, ...needed] : action.id;
}

function actionsFor(statement: Statement): readonly TrustAction[] {
  const callers = callersNamedIn(statement);
  return trustActions().filter(({ principals }) => principals.some((caller) => callers.includes(caller)));
}

/** What the services of a statement need besides; nothing where it trusts others than services. */
function companionsOf({ principals }: Statement): readonly TrustActionName[] | undefined {
  if (principals.length === 0 || !principals.every(({ kind }) => kind === 'service')) return undefined;
  return principals.flatMap((principal) =>
    principal.kind === 'service' ? (servicePrincipalNamed(principal.host)?.companions ?? []) : [],
  );
}

const ofAction = ({ id, doc, url }: TrustAction): Suggestion => ({
  label: id,
  entry: { value: id },
  doc: documented(doc, url),
});

function withCompanions(action: TrustAction, companions: readonly TrustActionName[]): Suggestion {
  const ids = [action.id, ...new Set(companions)];
  const docs = trustActions().filter(({ id }) => ids.includes(id));
  return {
    label: ids.join(', '),
    entry: { value: ids },
    doc: docs.map(({ id, doc }) => `${prose(id)}: ${prose(doc)}`).join('\n\n'),
  };
}
