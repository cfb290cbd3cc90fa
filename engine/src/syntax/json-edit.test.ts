/** The law of edits for JSON: applied and read again they give the changed value, and comments stay. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { applyEdits } from '../text/edit.ts';
import { covers } from '../text/span.ts';
import { type JsonValue, plainValue } from '../tree/walk.ts';
import { changed, changesIn, takesAway } from '../../../test/harness/changes.ts';
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

const comments = (text: string): number => json.parse(text).comments.length;

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
        expect(takesAway(change) ? lost >= 0 : lost === 0, change.kind).toBe(true);
        for (const { span } of edits ?? []) expect(covers({ start: 0, end: text.length }, span)).toBe(true);
      }
    }),
    { numRuns: 400 },
  );
}, 30_000);
