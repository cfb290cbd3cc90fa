/** Nodes as values that can be written again: what is known is plain, and expressions of the host are taken as they stand. */
import { slice } from '../text/span.ts';
import { verbatim } from './change.ts';
import type { Member, Node } from './tree.ts';
import type { JsonValue } from './walk.ts';

/**
 * A value with the expressions of the host in it, for another place of the same text.
 * @param isMovable whether a stretch of the host's text means the same elsewhere
 * @returns nothing where a name is an expression, a part is broken, or an expression cannot be moved
 */
export function copyOf(
  node: Node,
  text: string,
  isMovable: (expression: string) => boolean = () => true,
): JsonValue | undefined {
  if (node.followed) return expression(node, text, isMovable);
  const again = (child: Node): JsonValue | undefined => copyOf(child, text, isMovable);
  switch (node.kind) {
    case 'array':
      return all(node.items.map(again));
    case 'object':
      return copyOfMembers(node.members, again);
    case 'boolean':
    case 'number':
      return node.value;
    case 'null':
      return null;
    case 'string':
      return node.value ?? expression(node, text, isMovable);
    case 'opaque':
      return expression(node, text, isMovable);
  }
}

function expression(
  { span, complete }: Node,
  text: string,
  isMovable: (expression: string) => boolean,
): JsonValue | undefined {
  const written = slice(text, span);
  return complete && written !== '' && isMovable(written) ? verbatim(written) : undefined;
}

function copyOfMembers(
  members: readonly Member[],
  again: (child: Node) => JsonValue | undefined,
): JsonValue | undefined {
  const values = all(members.map(({ value }) => value && again(value)));
  const names = members.flatMap(({ key }) => key.value ?? []);
  if (values === undefined || names.length < members.length) return undefined;
  return Object.fromEntries(names.map((name, index) => [name, values[index] ?? null]));
}

/** All of them, or nothing where one is missing. */
function all<T>(values: readonly (T | undefined)[]): readonly T[] | undefined {
  const known = values.filter((value) => value !== undefined);
  return known.length === values.length ? known : undefined;
}
