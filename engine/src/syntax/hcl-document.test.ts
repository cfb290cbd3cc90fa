/** Policy documents of Terraform: what policy they stand for, and that edits lead to the changed policy. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyEdits } from '../text/edit.ts';
import { covers } from '../text/span.ts';
import type { Change } from '../tree/change.ts';
import type { Node, ObjectNode } from '../tree/tree.ts';
import { descendants, type JsonValue, memberOf, plainValue, valueOf } from '../tree/walk.ts';
import { changed, changesIn, takesAway } from '../../../test/harness/changes.ts';
import { documentTranscript } from '../../../test/harness/transcribe-hcl.ts';
import { bodyOf, readHcl } from './hcl-read.ts';
import { policyDocument } from './hcl-policy-document.ts';

function bodyIn(text: string): ObjectNode {
  const type = valueOf(valueOf(readHcl(text).root, 'data'), 'aws_iam_policy_document');
  const member = type?.kind === 'object' ? type.members[0] : undefined;
  const body = member && bodyOf(member);
  if (body === undefined) throw new Error('There is no document.');
  return body;
}

const documentIn = (text: string): ReturnType<typeof policyDocument> => policyDocument(bodyIn(text));
const document = (inner: string): string => `data "aws_iam_policy_document" "x" {\n${inner}\n}\n`;
const statement = (inner: string): string => document(`  statement {\n${inner}\n  }`);

describe('stands for', () => {
  const version = { Version: '2012-10-17' };
  it.each<[string, string, unknown]>([
    ['nothing', document(''), version],
    [
      'what is written',
      document('version = "2008-10-17"\npolicy_id = "i"'),
      { Version: '2008-10-17', Id: 'i' },
    ],
    [
      'an Allow',
      statement('actions = ["a"]'),
      { ...version, Statement: [{ Action: ['a'], Effect: 'Allow' }] },
    ],
    [
      'every element',
      statement(
        'sid = "s"\neffect = "Deny"\nactions = []\nnot_actions = []\nresources = []\nnot_resources = []',
      ),
      {
        ...version,
        Statement: [{ Sid: 's', Effect: 'Deny', Action: [], NotAction: [], Resource: [], NotResource: [] }],
      },
    ],
    [
      'principals of a type together',
      statement(
        'principals {\ntype = "AWS"\nidentifiers = ["a"]\n}\nnot_principals {\nidentifiers = ["c"]\ntype = "AWS"\n}\nprincipals {\ntype = "AWS"\nidentifiers = ["b"]\n}',
      ),
      {
        ...version,
        Statement: [{ Principal: { AWS: ['a', 'b'] }, NotPrincipal: { AWS: ['c'] }, Effect: 'Allow' }],
      },
    ],
    [
      'everybody',
      statement('principals {\ntype = "*"\nidentifiers = ["*"]\n}'),
      { ...version, Statement: [{ Principal: '*', Effect: 'Allow' }] },
    ],
    [
      'tests of an operator together',
      statement(
        ['A a 1', 'B a 2', 'A b 3', 'A a 4']
          .map((each) => each.split(' '))
          .map(
            ([test, key, value]) =>
              `condition {\ntest = "${test}"\nvariable = "${key}"\nvalues = ["${value}"]\n}`,
          )
          .join('\n'),
      ),
      {
        ...version,
        Statement: [{ Condition: { A: { a: ['1', '4'], b: ['3'] }, B: { a: ['2'] } }, Effect: 'Allow' }],
      },
    ],
    [
      'policy variables',
      statement('condition {\ntest = "A"\nvariable = "b"\nvalues = ["&{aws:username}", "$${aws:userid}"]\n}'),
      {
        ...version,
        Statement: [{ Condition: { A: { b: ['${aws:username}', '${aws:userid}'] } }, Effect: 'Allow' }],
      },
    ],
  ])('%s', (_, text, value) => {
    expect(plainValue(documentIn(text).root)).toEqual(value);
  });

  it.each<[string, string, (string | number)[]]>([
    ['other documents', document('source_policy_documents = [var.x]'), ['Statement', 0]],
    [
      'computed statements',
      document('dynamic "statement" {\ncontent {\nactions = ["a"]\n}\n}'),
      ['Statement', 1],
    ],
  ])('what is not known: %s', (_, text, [key, index]) => {
    const list = valueOf(documentIn(text).root, String(key));
    expect(list?.kind === 'array' && list.items[Number(index)]?.kind).toBe('opaque');
  });

  it.each<[string, string, string]>([
    [
      'computed principals',
      'dynamic "principals" {\ncontent {\ntype = "AWS"\nidentifiers = ["a"]\n}\n}',
      'Principal',
    ],
    ['a computed type', 'principals {\ntype = var.x\nidentifiers = ["a"]\n}', 'Principal'],
    ['no type yet', 'principals {\nidentifiers = ["a"]\n}', 'Principal'],
    ['computed tests', 'dynamic "condition" {\ncontent {\n}\n}', 'Condition'],
    ['a computed operator', 'condition {\ntest = var.x\nvariable = "a"\nvalues = ["b"]\n}', 'Condition'],
  ])('what is not known: %s', (_, text, element) => {
    const list = valueOf(documentIn(statement(text)).root, 'Statement');
    const value = list?.kind === 'array' ? valueOf(list.items[0], element) : undefined;
    const names = value?.kind === 'object' ? value.members.map(({ key }) => key.value) : [];
    expect(names).toContain(undefined);
  });

  it('whom it trusts is not known where everybody may be meant', () => {
    const list = valueOf(
      documentIn(statement('principals {\ntype = "*"\nidentifiers = var.x\n}')).root,
      'Statement',
    );
    expect(list?.kind === 'array' && valueOf(list.items[0], 'Principal')?.kind).toBe('opaque');
  });
});

const word = fc.constantFrom('a', 'b', 'c');
const texts = fc.array(fc.constantFrom('x', '*', '${aws:username}', 'y"z'), { minLength: 1, maxLength: 2 });
const policies = fc.record({
  Version: fc.constant('2012-10-17'),
  Statement: fc.array(
    fc.record(
      {
        Sid: word,
        Effect: fc.constantFrom('Allow', 'Deny'),
        Principal: fc.oneof(
          fc.constant('*'),
          fc.dictionary(word, texts, { minKeys: 1, noNullPrototype: true }),
        ),
        Action: texts,
        Condition: fc.dictionary(word, fc.dictionary(word, texts, { minKeys: 1, noNullPrototype: true }), {
          minKeys: 1,
          noNullPrototype: true,
        }),
      },
      { requiredKeys: ['Effect'] },
    ),
    { minLength: 1, maxLength: 2 },
  ),
});

/** What is left of a value: nothing of empty ones, of a list of one its item. */
function plainest(value: unknown): unknown {
  if (Array.isArray(value)) {
    const items = value.map(plainest);
    return items.length > 1 ? items : items[0];
  }
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, item]) => [key, plainest(item)] as const);
  const known = entries.filter(([, item]) => item !== undefined);
  return known.length > 0 ? Object.fromEntries(known) : undefined;
}

