/** A law that holds in every host: a value that becomes an expression of the host never adds a finding. */
import { describe, expect, it } from 'vitest';
import { look, type Looked } from '../../../test/harness/look.ts';
import { readMarks } from '../../../test/harness/marks.ts';
import { readPages } from '../../../test/harness/pages.ts';
import { type Transcript, transcripts } from '../../../test/harness/transcribe.ts';
import { rules } from '../index.ts';
import { ruleIds } from '../rules/ids.gen.ts';
import { applyEdits } from '../text/edit.ts';
import { descendants, type JsonValue, memberAround, plainValue } from '../tree/walk.ts';

interface Policy {
  readonly id: string;
  readonly value: JsonValue;
  readonly settings: unknown;
}

const policies = readPages().flatMap(({ id, fails, passes }) =>
  [...fails.map(({ fence }) => fence), ...passes].flatMap(
    ({ language, text, settings }): readonly Policy[] => {
      if (language !== 'json') return [];
      const { document } = look({ text: readMarks(text).text, language });
      const value = document.regions[0] && plainValue(document.regions[0].node);
      return value !== undefined && document.whole && document.tree.problems.length === 0
        ? [{ id, value, settings }]
        : [];
    },
  ),
);

/** How often a rule speaks when no other rule may speak in its place. */
function alone(rule: string, transcript: Transcript): number {
  const others = Object.fromEntries(ruleIds.filter((id) => id !== rule).map((id) => [id, 'off']));
  return look({ ...transcript, settings: { rules: others } }).findings.length;
}

const count = (looked: Looked): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>();
  for (const { rule } of looked.findings) counts.set(rule, (counts.get(rule) ?? 0) + 1);
  return counts;
};

/** The texts in which one value of the policy is an expression; whether that value is a provider. */
function* withOneUnknown(
  transcript: Transcript,
  expression: string,
): Generator<{ readonly text: string; readonly isProvider: boolean }> {
  const { document } = look(transcript);
  const [region] = document.regions;
  if (region === undefined) return;
  for (const node of descendants(region.node)) {
    const { kind, span, parent } = node;
    if (parent === undefined || kind === 'object' || kind === 'opaque' || span.end <= span.start) continue;
    const text = applyEdits(transcript.text, [{ span, text: expression }]);
    yield { text, isProvider: memberAround(node)?.key.value === 'Federated' };
  }
}

/**
 * What an expression may bring about: a list of blocks has none to stand for it, and a provider that is an expression is
 * the one whose claims are demanded, which may be another than was written.
 */
const mayCome = (rule: string, isProvider: boolean): boolean =>
  rule === 'hcl-syntax-error' ||
  (isProvider && rules.some(({ id, category }) => id === rule && category === 'federation-oidc'));

describe('unknown is silent', () => {
  const expressions: Readonly<Record<string, string>> = {
    'CloudFormation JSON': '{"Ref": "Unknown"}',
    'YAML in brackets': '!Sub "${Unknown}"',
    jsonencode: 'var.unknown',
    heredoc: '${var.unknown}',
    'policy document': 'var.unknown',
  };
  const ids = [...new Set(policies.map(({ id }) => id))];
  it.each(ids)('%s', (id) => {
    for (const { value, settings } of policies.filter((policy) => policy.id === id)) {
      for (const transcript of transcripts(value)) {
        const expression = expressions[transcript.name];
        if (expression === undefined) continue;
        const before = count(look({ ...transcript, settings }));
        for (const { text, isProvider } of withOneUnknown(transcript, expression)) {
          const after = count(look({ ...transcript, settings, text }));
          const added = [...after].filter(
            ([rule, times]) =>
              !mayCome(rule, isProvider) &&
              times > (before.get(rule) ?? 0) &&
              times > alone(rule, transcript),
          );
          expect(added, text).toEqual([]);
        }
      }
    }
  });
});
