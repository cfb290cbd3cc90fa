/** JSON: what reading keeps of broken text, and that edits change what they say and nothing else. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyEdits } from '../text/edit.ts';
import { covers } from '../text/span.ts';
import { type Change, fillMarks, placeholder, randomValue } from '../tree/change.ts';
import type { Node, ObjectNode, Tree } from '../tree/tree.ts';
import { descendants, type JsonValue, memberOf, nodeAt, pathOf, plainValue, valueOf } from '../tree/walk.ts';
import { json } from './json.ts';

const root = (text: string): Node => {
  const tree = json.parse(text);
  if (!tree.root) throw new Error('No root.');
  return tree.root;
};
const object = (node: Node | undefined): ObjectNode => {
  if (node?.kind !== 'object') throw new Error('Not an object.');
  return node;
};
const edit = (text: string, ...changes: readonly Change[]): string | undefined => {
  const edits = json.edits(changes, text);
  return edits && fillMarks(applyEdits(text, edits), () => 'RANDOM').text;
};

describe('reading', () => {
  it.each([
    ['{"a": 1, "a": [true, null, "x\\u0041"]}', { a: [true, null, 'xA'] }],
    ['\uFEFF{"a": {}}\r\n', { a: {} }],
    ['[1.50, -2e3]', [1.5, -2000]],
    ['// note\n{"a": 1, /* b */ "c": 2,}', { a: 1, c: 2 }],
    ['{"__proto__": {"x": 1}}', JSON.parse('{"__proto__": {"x": 1}}')],
  ])('%j is read', (text, value) => {
    expect(plainValue(root(text))).toEqual(value);
  });

  it.each([
    ['{"a" 1}', 'a colon is missing here'],
    ['{"a": 1 "b": 2}', 'a comma is missing here'],
    ['{"a": "x', 'the string is not closed on its line'],
    ['{"a": 1', 'the closing brace is missing'],
    ['[1', 'the closing bracket is missing'],
    ['', 'a value is missing here'],
    ['{} {}', 'text follows the end of the document'],
    ["{'a': 1}", 'unexpected character or bare word'],
    ['{"a": "\u0000"}', 'control character in a string'],
    ['{"a": 1,}', 'a comma follows the last element'],
    ['{} // x', 'JSON has no comments'],
    ['['.repeat(20_000), 'brackets are nested more than 400 deep'],
    [`${'['.repeat(300)}${'{"a":'.repeat(300)}`, 'brackets are nested more than 400 deep'],
  ])('%j: %s', (text, message) => {
    expect(json.parse(text).problems.map((problem) => problem.message)).toContain(message);
  });

  it('marks what holds a problem as incomplete, and nothing else', () => {
    const tree = root('{"good": {"x": 1}, "bad": {"y": }}');
    expect(valueOf(tree, 'good')?.complete).toBe(true);
    expect(valueOf(tree, 'bad')?.complete).toBe(false);
    expect(tree.complete).toBe(false);
  });

  it('offers repairs for a missing comma, a trailing comma, a comment and single quotes', () => {
    const repaired = (text: string): readonly string[] =>
      json.parse(text).problems.flatMap(({ repair }) => (repair ? [applyEdits(text, repair.edits)] : []));
    expect(repaired('{"a": 1 "b": 2}')).toEqual(['{"a": 1, "b": 2}']);
    expect(repaired('{"a": 1,}')).toEqual(['{"a": 1}']);
    expect(repaired('{"a": 1} // x')).toEqual(['{"a": 1}']);
    expect(repaired("['a']")).toEqual(['["a"]']);
  });

  it('never throws, nests its spans and knows its parents, whatever the text', () => {
    const bits = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"',
      '"Effect"',
      '"a"',
      '1',
      'true',
      ' ',
      '\n',
      '\\',
      '//',
      '\uD800',
      '\0',
    );
    fc.assert(
      fc.property(fc.array(bits, { maxLength: 60 }), (parts) => {
        checkTree(json.parse(parts.join('')), parts.join(''));
      }),
      { numRuns: 2000 },
    );
  });
});

function checkTree(tree: Tree, text: string): void {
  for (const { span } of tree.problems)
    expect(covers({ start: 0, end: Math.max(1, text.length) }, span)).toBe(true);
  if (!tree.root) return;
  for (const node of descendants(tree.root)) {
    const holder = node.parent?.kind === 'member' ? node.parent.parent : node.parent;
    if (holder) expect(covers(holder.span, node.span)).toBe(true);
    if (node.kind === 'object')
      for (const member of node.members) expect(covers(node.span, member.span)).toBe(true);
  }
}