/** What Terraform makes of a policy: with what it adds. */
function normal(value: unknown): unknown {
  const { Statement = [], ...rest } = value as { readonly Statement?: unknown };
  const statements: readonly unknown[] = Array.isArray(Statement) ? Statement : [Statement];
  return plainest({
    Version: '2012-10-17',
    ...rest,
    Statement: statements.map((each) => ({ Effect: 'Allow', ...(each as object) })),
  });
}

const values: readonly JsonValue[] = [
  'x',
  ['x', 'y'],
  { k: 'x' },
  { AWS: ['x'] },
  { k: { l: 'x' } },
  { Effect: 'Deny', Action: 'x', Principal: { AWS: 'x' } },
];
const keys = ['k', 'Action', 'Sid', 'NotPrincipal', 'Condition', 'Statement', 'Id'] as const;
const layouts = fc.record({ crlf: fc.boolean(), commented: fc.boolean(), at: fc.nat(30) });

it('edits lead to the changed policy, or are refused', () => {
  const made = new Set<string>();
  fc.assert(
    fc.property(
      policies,
      layouts,
      fc.constantFrom(...keys),
      fc.constantFrom(...values),
      (policy, layout, key, value) => {
        const { crlf, commented, at } = layout;
        const [transcript] = documentTranscript(policy);
        if (transcript === undefined) throw new Error('It cannot be said.');
        const lines = transcript.text.split('\n');
        if (commented && lines[at]) lines[at] = `${lines[at] ?? ''} # note`;
        const text = lines.join(crlf ? '\r\n' : '\n');
        const { root, syntax } = documentIn(text);
        expect(normal(plainValue(root))).toEqual(normal(policy));
        for (const change of changesIn(root, key, value)) {
          const edits = syntax.edits([change], text);
          if (edits === undefined) continue;
          made.add(change.kind);
          const after = applyEdits(text, edits);
          const told = `${change.kind} ${key} ${JSON.stringify(value)} in\n${text}\nmade\n${after}`;
          expect(readHcl(after).problems, told).toEqual([]);
          const reread = plainValue(documentIn(after).root);
          expect(reread, told).toBeDefined();
          expect(normal(reread), told).toEqual(normal(changed(root, change)));
          const lost = readHcl(text).comments.length - readHcl(after).comments.length;
          expect(takesAway(change) ? lost >= 0 : lost === 0, told).toBe(true);
        }
      },
    ),
    { numRuns: 60 },
  );
  expect([...made].sort()).toEqual(['append', 'remove', 'rename', 'replace', 'set']);
}, 240_000);

