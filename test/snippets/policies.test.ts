/** Every snippet, with its defaults filled in, is a policy that our own rules have nothing against. */
import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { look } from '../harness/look.ts';

interface Snippet {
  readonly prefix: readonly string[];
  readonly description: string;
  readonly body: readonly string[];
}

const source = readFileSync('snippets/policies.json', 'utf8');
const snippets = Object.entries(JSON.parse(source) as Readonly<Record<string, Snippet>>);
const families = ['Cross-account', 'AWS service', 'Third party', 'SAML', 'OIDC'];

/** The text that VS Code inserts when nothing is changed: each tab stop is its default, wherever it stands. */
function filledIn(body: readonly string[]): string {
  const text = body.join('\n').replaceAll('\t', '  ');
  const defaults = new Map(
    [...text.matchAll(/(?<!\\)\$\{(\d+):([^}]*)\}/g)].map(([, number = '', value = '']) => [number, value]),
  );
  const filled = text.replace(/(?<!\\)\$(?:\{(\d+):[^}]*\}|(\d+))/g, (_, a?: string, b?: string) => {
    const value = defaults.get(a ?? b ?? '');
    if (value === undefined) throw new Error(`A tab stop without default in:\n${text}`);
    return value;
  });
  return filled.replaceAll('\\$', '$');
}

const ajv = new Ajv({ strict: true, strictRequired: false, strictTypes: false, allErrors: true });
ajv.addVocabulary(['x-url', 'enumDescriptions']);
const schema = JSON.parse(readFileSync('schemas/trust-policy.schema.json', 'utf8')) as object;
const isPolicy = ajv.compile(schema);

it('there are snippets of every family', () => {
  const named = new Set(snippets.map(([name]) => name.split(': ')[0]));
  expect([...named]).toEqual(families);
});

it('no prefix stands twice', () => {
  const prefixes = snippets.flatMap(([, { prefix }]) => prefix);
  expect(new Set(prefixes).size).toBe(prefixes.length);
});

describe.each(snippets)('%s', (_, { prefix, description, body }) => {
  it('is found by what people type', () => {
    expect(prefix.filter((each) => !/^(?:trust|assume)-[a-z0-9-]+$/.test(each))).toEqual([]);
    expect(prefix.some((each) => each.startsWith('trust-'))).toBe(true);
    expect(description).toMatch(/^[A-Z].*\.$/);
  });

  it('is a valid policy that gives no warning', () => {
    const text = filledIn(body);
    expect(JSON.parse(text)).toMatchObject({ Version: '2012-10-17', Statement: [{ Effect: 'Allow' }] });
    isPolicy(JSON.parse(text));
    expect(isPolicy.errors).toBeNull();
    const { document, findings } = look({ text, language: 'json' });
    expect(document.regions).toHaveLength(1);
    const loud = findings.filter(({ severity }) => severity === 'error' || severity === 'warning');
    expect(loud.map(({ rule, message }) => `${rule}: ${message}`)).toEqual([]);
  });
});
