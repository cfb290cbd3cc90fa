/** Every example of every rule page, in every host: the same rules speak, and each fix leads to the same policy. */
import { describe, expect, it } from 'vitest';
import { type Document, type Finding, readDocument } from '#engine';
import { plainValue } from '../../engine/src/tree/walk.ts';
import { type Example, fixedTexts, look, type Looked } from './look.ts';
import { readMarks } from './marks.ts';
import { readPages } from './pages.ts';
import { type Transcript, transcripts } from './transcribe.ts';

/** What a text shows only where it is the policy itself, or as JSON only. */
const ofWholeFiles = new Set(['json-syntax-error', 'duplicate-json-key', 'policy-not-object']);

const examples = readPages().flatMap(({ id, fails, passes }) =>
  [...fails.map(({ fence }) => fence), ...passes]
    .filter(({ language }) => language === 'json')
    .map((fence): { id: string; example: Example } => ({
      id,
      example: { ...fence, text: readMarks(fence.text).text },
    })),
);

const judged = (findings: readonly Finding[]): readonly Finding[] =>
  findings.filter(({ rule }) => !ofWholeFiles.has(rule));

const valueIn = ({ regions: [region] }: Document): unknown => region && plainValue(region.node);

function lookAt({ language, file, text }: Transcript, { settings }: Example): Looked {
  return look({ language, file, text, settings });
}

/** Reads a text after a fix, without judging it. */
const readAgain = ({ language, file }: Omit<Example, 'text'>, text: string): Document =>
  readDocument({ uri: `file:///${file ?? `trust-policy.${language}`}`, languageId: language, text });

/** The policy after a fix of the finding at an index; the titles of the fixes lead to them. */
function fixedValues(
  looked: Looked,
  index: number,
  again: (text: string) => Document,
): ReadonlyMap<string, unknown> {
  const finding = judged(looked.findings)[index];
  const texts = finding ? fixedTexts(finding, looked.document) : new Map<string, { readonly text: string }>();
  return new Map([...texts].map(([title, { text }]) => [title, valueIn(again(text))]));
}

const same = (value: unknown): unknown => value;

const normalOf = (
  values: ReadonlyMap<string, unknown>,
  normal: (value: unknown) => unknown,
): Readonly<Record<string, unknown>> =>
  Object.fromEntries([...values].map(([title, value]) => [title, normal(value)]));

/** The index of each rule's first finding: long examples repeat themselves. */
const firstOfEach = (findings: readonly Finding[]): readonly number[] =>
  [...findings.keys()].filter(
    (index) => findings.findIndex(({ rule }) => rule === findings[index]?.rule) === index,
  );

describe.each(groupsOf(examples))('$id', ({ examples: own }) => {
  it.each(own.map((example, index) => ({ example, index })))(
    'example $index',
    ({ example }) => {
      const original = look(example);
      const value = valueIn(original.document);
      const isPlain = original.document.tree.problems.length === 0 && original.document.whole;
      if (!isPlain || value === undefined || typeof value !== 'object' || value === null) return;
      if (original.findings.some(({ rule }) => ofWholeFiles.has(rule))) return;
      const expected = judged(original.findings);
      for (const transcript of transcripts(value as Parameters<typeof transcripts>[0])) {
        const looked = lookAt(transcript, example);
        const told = `${transcript.name}\n${transcript.text}`;
        const { normal = same } = transcript;
        expect(normal(valueIn(looked.document)), told).toEqual(normal(value));
        expect(
          judged(looked.findings)
            .map(({ rule }) => rule)
            .sort(),
          told,
        ).toEqual(expected.map(({ rule }) => rule).sort());
        for (const index of firstOfEach(expected)) {
          if (judged(looked.findings)[index]?.rule !== expected[index]?.rule) continue;
          const fixed = fixedValues(looked, index, (text) => readAgain(transcript, text));
          const inJson = fixedValues(original, index, (text) => readAgain(example, text));
          expect(normalOf(fixed, normal), told).toEqual(normalOf(inJson, normal));
        }
      }
    },
    30_000,
  );
});

function groupsOf(
  all: typeof examples,
): readonly { readonly id: string; readonly examples: readonly Example[] }[] {
  const ids = [...new Set(all.map(({ id }) => id))];
  return ids.map((id) => ({
    id,
    examples: all.filter((each) => each.id === id).map(({ example }) => example),
  }));
}
