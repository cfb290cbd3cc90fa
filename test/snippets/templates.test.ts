/** Every template, printed for every host, is a document that reads back as the template and gives nothing to complain about. */
import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { printTemplate, stopsOf, type TemplateHost, templateHosts, templates } from '#engine';
import { knownAccount } from '../../engine/src/catalog/catalog.ts';
import { policyOf } from '../../engine/src/features/templates/policy.ts';
import { leftOverIn } from '../../engine/src/policy/left-over.ts';
import { fillMarks } from '../../engine/src/tree/change.ts';
import { type JsonValue, plainValue } from '../../engine/src/tree/walk.ts';
import { look } from '../harness/look.ts';
import { unformattedLines } from './terraform-format.ts';

const schemaOf = (path: string): object => JSON.parse(readFileSync(path, 'utf8')) as object;
const ajv = new Ajv({ strict: true, strictRequired: false, strictTypes: false, allErrors: true });
ajv.addVocabulary(['x-url', 'enumDescriptions']);
const isSource = ajv.compile(schemaOf('schemas/templates.schema.json'));
const isPolicy = ajv.compile(schemaOf('schemas/trust-policy.schema.json'));

const all = templates().map((template) => [template.name, template] as const);

/** What a document of a host is called, so that it is taken for what it is. */
const files: Readonly<Record<TemplateHost, { readonly file: string; readonly language: string }>> = {
  json: { file: 'trust-policy.json', language: 'json' },
  'cloudformation-yaml': { file: 'template.yaml', language: 'yaml' },
  'cloudformation-json': { file: 'template.json', language: 'json' },
  'terraform-jsonencode': { file: 'roles.tf', language: 'terraform' },
  'terraform-policy-document': { file: 'roles.tf', language: 'terraform' },
};

describe('the source', () => {
  it('follows its schema', () => {
    isSource(JSON.parse(readFileSync('snippets/templates.json', 'utf8')));
    expect(isSource.errors).toBeNull();
  });

  it('has more than forty templates, each family in one place', () => {
    expect(all.length).toBeGreaterThanOrEqual(40);
    const families = templates().map(({ family }) => family);
    const runs = families.filter((family, index) => family !== families[index - 1]);
    expect(runs).toEqual([...new Set(families)]);
  });

  it('has no name, title or prefix twice', () => {
    for (const texts of [
      templates().map(({ name }) => name),
      templates().map(({ family, title }) => `${family}: ${title}`),
      templates().flatMap(({ prefixes }) => prefixes),
    ])
      expect(new Set(texts).size).toBe(texts.length);
  });

  it('defines the places that it uses, and no others', () => {
    const { stops } = JSON.parse(readFileSync('snippets/templates.json', 'utf8')) as { stops: object };
    const used = templates().flatMap((template) => stopsOf(template).map(({ name }) => name));
    expect([...new Set(used)].sort()).toEqual(Object.keys(stops).sort());
    const texts = templates().map((template) => JSON.stringify(template.statements));
    const named = texts.flatMap((text) => [...text.matchAll(/\$\{([^}:]+)\}/g)].map(([, name]) => name));
    expect([...new Set(named)].sort()).toEqual(Object.keys(stops).sort());
  });
});

describe.each(all)('%s', (_, template) => {
  const filled: unknown = JSON.parse(fillMarks(JSON.stringify(policyOf(template)), () => '').text);

  it('is found by what people type', () => {
    expect(template.prefixes.some((prefix) => prefix.startsWith('trust-'))).toBe(true);
    expect(template.prefixes.some((prefix) => prefix.startsWith('assume-'))).toBe(true);
  });

  it('tells its places apart by what they show, which is an example or a placeholder that is reported', () => {
    const shown = stopsOf(template).map((stop) => stop.default);
    expect(new Set(shown).size).toBe(shown.length);
    const written = look({ text: JSON.stringify(filled, undefined, 2), language: 'json' });
    const reported = written.findings.filter(({ rule }) => rule === 'placeholder-value');
    expect(reported).toHaveLength(shown.filter((text) => leftOverIn(text) !== undefined).length);
  });

  it('names accounts of examples, or of the vendor that the catalogue knows', () => {
    const accounts = JSON.stringify(filled).match(/(?<=::)\d{12}(?=:)/g) ?? [];
    const strange = accounts.filter((account) => !['111122223333', '444455556666'].includes(account));
    expect(strange.map((account) => knownAccount(account)?.name)).toEqual(strange.map(() => template.owner));
    expect(strange.length > 0).toBe(template.owner !== undefined);
  });

  it.each(templateHosts)('as %s reads back and gives no finding above a hint', (host) => {
    const { text, stops } = printTemplate(template, host);
    expect(text).toMatch(/^[^\uFDD0-\uFDEF]+\S\n$/u);
    expect(stops.length).toBeGreaterThanOrEqual(stopsOf(template).length);
    if (host.startsWith('terraform')) expect(unformattedLines(text)).toEqual([]);
    if (template.kind === 'identity') return;
    const { document, findings } = look({ text, ...files[host] });
    expect(document.tree.problems).toEqual([]);
    expect(document.regions).toHaveLength(1);
    const [region] = document.regions;
    const value = region && plainValue(region.node);
    expect(host === 'terraform-policy-document' ? singled(value) : value).toEqual(
      host === 'terraform-policy-document' ? singled(filled as JsonValue) : filled,
    );
    const loud = findings.filter(({ severity, rule }) => severity !== 'hint' && rule !== 'placeholder-value');
    expect(loud.map(({ rule }) => rule)).toEqual([]);
    isPolicy(filled);
    expect(isPolicy.errors).toBeNull();
  });
});

it('fills in what is known, in every host and as it has to be written there', () => {
  const [github] = templates().filter(({ name }) => name === 'github-branch');
  if (github === undefined) throw new Error('There is no such template.');
  for (const host of templateHosts) {
    const { text, stops } = printTemplate(github, host, { owner: 'a"${b}', branch: '*' });
    const { document } = look({ text, ...files[host] });
    const [region] = document.regions;
    expect(JSON.stringify(region && plainValue(region.node))).toContain(
      JSON.stringify('repo:a"${b}/octo-repo:ref:refs/heads/*').slice(1, -1),
    );
    expect(stops.map(({ start, end }) => text.slice(start, end))).toEqual(['111122223333', 'octo-repo']);
  }
});

/** A value in which a list of one is its item: Terraform writes no difference. */
function singled(value: JsonValue | undefined): unknown {
  if (Array.isArray(value)) return value.length === 1 ? singled(value[0] as JsonValue) : value.map(singled);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, singled(item)]));
}
