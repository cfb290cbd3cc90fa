/** What a rule says it is about is all that it is about: asked of every policy, it finds no more. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readMarks } from '../../../test/harness/marks.ts';
import { readPages } from '../../../test/harness/pages.ts';
import { judge } from '../features/analyze.ts';
import { type Document, readDocument } from '../features/document.ts';
import { hosts, rules } from '../registry.gen.ts';
import { defaultSettings, settingsFrom, type Settings } from '../settings.ts';
import type { Rule } from './rule.ts';

const shy = (rule: Rule): Rule => {
  const { when, ...asked } = rule;
  return when ? asked : rule;
};
const alwaysAsked = rules.map(shy);

const read = (text: string, languageId: string, file = `trust-policy.${languageId}`): Document =>
  readDocument(hosts, { uri: `file:///${file}`, languageId, text });

function expectNoMore(document: Document, settings: Settings = defaultSettings): void {
  const told = judge(document, rules, settings).findings.map(({ rule, span, message }) => [
    rule,
    span,
    message,
  ]);
  const all = judge(document, alwaysAsked, settings).findings.map(({ rule, span, message }) => [
    rule,
    span,
    message,
  ]);
  expect(told).toEqual(all);
}

const examples = readPages().flatMap(({ fails, passes }) =>
  [...fails.map(({ fence }) => fence), ...passes].map((fence) => ({
    ...fence,
    text: readMarks(fence.text).text,
  })),
);

it('many rules say what they are about', () => {
  expect(rules.filter(({ when }) => when).length).toBeGreaterThan(90);
});

it('on the pages of all rules', () => {
  for (const { text, language, file, settings } of examples)
    expectNoMore(read(text, language, file), settingsFrom(settings));
});

type Statement = Readonly<Record<string, unknown>>;

const statements = examples.flatMap(({ text, language }): readonly Statement[] => {
  if (language !== 'json') return [];
  try {
    const policy = JSON.parse(text) as { readonly Statement?: Statement | readonly Statement[] };
    return [policy.Statement ?? []].flat().filter((item) => typeof item === 'object');
  } catch {
    return []; // some are broken on purpose
  }
});

const any = fc.constantFrom(...statements);

/** A statement whose elements are of several examples. */
const mixed = fc.record({ frame: any, who: any, what: any, when: any }).map(({ frame, who, what, when }) => ({
  ...frame,
  ...('Principal' in who && { Principal: who['Principal'] }),
  ...('Action' in what && { Action: what['Action'] }),
  ...('Condition' in when && { Condition: when['Condition'] }),
}));

it('on policies that are put together from them, and changed by a letter', () => {
  expect(statements.length).toBeGreaterThan(300);
  const letter = fc.constantFrom('', 'x', '*', ' ', ':', '/', '${aws:username}');
  fc.assert(
    fc.property(fc.array(mixed, { minLength: 1, maxLength: 3 }), fc.nat(), letter, (list, at, added) => {
      const text = JSON.stringify({ Version: '2012-10-17', Statement: list });
      const place = at % text.length;
      expectNoMore(read(text.slice(0, place) + added + text.slice(place), 'json'));
    }),
    { numRuns: 300 },
  );
}, 60_000);
