/**
 * Runs the feature pages beside this file. A page gives a text with the cursor `<|>` and says, for each `When`, what is
 * to be seen: a list, a text after a choice, a hover or an outline. `vitest -u` writes down what is seen instead.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import {
  completeAt,
  foldsOf,
  hintsOf,
  linksOf,
  selectionAt,
  type Completion,
  explainRegion,
  explanationText,
  hoverAt,
  lensesOf,
  type PolicySymbol,
  readDocument,
  settingsFrom,
  symbolsOf,
  unknownWorkspace,
  type Workspace,
} from '#engine';
import { applyWithStops, readCursor } from '../harness/cursor.ts';

const folder = 'test/features';
const pages = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
  name.endsWith('.md'),
);

it('there are pages', () => {
  expect(pages.length).toBeGreaterThan(5);
});

it.each(pages.sort())('%s', async (name) => {
  const path = join(folder, name);
  const { text, steps } = run(readFileSync(path, 'utf8'));
  expect(steps).toBeGreaterThan(0);
  await expect(text).toMatchFileSnapshot(resolve(path));
});

/** What a fence without `When` gives: the text that the following steps look at. */
interface Given {
  readonly marked: string;
  readonly language: string;
  readonly settings: unknown;
  readonly workspace: Workspace;
}

/** The page with each expected fence filled with what is seen. */
function run(page: string): { readonly text: string; readonly steps: number } {
  const output: string[] = [];
  let given: Given | undefined;
  let when: string | undefined;
  let fence: { readonly info: string; readonly lines: string[] } | undefined;
  let steps = 0;
  for (const line of page.split('\n')) {
    if (fence && line !== '```') {
      fence.lines.push(line);
      continue;
    }
    if (fence) {
      if (when === undefined) {
        given = givenBy(fence.info, fence.lines);
        output.push(...fence.lines);
      } else {
        if (!given) throw new Error(`Nothing is given before "${when}".`);
        output.push(...see(when, given).split('\n'));
        steps++;
      }
      fence = undefined;
      when = undefined;
    } else if (line.startsWith('```')) fence = { info: line.slice(3), lines: [] };
    else if (line.startsWith('When ')) when = line.slice(5);
    output.push(line);
  }
  return { text: output.join('\n'), steps };
}

function givenBy(info: string, lines: readonly string[]): Given {
  const [, name, json = '{}'] = / (settings|workspace)=(\{.*\})$/.exec(info) ?? [];
  const given = JSON.parse(json) as object;
  const workspace = name === 'workspace' ? { ...unknownWorkspace, ...given } : unknownWorkspace;
  const settings = name === 'settings' ? given : {};
  return { marked: lines.join('\n'), language: info.split(' ')[0] ?? '', settings, workspace };
}

function see(when: string, { marked, language, settings, workspace }: Given): string {
  if (when === 'I look at the outline:') return outline(readAs(marked, language), marked);
  if (when === 'I ask who can assume the roles:') return callers(readAs(marked, language), marked);
  if (when === 'I look at the hints:') return hints(readAs(marked, language), marked, settings);
  if (when === 'I look at the links:') return links(readAs(marked, language), marked);
  if (when === 'I look at the folds:') return folds(readAs(marked, language), marked);
  const { text, offset } = readCursor(marked);
  const document = readAs(text, language);
  if (when === 'I widen the selection:') {
    const chain = selectionAt(document, offset) ?? [];
    return listed(chain.map(({ start, end }) => JSON.stringify(text.slice(start, end))));
  }
  if (when === 'I hover:') {
    const hover = hoverAt(document, offset, settingsFrom(settings));
    return hover
      ? `${JSON.stringify(text.slice(hover.span.start, hover.span.end))}\n\n${hover.markdown}`
      : '(none)';
  }
  const completions = completeAt(document, offset, settingsFrom(settings), workspace);
  const chosen = /^I choose `(.*)`:$/.exec(when)?.[1];
  if (chosen !== undefined) return choose(completions, chosen, text);
  const first = /^I complete, first (\d+):$/.exec(when)?.[1];
  if (first === undefined && when !== 'I complete:') throw new Error(`No such step: ${when}`);
  const shown = completions.slice(0, first === undefined ? undefined : Number(first)).map(lineOf);
  return shown.length > 0 ? shown.join('\n') : '(none)';
}

const readAs = (text: string, language: string): ReturnType<typeof readDocument> =>
  readDocument({ uri: `file:///trust-policy.${language}`, languageId: language, text });

const listed = (lines: readonly string[]): string => (lines.length > 0 ? lines.join('\n') : '(none)');

const hints = (document: ReturnType<typeof readDocument>, text: string, settings: unknown): string =>
  listed(
    hintsOf(document, { start: 0, end: text.length }, settingsFrom(settings)).map(
      ({ offset, label, tooltip }) =>
        `${text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset).trim()} ← ${label} (${tooltip})`,
    ),
  );

const links = (document: ReturnType<typeof readDocument>, text: string): string =>
  listed(
    linksOf(document).map(
      ({ span, url, tooltip }) => `${text.slice(span.start, span.end)} → ${url} (${tooltip})`,
    ),
  );

const folds = (document: ReturnType<typeof readDocument>, text: string): string =>
  listed((foldsOf(document) ?? []).map(({ start, end }) => `${lineAt(text, start)} … ${lineAt(text, end)}`));

const lineAt = (text: string, offset: number): string =>
  text.slice(text.lastIndexOf('\n', offset - 1) + 1, (text + '\n').indexOf('\n', offset)).trim();

/** A line of the list; an ellipsis where the choice leads to more suggestions. */
const lineOf = ({ label, detail, retrigger }: Completion): string =>
  `${label}${detail === undefined ? '' : ` · ${detail}`}${retrigger ? ' …' : ''}`;

/** What stands above each policy, and its explanation. */
function callers(document: ReturnType<typeof readDocument>, text: string): string {
  const lenses = lensesOf(document).map(({ title, span, region }) => {
    const line = text.slice(0, span.start).split('\n').length;
    const found = document.regions[region];
    return `Line ${line}: ${title}\n\n${found ? explanationText(explainRegion(found)) : ''}`;
  });
  return lenses.length > 0 ? lenses.join('\n\n') : '(none)';
}

function choose(completions: readonly Completion[], label: string, text: string): string {
  const completion = completions.find((each) => each.label === label);
  return completion ? applyWithStops(text, completion.edits) : '(not offered)';
}

function outline(document: ReturnType<typeof readDocument>, text: string): string {
  const linesOf = (symbol: PolicySymbol, indent: string): readonly string[] => [
    `${indent}${symbol.name}${symbol.detail === undefined ? '' : ` · ${symbol.detail}`} → ${text.slice(symbol.selection.start, symbol.selection.end)}`,
    ...symbol.children.flatMap((child) => linesOf(child, `${indent}  `)),
  ];
  const lines = symbolsOf(document).flatMap((symbol) => linesOf(symbol, ''));
  return lines.length > 0 ? lines.join('\n') : '(none)';
}
