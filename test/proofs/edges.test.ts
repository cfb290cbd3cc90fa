/**
 * Policies at the edges of rules, and all that is said of them, in `edges.txt`. Where a rule changes what it says, the new findings
 * are written there once somebody has read them: `EDGES=write npx vitest run test/proofs/edges`.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { look } from '../harness/look.ts';

const file = 'test/proofs/edges.txt';
const [head = '', ...entries] = readFileSync(file, 'utf8').split(/^# /mu);

const policies = entries.map((entry) => {
  const [what = '', ...lines] = entry.trimEnd().split('\n');
  return {
    what,
    statements: lines.filter((line) => !line.startsWith('> ')),
    said: lines.filter((line) => line.startsWith('> ')),
  };
});

/** What is said of some statements: severity, rule, where, and the titles of fixes. */
function saidOf(statements: readonly string[]): readonly string[] {
  const text = `{"Version":"2012-10-17","Statement":[${statements.join(',')}]}`;
  const settings = { today: '2026-11-29', trustedAccounts: ['111122223333'] };
  return look({ text, language: 'json', settings }).findings.map(({ severity, rule, span, fixes }) => {
    const titles = fixes.map(({ title }) => title).join(' / ');
    return `> ${severity} ${rule} at ${text.slice(span.start, span.end)}${titles === '' ? '' : `: ${titles}`}`;
  });
}

if (process.env['EDGES'] === 'write') {
  const written = policies.map(({ what, statements }) =>
    [`# ${what}`, ...statements, ...saidOf(statements), '\n'].join('\n'),
  );
  writeFileSync(file, `${head}${written.join('').trimEnd()}\n`);
}

it('are many', () => {
  expect(policies.length).toBeGreaterThan(400);
});

it.each(policies)('$what', ({ statements, said }) => {
  expect(saidOf(statements)).toEqual(said);
});
