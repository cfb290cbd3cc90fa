/** Runs every rule page: what it says fails, fails as marked; what it says passes, passes; its fixes do what they say. */
import { describe, expect, it } from 'vitest';
import { ruleIds } from './ids.gen.ts';
import { fixedTexts, look } from '../../../test/harness/look.ts';
import { onFirstLine, readMarks } from '../../../test/harness/marks.ts';
import { type Failing, readPages } from '../../../test/harness/pages.ts';
import { proseFaults } from '../../../test/harness/prose.ts';
import type { Finding } from '../index.ts';

const headings = ['Why', 'Fails', 'Passes', 'When to turn it off', 'References'];
const pages = readPages();

it('every rule has a page and every page a rule', () => {
  expect(pages.map(({ id }) => id).sort()).toEqual([...ruleIds].sort());
});

describe.each(pages)('$id', ({ id, title, headings: found, fails, passes }) => {
  it('has the usual parts', () => {
    expect(title).toBe(id);
    expect(found).toEqual(headings);
    expect(fails.length).toBeGreaterThan(0);
    expect(passes.length).toBeGreaterThan(0);
  });

  it.each(fails.map((failing, index) => ({ failing, index })))(
    'fails as marked (example $index)',
    ({ failing }) => {
      const { text, marks } = readMarks(failing.fence.text);
      const { document, findings } = look({ ...failing.fence, text });
      expect(own(findings, id).flatMap(proseFaults)).toEqual([]);
      const shown = own(findings, id).map((finding) => ({
        span: onFirstLine(text, finding.span),
        severity: finding.severity,
        fixable: fixedTexts(finding, document).size > 0,
      }));
      expect(shown.map((mark) => describeMark(text, mark))).toEqual(
        marks.map((mark) => describeMark(text, mark)),
      );
    },
  );

  const fixes = fails.flatMap((failing, index) =>
    failing.fixes.map((fix) => ({ failing, index, fix, title: fix.title })),
  );
  if (fixes.length > 0) {
    it.each(fixes)('fix "$title" (example $index)', ({ failing, fix }) => {
      checkFix(id, failing, fix);
    });
  }

  it.each(passes.map((fence, index) => ({ fence, index })))('passes (example $index)', ({ fence }) => {
    const { findings } = look(fence);
    const loud = findings.filter(
      ({ rule, severity }) => rule === id || severity === 'error' || severity === 'warning',
    );
    expect(loud.map(({ rule, message }) => `${rule}: ${message}`)).toEqual([]);
  });
});

const own = (findings: readonly Finding[], id: string): readonly Finding[] =>
  findings.filter(({ rule }) => rule === id);

const describeMark = (
  text: string,
  mark: {
    readonly span: { readonly start: number; readonly end: number };
    readonly severity: string;
    readonly fixable: boolean;
  },
): string =>
  `${String(mark.span.start)} ${JSON.stringify(text.slice(mark.span.start, mark.span.end))} ${mark.severity}${mark.fixable ? ' 💡' : ''}`;

/** A fix leads to the text of the next fence, the finding is gone, nothing new is wrong, and it is not offered again. */
function checkFix(id: string, failing: Failing, fix: Failing['fixes'][number]): void {
  const { text } = readMarks(failing.fence.text);
  const before = look({ ...failing.fence, text });
  const results = own(before.findings, id).flatMap(
    (finding) => fixedTexts(finding, before.document).get(fix.title)?.text ?? [],
  );
  const afterText = readMarks(fix.after).text;
  expect(results.length, `"${fix.title}" is offered`).toBeGreaterThan(0);
  expect(results).toContain(afterText);
  const after = look({ ...failing.fence, text: afterText });
  expect(own(after.findings, id).length).toBeLessThan(own(before.findings, id).length);
  const known = new Set(before.findings.map(({ rule }) => rule));
  const added = after.findings.filter(
    ({ rule, severity }) => !known.has(rule) && (severity === 'error' || severity === 'warning'),
  );
  expect(added.map(({ rule, message }) => `${rule}: ${message}`)).toEqual([]);
}
