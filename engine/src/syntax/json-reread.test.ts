/** The law of reading again: whatever is changed, the tree is the one that reading the whole text gives. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Member, Node, Tree } from '../tree/tree.ts';
import { readJson } from './json-read.ts';
import { rereadJson } from './json-reread.ts';

/** A tree without its cycles; that each child knows its parent is checked on the way. */
function plain(node: Node, parent?: Member | Node): unknown {
  expect(node.parent).toBe(parent);
  const own = { ...node, parent: undefined };
  if (own.kind === 'array') return { ...own, items: own.items.map((item) => plain(item, node)) };
  if (own.kind !== 'object') return own;
  const members = own.members.map((member) => {
    expect(member.parent).toBe(node);
    return { ...member, parent: undefined, value: member.value && plain(member.value, member) };
  });
  return { ...own, members };
}

const seen = ({ root, ...rest }: Tree): unknown => ({ ...rest, root: root && plain(root) });

const filler = Array.from({ length: 6 }, (_, index) => ({
  Sid: `s${String(index)}`,
  l: [index, { k: 'v' }],
}));
const lines = JSON.stringify({ a: { b: 'c' }, Statement: filler, z: null }, undefined, 1);
const texts = [
  lines,
  lines,
  lines,
  lines.replace('"s1"', '/* in */ "s1", // out }'),
  lines.replace('"s4"', "'s4'"),
  lines.replace('"l"', '"l" 1'),
  lines.replaceAll('\n', '\r\n').replace('null', 'null,'),
  `\uFEFF// head\n${lines.slice(0, -3)}`,
];
const edit = fc.record({
  at: fc.nat(lines.length + 30),
  removed: fc.constantFrom(0, 0, 0, 0, 1, 2, 9),
  added: fc.constantFrom(
    'x',
    'y',
    '1',
    ' ',
    '',
    '"',
    '}',
    '{',
    ']',
    '[',
    ',',
    ':',
    'x',
    '1',
    '//',
    '/*',
    '*/',
    '\n',
    '{"q":1}',
    "'",
    '\\',
  ),
});

it('gives what reading all of it gives, edit by edit', () => {
  let saved = 0;
  fc.assert(
    fc.property(fc.constantFrom(...texts), fc.array(edit, { maxLength: 6 }), (first, edits) => {
      let text = first;
      let tree = readJson(text);
      for (const { at, removed, added } of edits) {
        const next = text.slice(0, at) + added + text.slice(at + removed);
        const reread = rereadJson({ text, tree }, next);
        const whole = readJson(next);
        if (reread) {
          saved++;
          expect(seen(reread)).toEqual(seen(whole));
        }
        tree = reread ?? whole;
        text = next;
      }
    }),
    { numRuns: 1500 },
  );
  // Some four hundred of the edits; most of the others break more than one object.
  expect(saved).toBeGreaterThan(100);
});

it('keeps the nodes whose content is the same, and no others', () => {
  const text = lines;
  const tree = readJson(text);
  const statementsOf = ({ root }: Tree): readonly Node[] => {
    const list = root?.kind === 'object' ? root.members[1]?.value : undefined;
    return list?.kind === 'array' ? list.items : [];
  };
  const before = statementsOf(tree);
  const after = statementsOf(rereadJson({ text, tree }, text.replace('"s2"', '"other"')) ?? tree);
  expect(after.map((node, index) => node === before[index])).toEqual([true, true, false, true, true, true]);
});
