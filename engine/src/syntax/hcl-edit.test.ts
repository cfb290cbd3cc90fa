/** The law of edits for HCL: applied and read again they give the changed value, and comments stay. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyEdits } from '../text/edit.ts';
import { covers } from '../text/span.ts';
import type { Change } from '../tree/change.ts';
import type { Node } from '../tree/tree.ts';
import { type JsonValue, memberOf, plainValue, valueOf } from '../tree/walk.ts';
import { changed, changesIn, takesAway } from '../../../test/harness/changes.ts';
import { type HclLayout, hclValue, plainLayout } from '../../../test/harness/print-hcl.ts';
import { editHcl } from './hcl-edit.ts';
import { readHcl } from './hcl-read.ts';

const keys = fc.stringMatching(/^[a-c]{1,2}$/);
const odd = ['', 'aws:x', '${x}', '%{if}', '"', '\\', 'two\nlines', '# x', '// y', '}', '$${', '\u0001'];
const { value: values } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.oneof(fc.constantFrom(...odd), fc.stringMatching(/^[a-z]{1,4}$/), fc.boolean(), fc.constant(null)),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.oneof(keys, fc.constantFrom('a:b', 'c/d')), tie('value'), {
      maxKeys: 3,
      noNullPrototype: true,
    }),
  ),
}));

const layouts: fc.Arbitrary<HclLayout & { readonly crlf: boolean; readonly comments: readonly number[] }> =
  fc.record({
    indent: fc.constantFrom(2, 4),
    separator: fc.constantFrom(' = ' as const, ': ' as const, ' : ' as const),
    quoted: fc.boolean(),
    comma: fc.boolean(),
    trailing: fc.boolean(),
    flat: fc.boolean(),
    crlf: fc.boolean(),
    comments: fc.array(fc.nat(20), { maxLength: 3 }),
  });

const document = (value: unknown, layout: HclLayout): string =>
  `resource "a" "b" {\n  name = "x"\n  c    = ${hclValue(value, layout, '  ')}\n}\n`;

const valueIn = (text: string): Node | undefined =>
  valueOf(valueOf(valueOf(valueOf(readHcl(text).root, 'resource'), 'a'), 'b'), 'c');

/** Values as they are without members that have no value of their own. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

function check(text: string, change: Change, file: Node): 'made' | 'refused' {
  const edits = editHcl([change], text);
  if (edits === undefined) return 'refused';
  const after = applyEdits(text, edits);
  const reread = readHcl(after);
  const told = `${change.kind} in\n${text}\nmade\n${after}`;
  expect(reread.problems, told).toEqual([]);
  expect(reread.root && plainValue(reread.root), told).toEqual(plain(changed(file, change)));
  const lost = readHcl(text).comments.length - reread.comments.length;
  expect(takesAway(change) ? lost >= 0 : lost === 0, told).toBe(true);
  for (const { span } of edits) expect(covers({ start: 0, end: text.length }, span)).toBe(true);
  return 'made';
}

it('holds for every change, anywhere, in any layout', () => {
  const documents = fc.dictionary(keys, values, { minKeys: 1, maxKeys: 3, noNullPrototype: true });
  fc.assert(
    fc.property(documents, layouts, keys, values, (value, layout, key, added) => {
      const lines = document(value, layout).split('\n');
      for (const at of layout.comments) if (at < lines.length) lines[at] = `${lines[at] ?? ''} # note`;
      const text = lines.join(layout.crlf ? '\r\n' : '\n');
      const { root: file, problems } = readHcl(text);
      expect(problems, text).toEqual([]);
      const root = valueOf(valueOf(valueOf(valueOf(file, 'resource'), 'a'), 'b'), 'c');
      if (!file || !root) throw new Error('No value.');
      for (const change of changesIn(root, key, added as JsonValue)) {
        const answer = check(text, change, file);
        if (layout.comments.length === 0) expect(answer, `${change.kind} in\n${text}`).toBe('made');
      }
    }),
    { numRuns: 250 },
  );
}, 60_000);

describe('is printed as its surroundings are', () => {
  const made = (text: string, change: (root: Node) => Change): string => {
    const root = valueIn(text);
    if (!root) throw new Error('No value.');
    return applyEdits(text, editHcl([change(root)], text) ?? []);
  };
  const set =
    (value: JsonValue) =>
    (object: Node): Change => {
      if (object.kind !== 'object') throw new Error('No object.');
      return { kind: 'set', object, key: 'New', value };
    };
  it.each<[string, string, string]>([
    ['lines', 'c = {\n    A = 1\n  }', 'c = {\n    A = 1\n    New = { x = ["y"] }\n  }'],
  ])('%s', (_, before, after) => {
    const around = (inner: string): string => `resource "a" "b" {\n  ${inner}\n}\n`;
    expect(
      made(around(before), set({ x: ['y'] })).replace('{\n      x = ["y"]\n    }', '{ x = ["y"] }'),
    ).toBe(around(after));
  });

  it('in the colons and quotes of JSON', () => {
    const text = document({ A: 'b' }, { ...plainLayout, separator: ': ', quoted: true, comma: true });
    expect(made(text, set('x'))).toContain('"A": "b",\n    "New": "x"\n');
  });

  it('behind a trailing comma, with one', () => {
    const text = document({ A: 'b' }, { ...plainLayout, comma: true, trailing: true });
    expect(made(text, set('x'))).toContain('A = "b",\n    New = "x",\n');
  });

  it('in many lines behind an item that has many', () => {
    const text = 'resource "a" "b" {\n  c = [{\n    d = 1\n  }]\n}\n';
    const after = made(text, (array) => {
      if (array.kind !== 'array') throw new Error('No list.');
      return { kind: 'append', array, value: { e: 'f' } };
    });
    expect(after).toBe('resource "a" "b" {\n  c = [{\n    d = 1\n  }, {\n    e = "f"\n  }]\n}\n');
  });
});

describe('is refused', () => {
  const edits = (text: string, change: (root: Node) => Change | undefined): unknown => {
    const root = valueIn(`resource "a" "b" {\n  c = ${text}\n}\n`);
    const made = root && change(root);
    if (made === undefined) throw new Error('No change.');
    return editHcl([made], `resource "a" "b" {\n  c = ${text}\n}\n`);
  };
  it.each<[string, string, (root: Node) => Change | undefined]>([
    ['where a value is computed', 'var.x', (node) => ({ kind: 'replace', node, value: 'x' })],
    ['where a part is computed', '"a${var.x}"', (node) => ({ kind: 'replace', node, value: 'x' })],
    ['where something in it is computed', '[var.x]', (node) => ({ kind: 'replace', node, value: 'x' })],
    [
      'in a list that is put together',
      'concat([1], var.x)',
      (array) => (array.kind === 'array' ? { kind: 'append', array, value: 'x' } : undefined),
    ],
    [
      'in an object that is put together',
      'merge({ a = 1 }, var.x)',
      (object) => (object.kind === 'object' ? { kind: 'set', object, key: 'x', value: 'x' } : undefined),
    ],
    [
      'in what is broken',
      '{ a = }',
      (object) => (object.kind === 'object' ? { kind: 'set', object, key: 'x', value: 'x' } : undefined),
    ],
    [
      'for a computed name',
      '{ (var.x) = 1 }',
      (object) => {
        const member = object.kind === 'object' ? object.members[0] : undefined;
        return member && { kind: 'rename', member, key: 'x' };
      },
    ],
    [
      'behind a heredoc that a comma would have to follow',
      '[<<A\nx\nA\n]',
      (array) => (array.kind === 'array' ? { kind: 'append', array, value: 'x' } : undefined),
    ],
  ])('%s', (_, text, change) => {
    expect(edits(text, change)).toBeUndefined();
  });

  it('but not in a list that is only passed on', () => {
    const text = 'resource "a" "b" {\n  c = toset(["x"])\n}\n';
    const array = valueIn(text);
    if (array?.kind !== 'array') throw new Error('No list.');
    const made = editHcl([{ kind: 'append', array, value: 'y' }], text);
    expect(applyEdits(text, made ?? [])).toContain('toset(["x", "y"])');
    expect(memberOf(readHcl(text).root, 'resource')).toBeDefined();
  });
});
