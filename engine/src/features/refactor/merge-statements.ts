/**
 * Two statements that differ in nothing but their principals, or in nothing but their actions, as one. The name of the
 * first stays.
 */
import { replaceValue } from '../../policy/amend.ts';
import type { Statement } from '../../policy/policy.ts';
import type { Change } from '../../tree/change.ts';
import { isJsonList, isJsonObject, type JsonObject, type JsonValue, valueOf } from '../../tree/walk.ts';
import { hasCommentIn } from '../comments.ts';
import type { Place, Proposal, Refactoring } from './refactoring.ts';

export const mergeStatements: Refactoring = {
  id: 'merge-statements',
  kind: 'rewrite',
  propose: (place) => {
    const { statement, policy } = place;
    if (statement === undefined) return undefined;
    const others = policy.statements.filter((each) => each !== statement);
    // The next one is the likeliest.
    const inOrder = [...others.filter(({ index }) => index > statement.index), ...others];
    for (const other of inOrder) {
      const [first, second] = other.index > statement.index ? [statement, other] : [other, statement];
      const proposal = merged(first, second, place);
      if (proposal) return proposal;
    }
    return undefined;
  },
};

const elements: ReadonlySet<string> = new Set(['Sid', 'Effect', 'Principal', 'Action', 'Condition']);

function merged(first: Statement, second: Statement, place: Place): Proposal | undefined {
  const one = elementsOf(first, place);
  const other = elementsOf(second, place);
  if (one === undefined || other === undefined) return undefined;
  const differ = ['Effect', 'Principal', 'Action', 'Condition'].filter(
    (name) => canonical(one[name]) !== canonical(other[name]),
  );
  const [element = 'Principal', ...more] = differ;
  if (more.length > 0 || (element !== 'Principal' && element !== 'Action')) return undefined;
  const value = valueOf(first.node, element);
  const union = element === 'Action' ? unionOf(one['Action'], other['Action']) : principalsOf(one, other);
  if (value === undefined || union === undefined) return undefined;
  const title = `Merge with the statement ${nameOf(first === place.statement ? second : first)}`;
  if (hasCommentIn(second.node.span, place.region, place.document))
    return { title, refused: 'A comment in the statement that goes away would be lost. Move it first.' };
  const named: readonly Change[] =
    first.sid === undefined && second.sid !== undefined
      ? [{ kind: 'set', object: first.node, key: 'Sid', value: second.sid, first: true }]
      : [];
  const changes: readonly Change[] = [
    ...named,
    ...(differ.length === 0 ? [] : replaceValue(value, union)),
    { kind: 'remove', node: second.node },
  ];
  return { title, changes };
}

const nameOf = ({ sid, index }: Statement): string =>
  sid === undefined || sid === '' ? `number ${index + 1}` : `"${sid}"`;

/** The elements of a statement as values; nothing where there are others, or expressions that cannot be moved. */
function elementsOf({ node }: Statement, { copy }: Place): JsonObject | undefined {
  const value = copy(node);
  if (!isJsonObject(value) || !('Principal' in value) || !('Action' in value)) return undefined;
  const isPlain = node.members.length === Object.keys(value).length;
  return isPlain && Object.keys(value).every((name) => elements.has(name)) ? value : undefined;
}

const itemsOf = (value: JsonValue | undefined): readonly JsonValue[] =>
  value === undefined ? [] : isJsonList(value) ? value : [value];

/** A text that is the same for values which mean the same: lists are sets, and one value is a list of one. */
function canonical(value: JsonValue | undefined): string {
  if (value === undefined) return '{}';
  if (!isJsonObject(value))
    return JSON.stringify(
      itemsOf(value)
        .map((item) => JSON.stringify(item))
        .sort(),
    );
  const entries = Object.entries(value).map(([name, item]) => [name, canonical(item)] as const);
  return JSON.stringify(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function unionOf(one: JsonValue | undefined, other: JsonValue | undefined): JsonValue {
  const items = [...itemsOf(one)];
  const known = new Set(items.map((item) => JSON.stringify(item)));
  return [...items, ...itemsOf(other).filter((item) => !known.has(JSON.stringify(item)))];
}

/** Types of principals put together; nothing where one of the statements is for everybody. */
function principalsOf(
  { Principal: one }: JsonObject,
  { Principal: other }: JsonObject,
): JsonValue | undefined {
  if (!isJsonObject(one) || !isJsonObject(other)) return undefined;
  const types = [...new Set([...Object.keys(one), ...Object.keys(other)])];
  return Object.fromEntries(
    types.map((type) => [
      type,
      type in one && type in other ? unionOf(one[type], other[type]) : (one[type] ?? other[type] ?? null),
    ]),
  );
}
