/** YAML scalars: what is decoded is what the `yaml` package decodes, and every character knows where it stands. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CST, Parser } from 'yaml';
import { segmented } from '../text/segments.ts';
import { scalarPieces } from './yaml-scalar.ts';

function scalarIn(text: string): CST.FlowScalar | CST.BlockScalar | undefined {
  for (const token of new Parser().parse(text)) {
    if (token.type !== 'document' || token.value?.type !== 'block-map') continue;
    const value = token.value.items[0]?.value;
    if (CST.isScalar(value)) return value;
  }
  return undefined;
}

function check(text: string): void {
  const token = scalarIn(text);
  if (token === undefined) return;
  const faults: string[] = [];
  const expected = CST.resolveAsScalar(token, true, (_, code) => {
    faults.push(code);
  });
  if (faults.length > 0) return;
  const decoded = segmented(text, scalarPieces(token, text));
  const kept = token.type === 'block-scalar' && /^[|>]\d?\+/.test(text.slice(token.offset));
  const end = kept ? /\n*$/ : /$/;
  expect(decoded.text.replace(end, '')).toBe(expected.value.replace(end, ''));
  for (const { kind, raw, decoded: at } of decoded.segments) {
    if (kind === 'same') expect(text.slice(raw.start, raw.end)).toBe(decoded.text.slice(at.start, at.end));
  }
}

const letters = fc.constantFrom(
  'a',
  'b',
  ' ',
  '  ',
  '\n',
  '\n  ',
  '\n   ',
  '\r\n  ',
  '\n\n  ',
  ':',
  "''",
  '\\n',
  '\\"',
  '\\u0041',
  '\\x41',
  '\\\n  ',
  '\t',
  '{',
  '"',
  "'",
);

describe('scalars', () => {
  it.each([
    ['a: plain text'],
    ['a: plain\n  text\n\n  more'],
    ["a: 'it''s\n  folded'"],
    ['a: "\\u00e9 \\x41 \\n \\\n   b"'],
    ['a: |\n  {\n    "b": 1\n  }\n'],
    ['a: |-\n  b\n\n'],
    ['a: |+\n  b\n\n\n'],
    ['a: |2\n    b\n  c\n'],
    ['a: >\n  b\n  c\n\n  d\n    e\n  f\n'],
    ['a: >-\n\n  b\n'],
    ['a: |\r\n  b\r\n  c\r\n'],
    ['a: |\n  b'],
    ['a: |\n'],
    ['a: |+\n\n\n'],
    ['a: ""'],
  ])('%j', (text) => {
    check(text);
  });

  it('agree with the package on any text', () => {
    const open = fc.constantFrom(
      'a: "',
      "a: '",
      'a: ',
      'a: |\n  ',
      'a: >\n  ',
      'a: |+\n  ',
      'a: >-\n  ',
      'a: |1\n  ',
    );
    fc.assert(
      fc.property(
        open,
        fc.array(letters, { maxLength: 14 }),
        fc.constantFrom('', '"', "'", '\n'),
        (head, parts, tail) => {
          check(head + parts.join('') + tail);
        },
      ),
      { numRuns: 5000 },
    );
  }, 30_000);
});
