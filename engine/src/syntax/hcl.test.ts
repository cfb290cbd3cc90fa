/** Reading HCL: what is known, what is a hole, how broken text ends, and the laws that hold for every prefix. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { covers, slice } from '../text/span.ts';
import type { Node, ObjectNode } from '../tree/tree.ts';
import { descendants, memberOf, plainValue, valueOf } from '../tree/walk.ts';
import { hcl } from './hcl.ts';
import { lexHcl } from './hcl-lexer.ts';
import { bodyOf, readHcl } from './hcl-read.ts';

const valueIn = (text: string): Node | undefined => valueOf(readHcl(`x = ${text}\n`).root, 'x');
const plain = (text: string): unknown => {
  const node = valueIn(text);
  return node && plainValue(node);
};

describe('known', () => {
  it.each<[string, string, unknown]>([
    ['a string', '"a"', 'a'],
    ['escapes', String.raw`"\"a\"\n\t\\\u00e9\U0001F600"`, '"a"\n\t\\é😀'],
    ['a doubled sign', '"$${a} %%{b} $c 5%"', '${a} %{b} $c 5%'],
    ['numbers', '[1, 2.5, 1e3, 012345678901]', [1, 2.5, 1000, 12345678901]],
    ['words', '[true, false, null]', [true, false, null]],
    ['an object', '{ a = 1, "b" = 2\n c : 3\n\n 4 = 5 }', { a: 1, b: 2, c: 3, 4: 5 }],
    ['a list', '[\n 1, # one\n // two\n /* three */ 2,\n]', [1, 2]],
    ['nothing', '[{}, []]', [{}, []]],
    ['parentheses', '(\n("a")\n)', 'a'],
    ['a heredoc', '<<EOF\n  a "b"\n\n $${c}\nEOF', '  a "b"\n\n ${c}\n'],
    ['an indented heredoc', '<<-EOF\n    a\n      b\n\n    c\n  EOF', 'a\n  b\n\nc\n'],
    ['an empty heredoc', '<<EOF\nEOF', ''],
    ['lists put together', 'concat(["a"], [], ["b", "c"])', ['a', 'b', 'c']],
    ['nested lists', 'flatten([["a"], "b"])', ['a', 'b']],
    ['objects put together', 'merge({ a = 1 }, { b = 2, a = 3 })', { a: 3, b: 2 }],
    ['a list passed on', 'toset(distinct(["a"]))', ['a']],
  ])('%s', (_, text, value) => {
    expect(plain(text)).toEqual(value);
    expect(readHcl(`x = ${text}\n`).problems).toEqual([]);
  });

  it('an escape that there is not says what is written, and is a fault', () => {
    expect(plain(String.raw`"a\z"`)).toBe(String.raw`a\z`);
    expect(readHcl(String.raw`x = "a\z"`).problems).toMatchObject([{ span: { start: 6, end: 8 } }]);
  });

  it('CRLF', () => {
    const text = 'a {\r\n  b = "c"\r\n  d = <<-E\r\n    f\r\n  E\r\n}\r\n';
    const { root, problems } = readHcl(text);
    expect(problems).toEqual([]);
    expect(root && plainValue(root)).toEqual({ a: { b: 'c', d: 'f\r\n' } });
  });

  it('blocks, with their labels as names', () => {
    const { root } = readHcl('\uFEFFa "b" c {\n  d = 1\n  e {}\n}\n');
    expect(root && plainValue(root)).toEqual({ a: { b: { c: { d: 1, e: {} } } } });
    const body = bodyOf(memberOf(root, 'a') ?? never());
    expect(body?.members.map(({ slot }) => slot !== undefined)).toEqual([true, false]);
  });
});

function never(): never {
  throw new Error('There is no such member.');
}