describe('edits', () => {
  const policy = `{
    "Statement": [
        {
            "Effect": "Allow", // who
            "Action": ["sts:AssumeRole"]
        }
    ]
}`;
  const statement = (text: string): ObjectNode => {
    const list = valueOf(root(text), 'Statement');
    return object(list?.kind === 'array' ? list.items[0] : list);
  };

  it.each<[string, string, (text: string) => readonly Change[], string]>([
    [
      'set, in its own lines',
      policy,
      (text) => [{ kind: 'set', object: statement(text), key: 'Sid', value: 'A' }],
      policy.replace('"]\n', '"],\n            "Sid": "A"\n'),
    ],
    [
      'set, first',
      policy,
      (text) => [{ kind: 'set', object: statement(text), key: 'Sid', value: 'A', first: true }],
      policy.replace('"Effect"', '"Sid": "A",\n            "Effect"'),
    ],
    [
      'set, one line',
      '{"Statement": {"Effect": "Allow"}}',
      (text) => [{ kind: 'set', object: statement(text), key: 'C', value: { d: ['e'] } }],
      '{"Statement": {"Effect": "Allow", "C": { "d": ["e"] }}}',
    ],
    [
      'set, empty',
      '{\n  "Statement": {}\n}',
      (text) => [{ kind: 'set', object: statement(text), key: 'C', value: 1 }],
      '{\n  "Statement": {\n    "C": 1\n  }\n}',
    ],
    [
      'set two',
      '{"Statement": {}}',
      (text) => {
        const target = statement(text);
        return ['a', 'b'].map((key) => ({ kind: 'set', object: target, key, value: 1 }));
      },
      '{"Statement": { "a": 1, "b": 1 }}',
    ],
    [
      'set what is there',
      policy,
      (text) => [{ kind: 'set', object: statement(text), key: 'Effect', value: 'Deny' }],
      policy.replace('Allow', 'Deny'),
    ],
    [
      'append',
      policy,
      (text) => [{ kind: 'append', array: list(text), value: 'sts:TagSession' }],
      policy.replace('"]', '", "sts:TagSession"]'),
    ],
    [
      'replace',
      policy,
      (text) => [{ kind: 'replace', node: list(text), value: { a: 1 } }],
      policy.replace('["sts:AssumeRole"]', '{\n                "a": 1\n            }'),
    ],
    [
      'rename',
      policy,
      (text) => [{ kind: 'rename', member: member(text, 'Action'), key: 'NotAction' }],
      policy.replace('"Action"', '"NotAction"'),
    ],
    [
      'remove the first',
      policy,
      (text) => [{ kind: 'remove', node: member(text, 'Effect') }],
      policy.replace('"Effect": "Allow", ', ''),
    ],
    [
      'remove the last',
      policy,
      (text) => [{ kind: 'remove', node: member(text, 'Action') }],
      policy.replace('"Allow",', '"Allow"').replace('\n            "Action": ["sts:AssumeRole"]', ''),
    ],
    [
      'remove the only one',
      '{"Statement": { "Effect": "Allow" }}',
      (text) => [{ kind: 'remove', node: member(text, 'Effect') }],
      '{"Statement": {}}',
    ],
    [
      'add behind a comment',
      '{\n  "Statement": {\n    "a": 1 // one, or two\n  }\n}',
      (text) => [{ kind: 'set', object: statement(text), key: 'b', value: 2 }],
      '{\n  "Statement": {\n    "a": 1, // one, or two\n    "b": 2\n  }\n}',
    ],
    [
      'keeps CRLF',
      '{\r\n\t"Statement": {\r\n\t\t"a": 1\r\n\t}\r\n}',
      (text) => [{ kind: 'set', object: statement(text), key: 'b', value: { c: 2 } }],
      '{\r\n\t"Statement": {\r\n\t\t"a": 1,\r\n\t\t"b": {\r\n\t\t\t"c": 2\r\n\t\t}\r\n\t}\r\n}',
    ],
  ])('%s', (_, text, changes, expected) => {
    expect(edit(text, ...changes(text))).toBe(expected);
  });

  const member = (text: string, key: string) => {
    const found = memberOf(statement(text), key);
    if (!found) throw new Error(`No ${key}.`);
    return found;
  };
  const list = (text: string) => {
    const value = valueOf(statement(text), 'Action');
    if (value?.kind !== 'array') throw new Error('No list.');
    return value;
  };

  it('refuses to touch what is broken', () => {
    const text = '{"Statement": {"Effect": }}';
    expect(edit(text, { kind: 'set', object: statement(text), key: 'Sid', value: 'A' })).toBeUndefined();
  });

  it('refuses changes that overlap', () => {
    const changes: Change[] = [
      { kind: 'remove', node: member(policy, 'Action') },
      { kind: 'append', array: list(policy), value: 'x' },
    ];
    expect(edit(policy, ...changes)).toBeUndefined();
  });

  it('fills marks and says where', () => {
    const filled = fillMarks(`"${placeholder('ACCOUNT_ID')}-${randomValue}"`, () => 'r');
    expect(filled).toEqual({ text: '"ACCOUNT_ID-r"', stops: [{ start: 1, end: 11 }] });
  });

  it('changes the value as said, and keeps every comment, in any document and layout', () => {
    const documents = fc
      .tuple(
        fc.dictionary(fc.stringMatching(/^[a-z]{1,3}$/), fc.jsonValue({ maxDepth: 2 }), {
          maxKeys: 4,
          noNullPrototype: true,
        }),
        fc.constantFrom('', '  ', '\t'),
      )
      .map(([value, indent]) => JSON.stringify({ object: value }, undefined, indent));
    fc.assert(
      fc.property(
        documents,
        fc.stringMatching(/^[a-z]{1,3}$/),
        fc.jsonValue({ maxDepth: 2 }).map((value) => value as JsonValue),
        (text, key, value) => {
          const commented = text.includes('\n') ? text.replaceAll(',\n', ', // note\n') : text;
          const after = edit(commented, {
            kind: 'set',
            object: object(valueOf(root(commented), 'object')),
            key,
            value,
          });
          const original = JSON.parse(text) as { object: Record<string, unknown> };
          expect(plainValue(root(after ?? ''))).toEqual(
            JSON.parse(JSON.stringify({ object: { ...original.object, [key]: value } })),
          );
          if (!(key in original.object))
            expect(after?.split('// note').length).toBe(commented.split('// note').length);
        },
      ),
    );
  });
});

