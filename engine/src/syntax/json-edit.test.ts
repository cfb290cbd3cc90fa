/** The law of edits for JSON: applied and read again they give the changed value, and comments stay. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { applyEdits } from '../text/edit.ts';
import { covers } from '../text/span.ts';
import type { Change } from '../tree/change.ts';
import type { Node } from '../tree/tree.ts';
import { descendants, type JsonValue, pathOf, plainValue } from '../tree/walk.ts';
import { json } from './json.ts';

const keys = fc.stringMatching(/^[a-c]{1,2}$/);
const values = fc.jsonValue({ maxDepth: 3 });
const documents = fc
  .tuple(
    fc.dictionary(keys, values, { maxKeys: 4, noNullPrototype: true }),
    fc.constantFrom('', '  ', '\t'),
    fc.boolean(),
  )
  .map(([value, indent, commented]) => {
    const text = JSON.stringify(value, undefined, indent);
    return commented && indent !== ''
      ? `/* head, a */ ${text.replaceAll(',\n', ', // one, two\n').replaceAll('{\n', '{ /* in */\n')}`
      : text;
  });

/** What the value of a document is after a change, computed on plain values. */
function changed(root: Node, change: Change): unknown {
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
        const { [change.node.key.value ?? '']: _, ...rest } = holderOf(at(change.node.parent));
        return withValue(value, at(change.node.parent), rest);
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
function changesIn(root: Node, key: string, value: JsonValue): readonly Change[] {
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

const comments = (text: string): number => json.parse(text).comments.length;

/** Whether a change takes something away, and with it the comments inside. */
const replaces = (change: Change): boolean =>
  change.kind === 'remove' ||
  change.kind === 'replace' ||
  (change.kind === 'set' && change.object.members.some(({ key }) => key.value === change.key));

it('holds for every change, anywhere, in any layout', () => {
  fc.assert(
    fc.property(documents, keys, values, (text, key, value) => {
      const { root } = json.parse(text);
      if (!root) throw new Error('No root.');
      for (const change of changesIn(root, key, value as JsonValue)) {
        const edits = json.edits([change], text);
        expect(edits, change.kind).toBeDefined();
        const after = applyEdits(text, edits ?? []);
        const reread = json.parse(after);
        const broken = reread.problems.filter(({ kind }) => kind !== 'comment');
        expect(broken, `${change.kind} made ${after}`).toEqual([]);
        expect(reread.root && plainValue(reread.root), change.kind).toEqual(
          JSON.parse(JSON.stringify(changed(root, change))),
        );
        const lost = comments(text) - comments(after);
        expect(replaces(change) ? lost >= 0 : lost === 0, change.kind).toBe(true);
        for (const { span } of edits ?? []) expect(covers({ start: 0, end: text.length }, span)).toBe(true);
      }
    }),
    { numRuns: 400 },
  );
});