describe('a hole', () => {
  it.each([
    'var.x',
    'data.a.b[0].json',
    'data.a.b["c"].*.json',
    'f(1, [2])',
    'provider::aws::f({})',
    '"${var.x}"',
    '[for x in var.y : { a = x } if x != ""]',
    '{ for k, v in var.y : k => v... }',
    '1 + 2',
    '-1',
    '!true',
    'a ? "b" : "c"',
    'a == "b" && !(c > 1 || d)',
    'f(var.x...)',
    '{ a = 1 }["a"]',
    '[1][0]',
    'jsonencode({ a = "}" })',
  ])('%s', (text) => {
    const node = valueIn(text);
    expect(node).toMatchObject({ kind: 'opaque', complete: true });
    expect(slice(`x = ${text}`, node?.span ?? { start: 0, end: 0 })).toBe(text);
    expect(readHcl(`x = ${text}\n`).problems).toEqual([]);
  });

  it('is part of a string', () => {
    expect(valueIn('"a ${b("}")} c %{if d}e"')).toMatchObject({
      kind: 'string',
      parts: ['a ', { hole: '${b("}")}' }, ' c ', { hole: '%{if d}' }, 'e'],
    });
    expect(valueIn('"${a}${b}"')).toMatchObject({
      kind: 'string',
      parts: [{ hole: '${a}' }, { hole: '${b}' }],
    });
  });

  it('is an expression in a string that goes on in further lines', () => {
    expect(valueIn('"a ${join(",", [\n  "b",\n])}"')).toMatchObject({ kind: 'string', complete: true });
  });

  it('is a computed name', () => {
    const node = valueIn('{ (var.x) = 1, "${var.y}:sub" = 2, local.z = 3 }');
    const names = node?.kind === 'object' ? node.members.map(({ key }) => key.parts) : [];
    expect(names).toEqual([[{ hole: 'var.x' }], [{ hole: '${var.y}' }, ':sub'], [{ hole: 'local.z' }]]);
  });

  it('is what a list or an object gets from elsewhere', () => {
    const list = valueIn('concat([1], var.x, y ? [2] : [])');
    expect(list?.kind === 'array' && list.items).toMatchObject([
      { kind: 'number' },
      { kind: 'opaque', spread: true },
      { kind: 'opaque', spread: true, choice: { condition: 'y' } },
    ]);
    const object = valueIn('merge({ a = 1 }, var.x)');
    expect(object?.kind === 'object' && object.members.map(({ key }) => key.value)).toEqual(['a', undefined]);
  });

  it('shows the values that are written in it', () => {
    const choice = valueIn('a ? jsonencode({ b = 1 }) : null');
    const calls = choice?.kind === 'opaque' ? (choice.operands ?? []) : [];
    expect(choice).toMatchObject({ choice: { condition: 'a', sides: [{ kind: 'opaque' }, undefined] } });
    expect(calls.map((each) => each.kind === 'opaque' && each.callee)).toEqual(['jsonencode', false]);
    expect(calls[0]?.parent).toBe(choice?.parent);
  });
});

describe('broken text', () => {
  const next = 'resource "c" "d" {\n  e = "f"\n}\n';
  it.each<[string, string, unknown]>([
    ['a string', 'resource "a" "b" {\n  x = {\n    y = "z\n  }\n}\n', { x: { y: 'z' } }],
    ['a string with an expression', 'resource "a" "b" {\n  x = "${var.y\n  w = 1\n}\n', undefined],
    [
      'a string with an expression that lacks its quote',
      'resource "a" "b" {\n  x = "${var.y}\n  w = 1\n}\n',
      undefined,
    ],
    ['a brace', 'resource "a" "b" {\n  x = {\n    y = "z"\n', { x: { y: 'z' } }],
    ['a bracket', 'resource "a" "b" {\n  x = [{ y = "z" }\n}\n', { x: [{ y: 'z' }] }],
    ['a brace in a list', 'resource "a" "b" {\n  x = [{ y = "z" ]\n}\n', { x: [{ y: 'z' }] }],
    ['a parenthesis', 'resource "a" "b" {\n  x = f({ y = "z" }\n}\n', undefined],
    ['a brace in a call', 'resource "a" "b" {\n  x = f({ y = [1] )\n}\n', undefined],
    ['a value', 'resource "a" "b" {\n  x = {\n    y =\n    z = 1\n  }\n}\n', undefined],
    ['a sign', 'resource "a" "b" {\n  x = { y z = 1 }\n  w\n}\n', undefined],
    ['an operand', 'resource "a" "b" {\n  x = [a ?]\n}\n', undefined],
    ['a name', 'resource "a" "b" {\n  {}\n  = 1\n  x = { [1], = 2 }\n}\n', undefined],
    ['the end of a comment', 'resource "a" "b" {\n  x = 1 }\n*/ )]\n', { x: 1 }],
  ])('lacks %s, and the next block is intact', (_, text, value) => {
    const { root, problems } = readHcl(text + next);
    expect(problems).not.toEqual([]);
    expect(problems.every(({ kind }) => kind === 'syntax')).toBe(true);
    const resources =
      root?.kind === 'object' ? root.members.filter(({ key }) => key.value === 'resource') : [];
    const last = resources.at(-1)?.value;
    expect(last && plainValue(last)).toEqual({ c: { d: { e: 'f' } } });
    if (value === undefined) return;
    const first = resources[0]?.value;
    expect(first && plainValue(first)).toEqual({ a: { b: value } });
  });

  it('marks what it lies in, and nothing else', () => {
    const { root } = readHcl('x = [{ a = 1 }, { b = }]\ny = { c = 1 }\n');
    const list = valueOf(root, 'x');
    const items = list?.kind === 'array' ? list.items : [];
    expect(items.map(({ complete }) => complete)).toEqual([true, false]);
    expect([list?.complete, root?.complete, valueOf(root, 'y')?.complete]).toEqual([false, false, true]);
  });

  it.each([
    ['brackets', '['.repeat(20_000)],
    ['objects', 'x = ' + '{ a = '.repeat(20_000)],
    ['blocks', 'a {'.repeat(20_000)],
    ['calls', 'x = ' + 'f('.repeat(20_000)],
    ['strings in strings', 'x = ' + '"${'.repeat(20_000)],
    ['open strings', 'x = "${\n'.repeat(20_000)],
    ['heredocs', 'x = <<A\n'.repeat(20_000)],
    ['choices', 'x = ' + 'a ? '.repeat(20_000)],
  ])('is read quickly: %s', (_, text) => {
    const start = performance.now();
    readHcl(text);
    expect(performance.now() - start).toBeLessThan(3000);
  });
});

