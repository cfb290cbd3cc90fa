/** Changes as the syntaxes carry them out: what is new in one container is written in one go, so that each knows of the others. */
import { type Change, keeps } from '../tree/change.ts';
import type { ArrayNode, Node, ObjectNode } from '../tree/tree.ts';
import { descendants, type JsonValue } from '../tree/walk.ts';

export type Container = ObjectNode | ArrayNode;

/** New members of an object, or new items of a list, which have no keys. */
export interface Addition {
  readonly kind: 'add';
  readonly container: Container;
  readonly first: boolean;
  readonly entries: (readonly [key: string | undefined, value: JsonValue])[];
}

export type Group = Addition | Exclude<Change, { kind: 'set' | 'append' }>;

/** Groups changes by container; setting a member that has a value replaces the value. */
export function grouped(changes: readonly Change[]): readonly Group[] {
  const groups: Group[] = [];
  const add = (container: Container, first: boolean, key: string | undefined, value: JsonValue): void => {
    const same = groups.find((g) => g.kind === 'add' && g.container === container && g.first === first);
    if (same?.kind === 'add') same.entries.push([key, value]);
    else groups.push({ kind: 'add', container, first, entries: [[key, value]] });
  };
  for (const change of changes) {
    if (change.kind === 'set') {
      const present = change.object.members.findLast(({ key }) => key.value === change.key);
      if (present?.value) groups.push({ kind: 'replace', node: present.value, value: change.value });
      else add(change.object, change.first === true, change.key, change.value);
    } else if (change.kind === 'append') add(change.array, false, undefined, change.value);
    else groups.push(change);
  }
  return groups;
}

/** Whether a node can be replaced by a value: it is whole, and no expression or name of the host would be lost with it. */
export function isReplaceable(node: Node, value: JsonValue): boolean {
  if (!node.complete) return false;
  return [...descendants(node)].every(
    (each) => !each.followed && holesIn(each).every((hole) => keeps(value, hole)),
  );
}

/** Expressions of the host that a node, without those below it, is made of. */
function holesIn(node: Node): readonly string[] {
  if (node.kind === 'opaque') return [node.text];
  const keys = node.kind === 'object' ? node.members.map(({ key }) => key) : [];
  const strings = node.kind === 'string' ? [node] : keys;
  return strings
    .filter((string) => string.value === undefined)
    .flatMap(({ parts }) => parts.flatMap((part) => (typeof part === 'string' ? [] : [part.hole])));
}
