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
const statements = pages.flatMap(policiesOn).flat();

const read = (list: readonly unknown[]): Document =>
  readDocument({
    uri: 'file:///trust-policy.json',
    languageId: 'json',
    text: JSON.stringify({ Version: '2012-10-17', Statement: list }, undefined, 2),
  });

/** All that a person sees of findings, and what their fixes would do. */
const seen = (findings: readonly Finding[], document: Document): unknown =>
  findings.map(({ region, fixes, ...finding }) => ({
    ...finding,
    fixes: fixes.map((fix) => [fix.title, fix.safe, editsFor(fix, region, document, exampleRandom)]),
  }));

/** Judges one version after the other, and each of them once more as if it were the first. */
function expectNoDifference(versions: readonly (readonly unknown[])[]): void {
  let memory: Memory | undefined;
  for (const document of versions.map(read)) {
    const judgement = judge(document, defaultSettings, memory);
    const anew = findingsIn(document, defaultSettings);
    expect(seen(judgement.findings, document)).toEqual(seen(anew, document));
    memory = judgement.memory;
  }
}

// A rule that looks at several Allow statements at once shows so on its page, and is of scope `policy`.
it.each(pages)('each statement of %s may come last, or go', (page) => {
  for (const policy of policiesOn(page).filter(({ length }) => length > 1)) {
    for (const index of policy.keys()) {
      const others = policy.toSpliced(index, 1);
      expectNoDifference([others, policy, others]);
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
        return [...list];
      });
      expectNoDifference(versions);
    }),
    { numRuns: 60 },
  );
}, 60_000);

it('all is judged again under other settings', () => {
  const document = read([{ Effect: 'Allow', Principal: { AWS: '111122223333' }, Action: 'sts:AssumeRole' }]);
  const trusting = { ...defaultSettings, trustedAccounts: ['111122223333'] };
  const before = judge(document, trusting).memory;
  expect(judge(document, defaultSettings, before).findings).toEqual(findingsIn(document, defaultSettings));
});