describe('slots', () => {
  const slotOf = (marked: string) => {
    const offset = marked.indexOf('|');
    const text = marked.replace('|', '');
    const slot = json.slotAt(root(text), text, offset);
    return (
      slot &&
      `${slot.kind}${slot.kind === 'value' ? ` of ${slot.member.key.value ?? ''}` : ''} ${JSON.stringify(text.slice(slot.replace.start, slot.replace.end))}`
    );
  };
  it.each([
    ['|{}', undefined],
    ['{|}', 'key ""'],
    ['{ "Eff|" }', 'key "\\"Eff\\""'],
    ['{ Eff| }', 'key "Eff"'],
    ['{ "Effect": | }', 'value of Effect ""'],
    ['{ "Effect": "Al|low" }', 'value of Effect "\\"Allow\\""'],
    ['{ "Effect": Al| }', 'value of Effect "Al"'],
    ['{ "Effect": "Al|', 'value of Effect "\\"Al"'],
    ['{ "Effect": "Allow", | }', 'key ""'],
    ['{ "Effect": "Allow" | }', 'key ""'],
    ['{ "Action": [|] }', 'item ""'],
    ['{ "Action": ["a", "b|"] }', 'item "\\"b\\""'],
    ['{ "Condition": { "Bool": { "k": "|', 'value of k "\\""'],
    ['{ "Statement": [ { | } ] }', 'key ""'],
    ['{}|', undefined],
  ])('%s → %s', (marked, expected) => {
    expect(slotOf(marked)).toBe(expected);
  });

  it('writes members with the commas that they need', () => {
    const insert = (marked: string): string => {
      const offset = marked.indexOf('|');
      const text = marked.replace('|', '');
      const slot = json.slotAt(root(text), text, offset);
      return slot ? applyEdits(text, json.insertion(slot, { key: 'Effect', value: 'Allow' }, text)) : '';
    };
    expect(insert('{ | }')).toBe('{ "Effect": "Allow" }');
    expect(insert('{ "Sid": "A"\n| }')).toBe('{ "Sid": "A",\n"Effect": "Allow" }');
    expect(insert('{ "Sid": "A", | }')).toBe('{ "Sid": "A", "Effect": "Allow" }');
    expect(insert('{ |\n "Sid": "A" }')).toBe('{ "Effect": "Allow",\n "Sid": "A" }');
    expect(insert('{ "E|": 1 }')).toBe('{ "Effect": 1 }');
    expect(insert('[ "a", | ]')).toBe('[ "a", "Allow" ]');
    expect(insert('[ "a"| ]')).toBe('[ "a" ]'.replace('"a"', '"Allow"'));
  });
});

it('finds nodes and their paths', () => {
  const text = '{"Statement": [{"Effect": "Allow"}]}';
  const node = nodeAt(root(text), text.indexOf('Allow'));
  expect(node && pathOf(node)).toEqual(['Statement', 0, 'Effect']);
});
