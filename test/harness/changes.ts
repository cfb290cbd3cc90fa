/** The law of edits: every change that can be made in a document, and what its value is afterwards, on plain values. */
import type { Change } from '../../engine/src/tree/change.ts';
import type { Node } from '../../engine/src/tree/tree.ts';
import { descendants, type JsonValue, pathOf, plainValue } from '../../engine/src/tree/walk.ts';

/** What the value of a document is after a change, computed on plain values. */
export function changed(root: Node, change: Change): unknown {
  const value = structuredClone(plainValue(root)) as unknown;
  const at = (node: Node): readonly (string | number)[] => pathOf(node);
  const holderOf = (path: readonly (string | number)[]): Record<string | number, unknown> =>
    path.reduce<unknown>((inner, key) => (inner as Record<string | number, unknown>)[key], value) as Record<
      string | number,
      unknown
    >;
  switch (change.kind) {
    case 'set':
      holderOf(at(change.object))[change.key] = change.value;
      return value;
    case 'append':
      (holderOf(at(change.array)) as unknown as unknown[]).push(change.value);
      return value;
    case 'replace': {
      const path = at(change.node);
      if (path.length === 0) return change.value;
      holderOf(path.slice(0, -1))[path.at(-1) ?? ''] = change.value;
      return value;
    }
    case 'remove': {
      if (change.node.kind === 'member') {
        const { parent, key } = change.node;
        const rest = Object.entries(holderOf(at(parent))).filter(([name]) => name !== key.value);
        return withValue(value, at(parent), Object.fromEntries(rest));
      }
      const path = at(change.node);
      (holderOf(path.slice(0, -1)) as unknown as unknown[]).splice(Number(path.at(-1)), 1);
      return value;
    }
    case 'rename': {
      const path = at(change.member.parent);
      const entries = Object.entries(holderOf(path)).map(([key, item]) => [
        key === change.member.key.value ? change.key : key,
        item,
      ]);
      return withValue(value, path, Object.fromEntries(entries));
    }
  }
}

function withValue(value: unknown, path: readonly (string | number)[], inner: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return inner;
  const holder = value as Record<string | number, unknown>;
  holder[key] = withValue(holder[key], rest, inner);
  return value;
}

/** Every change that can be made somewhere in a document. */
export function changesIn(root: Node, key: string, value: JsonValue): readonly Change[] {
  return [...descendants(root)].flatMap((node): readonly Change[] => {
    const replace: Change = { kind: 'replace', node, value };
    const remove: readonly Change[] = node.parent?.kind === 'array' ? [{ kind: 'remove', node }] : [];
    if (node.kind === 'array') return [replace, ...remove, { kind: 'append', array: node, value }];
    if (node.kind !== 'object') return [replace, ...remove];
    const own = node.members.flatMap((member): readonly Change[] => [
      { kind: 'remove', node: member },
      ...(node.members.some((other) => other.key.value === key)
        ? []
        : [{ kind: 'rename', member, key } as const]),
    ]);
    return [
      replace,
      ...remove,
      ...own,
      { kind: 'set', object: node, key, value },
      { kind: 'set', object: node, key, value, first: true },
    ];
  });
}

/** Whether a change takes something away, and with it the comments inside. */
export const takesAway = (change: Change): boolean =>
  change.kind === 'remove' ||
  change.kind === 'replace' ||
  (change.kind === 'set' && change.object.members.some(({ key }) => key.value === change.key));
