/** What people and programs really send: broken, huge and odd texts. Nothing throws, nothing hangs, no edit does damage. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exampleRandom, look } from '../../../test/harness/look.ts';
import { readMarks } from '../../../test/harness/marks.ts';
import { readPages } from '../../../test/harness/pages.ts';
import { applyEdits } from '../text/edit.ts';
import { json } from '../syntax/json.ts';
import { covers } from '../text/span.ts';
import type { Node } from '../tree/tree.ts';
import { completeAt, editsFor, hoverAt, symbolsOf } from '../index.ts';
import { defaultSettings } from '../settings.ts';

const policy = JSON.stringify(
  {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'Team',
        Effect: 'Allow',
        Principal: { AWS: ['arn:aws:iam::111122223333:role/deploy'], Service: 'ec2.amazonaws.com' },
        Action: ['sts:AssumeRole', 'sts:TagSession'],
        Condition: { StringEquals: { 'sts:ExternalId': '6f1c7a52-0f4e-4a65-9b64-2f3f0f3f8e11' } },
      },
    ],
  },
  undefined,
  2,
);

/** Asks for everything there is, at one offset and at all. */
function askAll(text: string, offset: number = text.length): ReturnType<typeof look> {
  const looked = look({ text, language: 'json' });
  const { document, findings } = looked;
  completeAt(document, offset, defaultSettings);
  hoverAt(document, offset);
  symbolsOf(document);
  for (const { span, fixes, region } of findings) {
    expect(covers({ start: 0, end: Math.max(text.length, 1) }, span)).toBe(true);
    for (const fix of fixes) {
      const edits = editsFor(fix, region, document, exampleRandom);
      if (edits) look({ text: applyEdits(text, edits), language: 'json' });
    }
  }
  return looked;
}

const rulesIn = (text: string): readonly string[] => askAll(text).findings.map(({ rule }) => rule);

describe('texts', () => {
  it.each<[string, string]>([
    ['empty', ''],
    ['blank', ' \r\n\t'],
    ['only a byte-order mark', '\uFEFF'],
    ['truncated', policy.slice(0, 200)],
    ['NUL in a string', policy.replace('Team', 'Te\u0000am')],
    ['NUL outside', policy.replace('{', '{\u0000')],
    ['a trailing comma', policy.replace('"\n        }', '",\n        }')],
    ['two documents', policy + policy],
    ['deep brackets', '['.repeat(20_000)],
    ['deep braces in a policy', policy.replace('"Team"', '{"a":'.repeat(20_000))],
  ])('%s: a clear finding', (_, text) => {
    expect(rulesIn(text)).toContain('json-syntax-error');
  });

  it.each<[string, string]>([
    ['a byte-order mark', `\uFEFF${policy}`],
    ['CRLF', policy.replaceAll('\n', '\r\n')],
    ['CR', policy.replaceAll('\n', '\r')],
    ['no line breaks', JSON.stringify(JSON.parse(policy))],
  ])('%s: nothing to say', (_, text) => {
    expect(rulesIn(text)).toEqual([]);
  });

  it('lone surrogates and noncharacters are text like any other', () => {
    for (const odd of ['\uD800', '\uDC00x', '\uFDD0', '\uFFFE', '\u202E'])
      askAll(policy.replace('Team', odd));
  });

  it('5 MB are read and judged', () => {
    const statement = JSON.stringify((JSON.parse(policy) as { Statement: unknown[] }).Statement[0]);
    const text = `{"Version":"2012-10-17","Statement":[${`${statement},\n`.repeat(Math.ceil(5e6 / statement.length))}${statement}]}`;
    expect(look({ text, language: 'json' }).document.regions.length).toBe(1);
  }, 120_000);
});

describe('wrong types', () => {
  const wrong = [null, 0, 12345, true, 'x', '', [], [[]], {}, { x: 1 }, [null], [{}]];
  const paths = pathsIn(JSON.parse(policy), []);

  it.each(paths.map((path) => ({ path })))('at $path', ({ path }) => {
    for (const value of wrong) {
      const changed = structuredClone(JSON.parse(policy)) as unknown;
      setAt(changed, path, value);
      const looked = askAll(JSON.stringify(changed, undefined, 2));
      const refused = typeof value === 'object' && path.length > 1;
      if (refused && !path.includes('Condition')) {
        expect(looked.findings.length, `${path.join('.')} = ${JSON.stringify(value)}`).toBeGreaterThan(0);
      }
    }
  });
});

function pathsIn(
  value: unknown,
  path: readonly (string | number)[],
): readonly (readonly (string | number)[])[] {
  if (typeof value !== 'object' || value === null) return [path];
  const children = Array.isArray(value)
    ? value.map((item, index) => [index, item] as const)
    : Object.entries(value).map(([key, item]) => [key, item as unknown] as const);
  return [
    ...(path.length > 0 ? [path] : []),
    ...children.flatMap(([key, item]) => pathsIn(item, [...path, key])),
  ];
}

function setAt(target: unknown, path: readonly (string | number)[], value: unknown): void {
  const holder = path
    .slice(0, -1)
    .reduce<unknown>((at, key) => (at as Record<string | number, unknown>)[key], target);
  const last = path.at(-1);
  if (last !== undefined) (holder as Record<string | number, unknown>)[last] = value;
}

/** Every prefix is read; judging takes longer, so it takes turns. Prime to the usual lengths, so that all places come. */
const stride = 29;

it('every prefix of every example is read, and judged in turns', () => {
  const examples = readPages().flatMap(({ fails, passes }) =>
    [...fails.map(({ fence }) => fence), ...passes].filter(({ language }) => language === 'json'),
  );
  expect(examples.length).toBeGreaterThan(50);
  for (const [index, { text: marked }] of examples.entries()) {
    const { text } = readMarks(marked);
    for (let end = 0; end <= text.length; end++) {
      const prefix = text.slice(0, end);
      const { root } = json.parse(prefix);
      if (root && !nests(root)) expect(prefix).toBe('a text whose spans nest');
      if (end % stride === index % stride) look({ text: prefix, language: 'json' });
    }
  }
}, 240_000);

/** Whether the spans of all nodes below a node lie in its own. */
function nests(node: Node): boolean {
  const children =
    node.kind === 'object'
      ? node.members.flatMap(({ value }) => value ?? [])
      : node.kind === 'array'
        ? node.items
        : [];
  return children.every((child) => covers(node.span, child.span) && nests(child));
}

it('any bytes in a document named for trust', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
      askAll(text);
    }),
    { numRuns: 300 },
  );
}, 60_000);
