/** YAML: what reading keeps of broken text, how aliases and tags are read, where something can be written, and how. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyEdits } from '../text/edit.ts';
import { covers } from '../text/span.ts';
import { type Change, fillMarks, placeholder } from '../tree/change.ts';
import type { Node, ObjectNode, Tree } from '../tree/tree.ts';
import { descendants, memberOf, plainValue, valueOf } from '../tree/walk.ts';
import type { Entry } from './syntax.ts';
import { yaml } from './yaml.ts';

const root = (text: string): Node => {
  const tree = yaml.parse(text);
  if (!tree.root) throw new Error('No root.');
  return tree.root;
};
const object = (node: Node | undefined): ObjectNode => {
  if (node?.kind !== 'object') throw new Error('Not an object.');
  return node;
};

describe('reading', () => {
  it.each([
    ['a: 012345678901\nb: 2012-10-17\nc: yes', { a: '012345678901', b: '2012-10-17', c: 'yes' }],
    ['a: true\nb: ~\nc: null', { a: true, b: null, c: null }],
    ['a: [b, "c", {d: e}]', { a: ['b', 'c', { d: 'e' }] }],
    ['\uFEFFa: b\r\n', { a: 'b' }],
    ['# head\n- a # note\n- b: c\n  d: e', ['a', { b: 'c', d: 'e' }]],
    ['a: |\n  {\n    "b": 1\n  }\nc: >-\n  d\n  e', { a: '{\n  "b": 1\n}\n', c: 'd e' }],
    ['a: !Sub "${b}"\nc: !GetAtt\n  - d', { a: { '!Sub': '${b}' }, c: { '!GetAtt': ['d'] } }],
    ['a: !!str b', { a: 'b' }],
    ['---\na: b\n...\n---\nc: d', [{ a: 'b' }, { c: 'd' }]],
    ['a: &x {k: v}\nb: *x\nc:\n  <<: *x\n  l: w', { a: { k: 'v' }, b: { k: 'v' }, c: { k: 'v', l: 'w' } }],
    ['a: &x {k: v, l: m}\nc:\n  l: w\n  <<: [*x]', { a: { k: 'v', l: 'm' }, c: { l: 'w', k: 'v' } }],
    ['    a: b\n  c: d', [{ a: 'b' }, { c: 'd' }]],
  ])('%j is read', (text, value) => {
    expect(plainValue(root(text))).toEqual(value);
  });

  it.each([
    ['a: {b: c', 'the closing brace is missing'],
    ['a: [b', 'the closing bracket is missing'],
    ['a: "b\nc: d', 'the string is not closed'],
    ['a: b\nEff\nc: d', 'a colon is missing behind this name'],
    ['a:\n   b: c\n  d: e', 'this line is indented differently from those that it belongs to'],
    ['a: b: c', 'a mapping cannot begin behind a name on its line'],
    ['a: "b" c', 'this text does not belong here'],
    ['['.repeat(20_000), 'collections are nested more than 400 deep'],
  ])('%j: %s', (text, message) => {
    expect(yaml.parse(text).problems.map((problem) => problem.message)).toContain(message);
  });

  it('keeps what stands around a line that is being typed', () => {
    const { members } = object(root('a: b\nEff\nc: d\n'));
    expect(members.map(({ key, value }) => [key.value, value && plainValue(value)])).toEqual([
      ['a', 'b'],
      ['Eff', undefined],
      ['c', 'd'],
    ]);
  });

  it('marks what holds a problem as incomplete, and nothing else', () => {
    const tree = root('good:\n  x: 1\nbad:\n  y\n  z: 2\n');
    expect(valueOf(tree, 'good')?.complete).toBe(true);
    expect(valueOf(tree, 'bad')?.complete).toBe(false);
    expect(tree.complete).toBe(false);
  });

  it('takes what a template tool fills in for a hole', () => {
    expect(valueOf(root('a: {{ .Values.b }}\n'), 'a')?.kind).toBe('opaque');
    expect(valueOf(root('a:\n  <<: *b\n'), 'a')).toMatchObject({
      members: [{ key: { parts: [{ hole: '<<' }] } }],
    });
  });

  it('does not follow aliases without end', () => {
    const lines = Array.from({ length: 30 }, (_, i) => `k${i + 1}: &k${i + 1} [*k${i}, *k${i}]`);
    const tree = root(['k0: &k0 [a, a]', ...lines].join('\n'));
    expect([...descendants(tree)].length).toBeLessThan(100_000);
  });

  it.each(['[- !Sub ', '[- !Sub', '- [- !Sub x', '{a: - !Sub }'])('nests its spans in %j', (text) => {
    checkTree(yaml.parse(text), text);
    expect(yaml.parse(text).root).toBeDefined();
  });

  it('never throws, nests its spans and knows its parents, whatever the text', () => {
    const bits = fc.constantFrom(
      'a',
      'b:',
      ' ',
      '  ',
      '\n',
      '\n  ',
      '- ',
      '? ',
      '{',
      '}',
      '[',
      ']',
      ',',
      '"',
      "'",
      '|',
      '>',
      '&x ',
      '*x',
      '!Sub ',
      '<<: ',
      '#',
      '---\n',
      '\t',
      '\r\n',
      '\uD800',
      '\0',
      '%',
      '@',
      '{{',
    );
    fc.assert(
      fc.property(fc.array(bits, { maxLength: 40 }), (parts) => {
        checkTree(yaml.parse(parts.join('')), parts.join(''));
      }),
      { numRuns: 3000 },
    );
  }, 30_000);
});

function checkTree(tree: Tree, text: string): void {
  for (const { span } of tree.problems) expect(covers({ start: 0, end: text.length + 1 }, span)).toBe(true);
  if (!tree.root) return;
  for (const node of descendants(tree.root)) {
    const holder = node.parent?.kind === 'member' ? node.parent.parent : node.parent;
    if (holder) expect(covers(holder.span, node.span), `${holder.kind} ${node.kind} in ${text}`).toBe(true);
    if (node.kind === 'object')
      for (const member of node.members) expect(covers(node.span, member.span)).toBe(true);
  }
}

describe('edits', () => {
  const edit = (text: string, ...changes: readonly Change[]): string | undefined => {
    const edits = yaml.edits(changes, text);
    return edits && fillMarks(applyEdits(text, edits), () => 'RANDOM').text;
  };

  it('write blocks, lists and quotes as their neighbours do', () => {
    const text = 'S:\n    - E: "A" # who\n      P:\n        - b\nT: 1\n';
    const list = valueOf(root(text), 'S');
    const statement = object(list?.kind === 'array' ? list.items[0] : undefined);
    const value = { StringEquals: { 'sts:ExternalId': '123', 'a:b': ['x', '*'] } };
    expect(edit(text, { kind: 'set', object: statement, key: 'C', value })).toBe(
      'S:\n    - E: "A" # who\n      P:\n        - b\n      C:\n        StringEquals:\n          sts:ExternalId: "123"\n          a:b:\n            - x\n            - "*"\nT: 1\n',
    );
  });

  it('quotes a value that is to be random, and leaves an empty place empty', () => {
    const text = 'a: b\n';
    const target = object(root(text));
    expect(edit(text, { kind: 'set', object: target, key: 'c', value: placeholder('NAME') })).toBe(
      'a: b\nc: NAME\n',
    );
    expect(edit(text, { kind: 'set', object: target, key: 'c', value: placeholder('') })).toBe('a: b\nc: \n');
  });

  it('leaves alone what stands behind an alias, and an anchor that is used', () => {
    const text = 'a: &x\n  k: v\nb: *x\nc:\n  <<: *x\n';
    const copy = object(valueOf(root(text), 'b'));
    expect(edit(text, { kind: 'set', object: copy, key: 'l', value: 'w' })).toBeUndefined();
    const merged = memberOf(valueOf(root(text), 'c'), 'k');
    expect(merged && edit(text, { kind: 'remove', node: merged })).toBeUndefined();
    const anchor = memberOf(root(text), 'a');
    expect(anchor && edit(text, { kind: 'remove', node: anchor })).toBeUndefined();
    const alias = memberOf(root(text), 'b');
    expect(alias && edit(text, { kind: 'remove', node: alias })).toBe('a: &x\n  k: v\nc:\n  <<: *x\n');
  });

  it('refuses to touch what is broken', () => {
    const text = 'a:\n  b\n  c: d\n';
    expect(
      edit(text, { kind: 'set', object: object(valueOf(root(text), 'a')), key: 'e', value: 'f' }),
    ).toBeUndefined();
  });

  it('keeps comments when the first name beside a dash goes', () => {
    const text = '- a: 1 # one\n  # two\n  b: 2\n';
    const list = root(text);
    const first = list.kind === 'array' ? memberOf(list.items[0], 'a') : undefined;
    expect(first && edit(text, { kind: 'remove', node: first })).toBe('- # one\n  # two\n  b: 2\n');
  });
});

const at = (marked: string): { readonly text: string; readonly offset: number } => ({
  text: marked.replace('|', ''),
  offset: marked.indexOf('|'),
});

describe('slots', () => {
  const slotOf = (marked: string): string | undefined => {
    const { text, offset } = at(marked);
    const slot = yaml.slotAt(root(text), text, offset);
    const place = slot?.kind === 'value' ? ` of ${slot.member.key.value ?? ''}` : '';
    const names =
      slot?.kind === 'key' ? ` beside ${slot.object.members.map(({ key }) => key.value).join(' ')}` : '';
    return (
      slot &&
      `${slot.kind}${place}${names} ${JSON.stringify(text.slice(slot.replace.start, slot.replace.end))}`
    );
  };
  it.each([
    ['Eff|ect: Allow', 'key beside Effect "Effect"'],
    ['Effect: Al|low', 'value of Effect "Allow"'],
    ['Effect: |\nSid: a', 'value of Effect ""'],
    ['Effect:|\nSid: a', 'value of Effect ""'],
    ['Effect: "Al|', 'value of Effect "\\"Al"'],
    ['a: b\n|', 'key beside a ""'],
    ['a: b\nc|', 'key beside a c "c"'],
    ['a: b\n|\nc: d', 'key beside a c ""'],
    ['a:\n  b: c\n  |\n', 'key beside b ""'],
    ['a:\n  b: c\n|\n', 'key beside a ""'],
    ['a:\n  b: c\n |\n', undefined],
    ['a:\n  |\nb: c', 'value of a ""'],
    ['a:\n  Ser|\nb: c', 'value of a "Ser"'],
    ['a:\n  - |\nb: c', 'item ""'],
    ['a:\n  - x\n  - |\nb: c', 'item ""'],
    ['a:\n- x\n- |\nb: c', 'item ""'],
    ['a:\n  - sts:As|\nb: c', 'item "sts:As"'],
    ['- Effect: Allow\n  |\n- Effect: Deny', 'key beside Effect ""'],
    ['- Effect: Allow\n  Act|\n- Effect: Deny', 'key beside Effect Act "Act"'],
    ['- Effect: Allow\n  Act|\n  Sid: b', 'key beside Effect Act Sid "Act"'],
    ['a: {b: c, |}', 'key beside b ""'],
    ['a: {b: c|}', 'value of b "c"'],
    ['a: [b, |]', 'item ""'],
    ['a: # no|\n  b: c', undefined],
    ['a: b |\nc: d', undefined],
    ['a: b\n  c|d', undefined],
    ['a: &x\n  k: v\nb: *|x', undefined],
  ])('%j → %s', (marked, expected) => {
    expect(slotOf(marked)).toBe(expected);
  });
});

describe('insertions', () => {
  const insert = (marked: string, entry: Entry): string => {
    const { text, offset } = at(marked);
    const slot = yaml.slotAt(root(text), text, offset);
    return slot ? applyEdits(text, yaml.insertion(slot, entry, text)) : 'nothing';
  };
  it.each<[string, Entry, string]>([
    ['a: b\n|\n', { key: 'Effect', value: 'Allow' }, 'a: b\nEffect: Allow\n'],
    ['a: b\n|', { key: 'C', value: { d: { e: ['*'] } } }, "a: b\nC:\n  d:\n    e:\n      - '*'"],
    ['Ef|: "x"\n', { key: 'Effect', value: 'Allow' }, 'Effect: "x"\n'],
    ['a: |\nb: c', { value: { AWS: 'x' } }, 'a:\n  AWS: x\nb: c'],
    ['a:|\nb: c', { value: 'x' }, 'a: x\nb: c'],
    ['a: |\nb: c', { value: 'x' }, 'a: x\nb: c'],
    ['a:\n  Ser|\nb: c', { value: { Service: 'x' } }, 'a:\n  Service: x\nb: c'],
    ['a:\n  - |\n', { value: { b: 'c', d: ['e'] } }, 'a:\n  - b: c\n    d:\n      - e\n'],
    ['a: [b, |]\n', { value: 'c' }, 'a: [b, "c"]\n'],
    ['a: b\n|', { key: 'Sid' }, 'a: b\nSid: '],
  ])('%j', (marked, entry, expected) => {
    expect(insert(marked, entry)).toBe(expected);
  });
});
