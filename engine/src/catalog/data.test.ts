/** The data files: each is valid against its schema, sorted, unique, and true to what the files say of each other. */
import { readFileSync, readdirSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { globMatches } from '../text/glob.ts';
import { oidcProviderFor, oidcProviders, operatorNamed, operators, servicePrincipals } from './catalog.ts';
import { entries as claims } from './oidc-claims.json';

const folder = new URL('.', import.meta.url);
const schemas = new URL('../../../schemas/catalog/', import.meta.url);
const files = readdirSync(folder).filter((file) => file.endsWith('.json'));

interface DataFile {
  readonly $schema: string;
  readonly entries: readonly { readonly id: string }[];
}

function read(url: URL): DataFile {
  return JSON.parse(readFileSync(url, 'utf8')) as DataFile;
}

function validator(): Ajv {
  const ajv = new Ajv({ allErrors: true, formats: { uri: (text: string) => URL.canParse(text) } });
  ajv.addKeyword('tsType');
  for (const file of readdirSync(schemas)) ajv.addSchema(read(new URL(file, schemas)));
  return ajv;
}

describe.each(files)('%s', (file) => {
  const data = read(new URL(file, folder));

  test('is valid against the schema that it names', () => {
    const ajv = validator();
    const name = file.replace('.json', '.schema.json');
    expect(data.$schema).toBe(`../../../schemas/catalog/${name}`);
    ajv.validate(name, data);
    expect(ajv.errors).toBeNull();
  });

  test('is sorted by unique id', () => {
    const ids = data.entries.map((entry) => entry.id);
    expect(ids).toEqual([...new Set(ids)].sort());
  });
});

test('all data together stays within its part of the bundle', () => {
  const size = files.reduce(
    (sum, file) => sum + JSON.stringify(read(new URL(file, folder)).entries).length,
    0,
  );
  expect(size).toBeLessThanOrEqual(240 * 1024);
});

describe('operators', () => {
  test('are the 27 of AWS', () => {
    expect(operators()).toHaveLength(27);
  });

  test.each(operators().filter((operator) => operator.like !== undefined))(
    '$id has a Like',
    ({ like, type, negated }) => {
      expect(operatorNamed(like ?? '')).toMatchObject({ type, negated, wildcards: true });
    },
  );
});

describe.each(oidcProviders())('OIDC provider $id', (provider) => {
  test('is found by each of its issuers', () => {
    for (const issuer of provider.issuers) {
      expect(oidcProviderFor(issuer.replace(/\{\w+\}/g, 'sample'))?.id).toBe(provider.id);
    }
  });

  test('speaks of claims that are known and evaluated', () => {
    const known = new Set(claims.map((claim) => claim.id));
    expect(provider.claims.filter((claim) => !known.has(claim))).toEqual([]);
    const narrower = [...provider.identityClaims, ...(provider.chainedClaims ?? [])];
    expect(narrower.filter((claim) => !provider.claims.includes(claim))).toEqual([]);
  });

  test('requires only what it evaluates', () => {
    const key = provider.requiredClaim?.key;
    expect(key === undefined || key.startsWith('sts:') || provider.claims.includes(key)).toBe(true);
  });

  test('gives examples that fit its templates', () => {
    const globs = provider.subjectTemplates.map((template) => template.replace(/\{\w+\}/g, '*'));
    for (const example of provider.examples) {
      expect(globs.some((glob) => globMatches(glob, example))).toBe(true);
    }
  });
});

test('ranks of service principals have no gap and aliases are no principals', () => {
  const ranks = servicePrincipals().flatMap((each) => each.rank ?? []);
  expect(ranks).toEqual(ranks.map((_, index) => index + 1));
  const labels = new Set(servicePrincipals().map((each) => each.id.replace('.amazonaws.com', '')));
  const aliases = servicePrincipals().flatMap((each) => each.aliases ?? []);
  expect(aliases.filter((alias) => labels.has(alias))).toEqual([]);
  expect(new Set(aliases).size).toBe(aliases.length);
});
