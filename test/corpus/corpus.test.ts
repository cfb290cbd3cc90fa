/**
 * Real policies with the labels of a careful reviewer. The sample lies beside the repository, where it is at all; the
 * rules are made from what AWS documents, and held against it here.
 */
import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { look } from '../harness/look.ts';
import labels from './labels.json' with { type: 'json' };

const folder = '../shared/corpus';

interface Item {
  readonly file: string;
  readonly source: string;
  readonly host: string;
  readonly what: string;
  readonly mustFlag: readonly string[];
  readonly mustNotFlag: readonly string[];
  readonly 'none-above-info': boolean;
  readonly debatable: readonly string[];
}

/** The rules that speak for a label: one of them has to, or none of them may. */
const rulesFor = (label: string): readonly string[] => {
  const known: Readonly<Record<string, readonly string[]>> = labels.rules;
  return known[label] ?? [];
};

const index = join(folder, 'index.json');
const items: readonly Item[] = existsSync(index)
  ? (JSON.parse(readFileSync(index, 'utf8')) as { readonly policies: readonly Item[] }).policies
  : [];

const languages: Readonly<Record<string, string>> = { '.json': 'json', '.yaml': 'yaml', '.tf': 'terraform' };

/** The name that the file had where it was found: people's names for their files are part of the evidence. */
const originalName = ({ source, file }: Item): string => {
  const name = basename(source);
  return name.endsWith('.json') ? name : basename(file);
};

it('has a sample, or says that there is none', () => {
  if (items.length === 0) console.log(`No corpus at ${folder}: its labels were not checked.`);
  expect(items.length === 0 || items.length > 50).toBe(true);
});

describe.each(items.filter(({ file }) => labels.hosts.includes(file.split('/')[0] ?? '')))(
  '$file ($what)',
  (item) => {
    const text = readFileSync(join(folder, item.file), 'utf8');
    const language = languages[item.file.slice(item.file.lastIndexOf('.'))] ?? 'json';
    const { findings } = look({ text, language, file: originalName(item) });
    const shown = new Set<string>(findings.map(({ rule }) => rule));
    const describeAll = findings.map(({ rule, severity, message }) => `${severity} ${rule}: ${message}`);

    it('flags what it must', () => {
      const missed = item.mustFlag.filter(
        (label) => rulesFor(label).length > 0 && !rulesFor(label).some((rule) => shown.has(rule)),
      );
      expect(missed, describeAll.join('\n')).toEqual([]);
    });

    it('raises no false alarm', () => {
      const alarms = item.mustNotFlag.flatMap(rulesFor).filter((rule) => shown.has(rule));
      expect(alarms).toEqual([]);
      if (!item['none-above-info']) return;
      const allowed = new Set(item.debatable.flatMap(rulesFor));
      const loud = findings.filter(
        ({ rule, severity }) => (severity === 'error' || severity === 'warning') && !allowed.has(rule),
      );
      expect(loud.map(({ rule, message }) => `${rule}: ${message}`)).toEqual([]);
    });
  },
);