const nests = (node: Node): boolean =>
  [...descendants(node)].every((each) => {
    if (each.kind === 'array')
      return each.items.every((item) => covers(each.span, item.span) && item.parent === each);
    return (
      each.kind !== 'object' ||
      each.members.every(
        (member) =>
          covers(each.span, member.span) &&
          covers(member.span, member.key.span) &&
          (member.value === undefined ||
            (covers(member.span, member.value.span) && member.value.parent === member)),
      )
    );
  });

const sample = `locals {
  a = concat([{ b = 1 }], var.c ? [{ d = 2 }] : [])
}

resource "aws_iam_role" "x" {
  name = "\${var.name}-role" # note
  assume_role_policy = jsonencode({
    "Statement" : [{ Action = ["sts:AssumeRole"], Principal = { AWS = "*" } }]
  })
  other = <<-EOF
    { "a": "\${b}" }
  EOF
}
`;

describe('every prefix', () => {
  it('is read into a tree whose spans nest', () => {
    for (let end = 0; end <= sample.length; end++) {
      const text = sample.slice(0, end);
      const { root, problems, comments } = readHcl(text);
      expect(root && nests(root), text).toBe(true);
      for (const { span } of problems) expect(covers({ start: 0, end }, span), text).toBe(true);
      for (const span of comments) expect(covers({ start: 0, end }, span), text).toBe(true);
    }
  });

  it('so is any text of its signs', () => {
    const part = fc.constantFrom(
      ...Array.from('{}[]()="\n,:?.$%#<-'),
      '${',
      '%{',
      '<<A\n',
      'A\n',
      'resource "a" "b" {',
      'for x',
      'f(',
      'a',
      '1',
      '/*',
      '*/',
      '\\',
      '\r\n',
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 40 }), (parts) => {
        const text = parts.join('');
        const { root, problems } = readHcl(text);
        if (root) expect(nests(root)).toBe(true);
        for (const { span } of problems) expect(covers({ start: 0, end: text.length }, span)).toBe(true);
        const tokens = lexHcl(text).tokens;
        expect(tokens.every(({ end }, index) => end <= (tokens[index + 1]?.start ?? text.length))).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  it('has slots that lie where the caret is', () => {
    const { root } = readHcl(sample);
    const objects = root
      ? [...descendants(root)].filter((node): node is ObjectNode => node.kind === 'object')
      : [];
    for (let offset = 0; offset <= sample.length; offset++)
      for (const object of objects) {
        const slot = hcl.slotAt(object, sample, offset);
        if (slot) expect(slot.replace.start <= offset && offset <= slot.replace.end).toBe(true);
      }
  });
});
