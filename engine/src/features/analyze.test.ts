/** What has not changed is not judged again, and nothing is lost by it. */
import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { exampleRandom } from '../../../test/harness/look.ts';
import { readMarks } from '../../../test/harness/marks.ts';
import {
  defaultSettings,
  editsFor,
  type Finding,
  findingsIn,
  judge,
  type Memory,
  readDocument,
} from '../index.ts';
import type { Document } from './document.ts';

const folder = 'engine/src/rules';

/** The policies in the examples of a rule page, as lists of statements. */
function policiesOn(page: string): readonly (readonly unknown[])[] {
  const fences = readFileSync(`${folder}/${page}`, 'utf8').matchAll(/```json[^\n]*\n(?<text>.*?)\n```/gs);
  return [...fences].flatMap(({ groups }) => {
    try {
      const policy = JSON.parse(readMarks(groups?.['text'] ?? '').text) as { Statement?: unknown };
      return [[policy.Statement ?? []].flat()];
    } catch {
      return []; // some are broken on purpose
    }
  });
}

const pages = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
  name.endsWith('.md'),
);
const policies = pages.flatMap(policiesOn);
const statements = policies.flat();

const read = (text: string, before?: Document): Document =>
  readDocument({ uri: 'file:///trust-policy.json', languageId: 'json', text }, before);

const written = (list: readonly unknown[], version = '2012-10-17'): string =>
  JSON.stringify({ Version: version, Statement: list }, undefined, 2);

/** All that a person sees of findings, and what their fixes would do. */
const seen = (findings: readonly Finding[], document: Document): unknown =>
  findings.map(({ region, fixes, ...finding }) => ({
    ...finding,
    fixes: fixes.map((fix) => [fix.title, fix.safe, editsFor(fix, region, document, exampleRandom)]),
  }));

/** Judges one version after the other, each by what is left of the one before and once more as if it were the first. */
function expectNoDifference(texts: readonly string[]): void {
  let memory: Memory | undefined;
  let before: Document | undefined;
  for (const text of texts) {
    const document = read(text, before);
    const judgement = judge(document, defaultSettings, memory);
    const anew = read(text);
    expect(seen(judgement.findings, document)).toEqual(seen(findingsIn(anew, defaultSettings), anew));
    memory = judgement.memory;
    before = document;
  }
}

// A rule that looks at several Allow statements at once shows so on its page, and is of scope `policy`.
it.each(pages)('each statement of %s may come last, or go', (page) => {
  for (const policy of policiesOn(page).filter(({ length }) => length > 1)) {
    for (const index of policy.keys()) {
      const others = policy.toSpliced(index, 1);
      expectNoDifference([others, policy, others].map((list) => written(list)));
    }
  }
});

const change = fc.record({
  at: fc.nat(),
  removed: fc.boolean(),
  added: fc.option(fc.constantFrom(...statements), { nil: undefined }),
});

it('any statements may come and go', () => {
  expect(statements.length).toBeGreaterThan(300);
  fc.assert(
    fc.property(fc.array(change, { maxLength: 8 }), (changes) => {
      const list: unknown[] = [];
      const versions = changes.map(({ at, removed, added }) => {
        list.splice(at % (list.length + 1), removed ? 1 : 0, ...(added === undefined ? [] : [added]));
        return written(list);
      });
      expectNoDifference(versions);
    }),
    { numRuns: 60 },
  );
}, 60_000);

const slip = fc.record({
  at: fc.nat(),
  removed: fc.constantFrom(0, 1),
  added: fc.constantFrom('', 'x', '*', ' ', '"', ','),
});

it('any letters may be typed and taken back', () => {
  const some = fc.oneof(
    fc.constantFrom(...policies),
    fc.array(fc.constantFrom(...statements), { minLength: 1, maxLength: 4 }),
  );
  fc.assert(
    fc.property(
      some,
      fc.constantFrom('2012-10-17', '2008-10-17'),
      fc.array(slip, { maxLength: 6 }),
      (list, version, slips) => {
        const text = written(list, version);
        const typed = slips.flatMap(({ at, removed, added }) => {
          const place = at % text.length;
          return [text.slice(0, place) + added + text.slice(place + removed), text];
        });
        expectNoDifference([text, ...typed]);
      },
    ),
    { numRuns: 150 },
  );
}, 60_000);

it('all is judged again under other settings', () => {
  const policy = [{ Effect: 'Allow', Principal: { AWS: '111122223333' }, Action: 'sts:AssumeRole' }];
  const document = read(written(policy));
  const trusting = { ...defaultSettings, trustedAccounts: ['111122223333'] };
  const before = judge(document, trusting).memory;
  expect(judge(document, defaultSettings, before).findings).toEqual(findingsIn(document, defaultSettings));
});
