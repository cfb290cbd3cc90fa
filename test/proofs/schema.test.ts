/**
 * The published schema and our own walk say the same of the grammar: a policy is refused by the one just when the other has
 * an error about its shape. What no schema can say is left out, by name.
 */
import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { rules } from '#engine';
import { plainValue } from '../../engine/src/tree/walk.ts';
import { look } from '../harness/look.ts';
import { readMarks } from '../harness/marks.ts';
import { readPages } from '../harness/pages.ts';

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

const schema = JSON.parse(readFileSync('schemas/trust-policy.schema.json', 'utf8')) as object;
const accepts = new Ajv({ strict: false, allErrors: true }).compile(schema);

/** Rules of grammar on what a schema of values cannot see: letters, names used twice, lengths, variables in texts. */
const beyondSchemas = new Set([
  'duplicate-json-key',
  'duplicate-sid',
  'invalid-character',
  'json-syntax-error',
  'policy-kind-mismatch',
  'policy-size-max-quota',
  'variable-in-unsupported-element',
  'variable-needs-2012-version',
]);

/** Rules that, each in its way, speak of a shape that the schema refuses. */
const ofShape = new Set([
  ...rules.filter(({ category }) => category === 'grammar').map(({ id }) => id),
  'empty-action',
  'empty-condition',
  'empty-principal',
  'invalid-account-id',
  'invalid-condition-key-format',
  'invalid-condition-operator',
  'invalid-condition-value-type',
  'invalid-principal-format',
  'unknown-principal-type',
]);

const grammar = new Set<string>(
  rules.filter(({ id, category }) => category === 'grammar' && !beyondSchemas.has(id)).map(({ id }) => id),
);

/** What the schema refuses is spoken of, and what is an error of grammar is refused. */
function expectAgreement(policy: Json): void {
  const text = JSON.stringify(policy);
  const { document, findings } = look({ text, language: 'json', file: 'trust-policy.json' });
  // What looks like no policy at all is not judged.
  if (document.regions.length === 0) return;
  const refused = !accepts(policy);
  const told = JSON.stringify({
    policy,
    found: findings.map(({ rule }) => rule),
    refused: accepts.errors?.map(({ instancePath, message }) => `${instancePath} ${message ?? ''}`),
  });
  if (refused)
    expect(
      findings.some(({ rule }) => ofShape.has(rule)),
      told,
    ).toBe(true);
  const isError = findings.some(({ rule, severity }) => severity === 'error' && grammar.has(rule));
  if (isError) expect(refused, told).toBe(true);
}

const values = readPages().flatMap(({ fails, passes }) =>
  [...fails.map(({ fence }) => fence), ...passes].flatMap((fence): readonly Json[] => {
    if (fence.language !== 'json' || fence.file !== undefined) return [];
    const { document } = look({ ...fence, text: readMarks(fence.text).text });
    const value = document.regions[0] && plainValue(document.regions[0].node);
    return value === undefined ? [] : [value];
  }),
);

it('schema and rules agree about every policy of the pages', () => {
  expect(values.length).toBeGreaterThan(400);
  for (const value of values) expectAgreement(value);
});

/** What is put where something else is expected. */
const strangers: readonly Json[] = [
  null,
  true,
  12,
  '',
  'text',
  [],
  {},
  [[]],
  ['text'],
  [null],
  { key: 'text' },
];

/** A value with a part of it, chosen by numbers, exchanged or taken out. */
function damaged(value: Json, path: readonly number[], stranger: Json | undefined): Json | undefined {
  const [step, ...rest] = path;
  const keys = typeof value === 'object' && value !== null ? Object.keys(value) : [];
  if (step === undefined || keys.length === 0) return stranger;
  const key = keys[step % keys.length] ?? '';
  const inner = damaged((value as Readonly<Record<string, Json>>)[key] ?? null, rest, stranger);
  if (Array.isArray(value))
    return value.flatMap((item: Json, index) =>
      String(index) === key ? (inner === undefined ? [] : [inner]) : [item],
    );
  const others = Object.entries(value as Readonly<Record<string, Json>>);
  return Object.fromEntries(
    others.flatMap(([name, item]) =>
      name === key ? (inner === undefined ? [] : [[name, inner]]) : [[name, item]],
    ),
  );
}

it('schema and rules agree about policies with a part that is wrong', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...values),
      fc.array(fc.nat(20), { minLength: 1, maxLength: 5 }),
      fc.option(fc.constantFrom(...strangers), { nil: undefined }),
      (value, path, stranger) => {
        const policy = damaged(value, path, stranger);
        if (policy !== undefined) expectAgreement(policy);
      },
    ),
    { numRuns: 500 },
  );
});
