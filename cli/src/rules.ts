/** `rules` and `explain-rule`: what is known of the rules, from their pages beside the bundle. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { pageUrl, ruleInfo, rules } from '#engine';
import type { Format } from './options.ts';
import { Misuse } from './usage.ts';

interface RulePage {
  readonly id: string;
  readonly text: string;
}

/** The pages that the build has laid beside the bundle, as Markdown by rule id. */
export function rulePages(): ReadonlyMap<string, string> {
  const file = readFileSync(path.join(__dirname, 'rules.json'), 'utf8');
  const pages = JSON.parse(file) as readonly RulePage[];
  return new Map(pages.map(({ id, text }) => [id, text]));
}

/** A page that shows what a fix leads to is the page of a rule that has fixes. */
const isFixable = (page: string): boolean => page.includes('\n→ fix "');

/** All rules by id. */
export function listRules(format: Format): string {
  const pages = rulePages();
  const listed = rules
    .map(({ id, category, severity }) => ({
      id,
      category,
      severity,
      title: ruleInfo(id).summary,
      fixable: isFixable(pages.get(id) ?? ''),
      url: pageUrl(id),
    }))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  if (format === 'json') return JSON.stringify({ rules: listed }, undefined, 2);
  const lines = listed.map(
    ({ id, severity, title, fixable }) =>
      `${id.padEnd(36)} ${severity.padEnd(11)} ${fixable ? 'fix' : '   '}  ${title}`,
  );
  return [...lines, '', `${String(listed.length)} rules.`].join('\n');
}

/** The page of a rule. @throws Misuse where there is no such rule */
export function explainRule(id: string): string {
  if (!rules.some((rule) => rule.id === id))
    throw new Misuse(`There is no rule "${id}": see "trust-policy rules".`);
  return (rulePages().get(id) ?? '').trimEnd();
}
