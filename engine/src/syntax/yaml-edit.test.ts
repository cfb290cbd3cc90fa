/** The law of edits for YAML: applied and read again they give the changed value, and comments stay. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { stringify } from 'yaml';
import { applyEdits } from '../text/edit.ts';
import { covers } from '../text/span.ts';
import type { Change } from '../tree/change.ts';
import { type JsonValue, plainValue } from '../tree/walk.ts';
import { changed, changesIn, takesAway } from '../../../test/harness/changes.ts';
import { editYaml } from './yaml-edit.ts';
import { readYaml } from './yaml-read.ts';

const keys = fc.stringMatching(/^[a-c]{1,2}$/);
const odd = [
  '',
  'true',
  '012',
  '2012-10-17',
  '*',
  'a: b',
  'a #b',
  "it's",
  '"',
  'sts:AssumeRole',
  'two\nlines',
  ' x',
  'a, b',
  '[x]',
  '{{y}}',
  '- z',
  '\u0085',
  'no',
  '<<',
];
const { value: values } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.oneof(fc.constantFrom(...odd), fc.stringMatching(/^[a-z]{1,4}$/), fc.boolean(), fc.constant(null)),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(keys, tie('value'), { maxKeys: 3, noNullPrototype: true }),
  ),
}));

interface Layout {
  readonly indent: number;
  readonly indentSeq: boolean;
  readonly flow: boolean;
  readonly crlf: boolean;
  readonly comments: readonly number[];
}

const layouts: fc.Arbitrary<Layout> = fc.record({
  indent: fc.constantFrom(2, 4),
  indentSeq: fc.boolean(),
  flow: fc.boolean(),
  crlf: fc.boolean(),
  comments: fc.array(fc.nat(20), { maxLength: 3 }),
});

function print(value: unknown, { indent, indentSeq, flow, crlf, comments }: Layout): string {
  const text = stringify(value, {
    indent,
    indentSeq,
    version: '1.1',
    collectionStyle: flow ? 'flow' : 'any',
    lineWidth: 0,
  });
  const lines = text.trimEnd().split('\n');
  const block = /[|>][-+]?$/;
  const isPlainText = !lines.some((line) => block.test(line));
  if (!flow && isPlainText)
    for (const at of comments) if (at < lines.length) lines[at] = `${lines[at] ?? ''} # note`;
  return lines.join(crlf ? '\r\n' : '\n') + (crlf ? '\r\n' : '');
}

function check(text: string, change: Change, root: Parameters<typeof changed>[0]): 'made' | 'refused' {
  const edits = editYaml([change], text);
  if (edits === undefined) return 'refused';
  const after = applyEdits(text, edits);
  const reread = readYaml(after);
  const told = `${change.kind} in\n${text}\nmade\n${after}`;
  expect(reread.problems, told).toEqual([]);
  expect(reread.root && plainValue(reread.root), told).toEqual(
    JSON.parse(JSON.stringify(changed(root, change))),
  );
  const lost = readYaml(text).comments.length - reread.comments.length;
  expect(takesAway(change) ? lost >= 0 : lost === 0, told).toBe(true);
  for (const { span } of edits) expect(covers({ start: 0, end: text.length }, span)).toBe(true);
  return 'made';
}

it('holds for every change, anywhere, in any layout', () => {
  const documents = fc.dictionary(keys, values, { minKeys: 1, maxKeys: 3, noNullPrototype: true });
  fc.assert(
    fc.property(documents, layouts, keys, values, (value, layout, key, added) => {
      const text = print(value, layout);
      const { root, problems } = readYaml(text);
      expect(problems, text).toEqual([]);
      if (!root) throw new Error('No root.');
      for (const change of changesIn(root, key, added as JsonValue)) {
        const answer = check(text, change, root);
        if (layout.comments.length === 0) expect(answer, `${change.kind} in\n${text}`).toBe('made');
      }
    }),
    { numRuns: 250 },
  );
}, 30_000);