describe('is edited as people write it', () => {
  const edited = (
    text: string,
    changes: (statement: ObjectNode) => readonly (Change | undefined)[],
  ): string => {
    const { root, syntax } = documentIn(text);
    const list = valueOf(root, 'Statement');
    const first = list?.kind === 'array' ? list.items[0] : undefined;
    if (first?.kind !== 'object') throw new Error('There is no statement.');
    const edits = syntax.edits(
      changes(first).flatMap((change) => change ?? []),
      text,
    );
    return edits ? applyEdits(text, edits) : 'refused';
  };
  const set = (object: Node | undefined, key: string, value: JsonValue): Change | undefined =>
    object?.kind === 'object' ? { kind: 'set', object, key, value } : undefined;
  const test = { Bool: { 'aws:MultiFactorAuthPresent': 'true' } };
  const block = (indent: string): string =>
    [
      'condition {',
      '  test     = "Bool"',
      '  variable = "aws:MultiFactorAuthPresent"',
      '  values   = ["true"]',
      '}',
    ]
      .map((line) => `${indent}${line}`)
      .join('\n');

  it.each<[string, string, string]>([
    ['a block behind a blank line', '    actions = ["a"]', `    actions = ["a"]\n\n${block('    ')}`],
    [
      'a block without one where there are none',
      '    principals {\n    }\n    actions = ["a"] # note',
      `    principals {\n    }\n    actions = ["a"] # note\n${block('    ')}`,
    ],
    ['a block in other steps', '\tactions = ["a"]', `\tactions = ["a"]\n\n${block('\t')}`],
  ])('%s', (_, before, after) => {
    const made = edited(statement(before), (object) => [set(object, 'Condition', test)]);
    expect(made.replaceAll('\t  ', '\t  ')).toBe(statement(after));
  });

  it('in a statement on one line', () => {
    const text = document('  statement { actions = ["a"] }');
    const made = edited(text, (object) => [set(object, 'Condition', test), set(object, 'Sid', 's')]);
    expect(made).toContain('  statement {\n    actions = ["a"]\n');
    expect(readHcl(made).problems).toEqual([]);
  });

  it('in an empty one', () => {
    expect(edited(document('  statement {}'), (object) => [set(object, 'Action', 'a')])).toBe(
      document('  statement {\n    actions = ["a"]\n  }'),
    );
  });

  it('an argument in the column of its neighbour', () => {
    const made = edited(statement('    sid     = "s"\n    actions = ["a"]'), (object) => [
      set(object, 'Effect', 'Deny'),
    ]);
    expect(made).toBe(statement('    sid     = "s"\n    actions = ["a"]\n    effect  = "Deny"'));
  });

  it('a second test beside the first of its operator', () => {
    const text = statement(`${block('    ')}\n\n    actions = ["a"]`);
    const made = edited(text, (object) => [
      set(valueOf(valueOf(object, 'Condition'), 'Bool'), 'b', ['true']),
    ]);
    expect(made.indexOf('variable = "b"')).toBeLessThan(made.indexOf('actions'));
  });

  it('names in all the blocks that have them', () => {
    const one = (key: string): string =>
      `    condition {\n      test = "A"\n      variable = "${key}"\n      values = ["x"]\n    }`;
    const made = edited(statement(`${one('k')}\n${one('l')}`), (object) => {
      const member = memberOf(valueOf(object, 'Condition'), 'A');
      return [member && { kind: 'rename', member, key: 'B' }];
    });
    expect(made.match(/test = "B"/g)).toHaveLength(2);
  });

  it.each<[string, string, (object: ObjectNode) => Change | undefined]>([
    ['what is computed', 'actions = var.x', (object) => set(object, 'Action', 'a')],
    [
      'lists that come from two blocks',
      'principals {\ntype = "A"\nidentifiers = ["a"]\n}\nprincipals {\ntype = "A"\nidentifiers = ["b"]\n}',
      (object) => {
        const array = valueOf(valueOf(object, 'Principal'), 'A');
        return array?.kind === 'array' ? { kind: 'append', array, value: 'c' } : undefined;
      },
    ],
    [
      'names of computed blocks',
      'dynamic "condition" {\ncontent {\ntest = "A"\nvariable = "b"\nvalues = []\n}\n}',
      (object) => {
        const member = memberOf(valueOf(object, 'Condition'), 'A');
        return member && { kind: 'rename', member, key: 'B' };
      },
    ],
    [
      'what Terraform adds',
      'actions = []',
      (object) => {
        const node = memberOf(object, 'Effect');
        return node && { kind: 'remove', node };
      },
    ],
    ['elements that it does not have', 'actions = []', (object) => set(object, 'Foo', 'x')],
    ['values that it does not have', 'actions = []', (object) => set(object, 'Sid', null)],
    ['a broken statement', 'actions =', (object) => set(object, 'Sid', 's')],
  ])('but not %s', (_, inner, change) => {
    expect(edited(statement(inner), (object) => [change(object) ?? never()])).toBe('refused');
  });
});

function never(): never {
  throw new Error('There is no change.');
}

it('every prefix is read, its spans nest, and slots lie where the caret is', () => {
  const [transcript] = documentTranscript({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { AWS: ['a'], Service: ['b'] },
        Action: ['c', 'd'],
        Condition: { A: { k: ['x'], l: ['y'] }, B: { k: ['z'] } },
      },
    ],
  });
  const whole = transcript?.text ?? '';
  for (let end = whole.indexOf('{') + 1; end <= whole.length; end++) {
    const text = whole.slice(0, end);
    const { root, syntax } = documentIn(text);
    for (const node of descendants(root)) {
      const children = node.kind === 'object' ? node.members : node.kind === 'array' ? node.items : [];
      for (const { span } of children) expect(covers(node.span, span), text).toBe(true);
    }
    const slot = syntax.slotAt(root, text, end);
    if (slot) expect(slot.replace.start <= end && end <= slot.replace.end).toBe(true);
    if (slot) syntax.insertion(slot, { key: 'k', value: 'v' }, text);
  }
});
