/** Named insertions: the same value in every host, made once only, never weaker, and nothing new to complain about. */
import { describe, expect, it } from 'vitest';
import { insertions } from '../../engine/src/insertions/insertions.ts';
import type { JsonValue } from '../../engine/src/tree/walk.ts';
import { look } from '../harness/look.ts';
import { transcripts } from '../harness/transcribe.ts';
import { inserted, policyOf, statements, type Text, valueIn } from './each.ts';

const inJson = (policy: JsonValue): Text => ({
  text: JSON.stringify(policy, undefined, 2),
  language: 'json',
  file: 'trust-policy.json',
});

const cases = Object.entries(statements).flatMap(([name, statement]) =>
  insertions.map((insertion) => ({ name, id: insertion.id, statement, insertion })),
);
const made = cases.filter(
  ({ insertion, statement }) => inserted(insertion, inJson(policyOf(statement))).outcome.kind === 'edits',
);

const errors = (source: Text): number =>
  new Set(
    look(source)
      .findings.filter(({ severity }) => severity === 'error')
      .map(({ rule }) => rule),
  ).size;

const textsOf = (value: JsonValue): readonly string[] =>
  typeof value === 'string' ? [value] : Object.values(value ?? {}).map(String);

it('are offered where the callers can send the key, and nowhere else', async () => {
  const table = cases.map(({ name, id, statement, insertion }) => {
    const { outcome } = inserted(insertion, inJson(policyOf(statement)));
    return `${name.padEnd(32)} ${id.padEnd(34)} ${outcome.kind}${outcome.kind === 'edits' ? '' : `: ${outcome.why}`}`;
  });
  await expect(`${table.join('\n')}\n`).toMatchFileSnapshot('./golden/offered.txt');
});

describe.each(made)('$id in $name', ({ id, insertion, statement }) => {
  const policy = policyOf(statement);
  const before = inJson(policy);
  const after = { ...before, text: inserted(insertion, before).text };
  const expected = valueIn(after);

  it('is made once', () => {
    expect(expected).not.toEqual(policy);
    expect(inserted(insertion, after)).toMatchObject({ outcome: { kind: 'present' }, text: after.text });
  });

  it('takes nothing out that keeps callers out', () => {
    const [first] = (expected as { readonly Statement: readonly JsonValue[] }).Statement;
    const isHardened = JSON.stringify(statement).includes('IfExists') && id === 'require-mfa';
    const { Action, ...kept } = statement as { readonly Action: JsonValue };
    if (!isHardened) expect(first).toMatchObject(kept);
    expect(textsOf((first as { readonly Action: JsonValue }).Action)).toEqual(
      expect.arrayContaining([...textsOf(Action)]),
    );
    expect(errors(after)).toBeLessThanOrEqual(errors(before));
  });

  it.each(transcripts(policy).map((transcript) => [transcript.name, transcript] as const))(
    'comes to the same in %s',
    (_, transcript) => {
      const { text, outcome } = inserted(insertion, transcript);
      const normal = transcript.normal ?? ((value) => value);
      expect(outcome.kind).toBe('edits');
      const there = { ...transcript, text };
      expect(normal(valueIn(there))).toEqual(normal(expected));
      expect(inserted(insertion, there)).toMatchObject({ outcome: { kind: 'present' }, text });
    },
  );
});
