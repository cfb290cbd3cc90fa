/**
 * No edit damages what the user wrote: every fix and insertion that is offered in the documents of the corpus, where there is
 * one, and in examples of every host with comments, anchors and account ids that begin with a zero.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isAlias, parseAllDocuments, visit } from 'yaml';
import {
  applyEdits,
  type Document,
  editsFor,
  type Finding,
  type Fix,
  insertions,
  type TextEdit,
} from '#engine';
import { insertAt, sitesIn } from '../../engine/src/features/insert.ts';
import { defaultSettings } from '../../engine/src/settings.ts';
import { overlap } from '../../engine/src/text/edit.ts';
import { endOfLine } from '../../engine/src/syntax/hcl-template.ts';
import { covers, type Span } from '../../engine/src/text/span.ts';
import { descendants, memberOf, plainValue } from '../../engine/src/tree/walk.ts';
import { read, type Text } from '../insertions/each.ts';
import { sources } from '../insertions/sources.ts';
import { commented } from '../harness/commented.ts';
import { exampleRandom, look } from '../harness/look.ts';
import { readMarks } from '../harness/marks.ts';
import { readPages } from '../harness/pages.ts';
import { transcripts } from '../harness/transcribe.ts';
import documents from './documents.json' with { type: 'json' };

interface Named extends Text {
  readonly name: string;
}

const folder = '../shared/corpus';
const languages: Readonly<Record<string, string>> = { json: 'json', yaml: 'yaml', tf: 'terraform' };
const corpus = ['json', 'cloudformation', 'terraform'].flatMap((host) =>
  (existsSync(join(folder, host)) ? readdirSync(join(folder, host)) : []).map((file): Named => {
    const text = readFileSync(join(folder, host, file), 'utf8');
    return { name: `${host}/${file}`, file, language: languages[file.split('.').at(-1) ?? ''] ?? '', text };
  }),
);

/** One example of each of some pages, in all hosts. */
const transcribed = readPages()
  .filter((_, index) => index % 9 === 4)
  .flatMap(({ id, fails: [first] }) => {
    if (first?.fence.language !== 'json') return [];
    const { document } = look({ ...first.fence, text: readMarks(first.fence.text).text });
    const value = document.regions[0] && plainValue(document.regions[0].node);
    const isWhole = document.whole && document.tree.problems.length === 0;
    return isWhole && value !== undefined
      ? transcripts(value).map((each) => ({ ...each, name: `${id}: ${each.name}` }))
      : [];
  });

const own = Object.entries(sources).map(([name, source]): Named => ({ name, ...source }));
const odd = documents.flatMap(({ name, lines, ...rest }): readonly Named[] => [
  { ...rest, name, text: lines.join('\n') },
  { ...rest, name: `${name}, CRLF`, text: lines.join('\r\n') },
]);
const withNotes = [...own, ...transcribed].map((each): Named => ({ ...each, ...commented(each) }));

/** Edits that are offered, and the elements that they are meant to take away or to write anew. */
interface Offer {
  readonly title: string;
  readonly edits: readonly TextEdit[];
  readonly targets: readonly Span[];
}

function* offersIn(document: Document, findings: readonly Finding[]): Generator<Offer> {
  for (const { region, fixes, span, rule } of findings)
    for (const fix of fixes) {
      const edits = editsFor(fix, region, document, exampleRandom);
      if (edits)
        yield {
          title: `${rule}: ${fix.title}`,
          edits,
          targets: fix.edits ? [span] : targetsOf(fix).map((each) => blockOf(each, document)),
        };
    }
  for (const site of sitesIn(document))
    for (const insertion of insertions) {
      const made = insertAt(insertion, site, document, defaultSettings, exampleRandom);
      if (made.kind === 'edits') yield { title: insertion.id, edits: made.edits, targets: [] };
    }
}

const targetsOf = ({ changes }: Fix): readonly Span[] =>
  changes.flatMap((change) => {
    if (change.kind === 'remove' || change.kind === 'replace') return [change.node.span];
    if (change.kind === 'rename') return [change.member.key.span];
    return change.kind === 'set' ? (memberOf(change.object, change.key)?.span ?? []) : [];
  });

/** In a policy document, what goes away is a block: the innermost that holds the element. */
function blockOf(element: Span, { tree, language }: Document): Span {
  if (language !== 'hcl' || tree.root === undefined) return element;
  const members = [...descendants(tree.root)].flatMap((node) => (node.kind === 'object' ? node.members : []));
  const around = members.filter(({ span }) => covers(span, element));
  const innermost = around.at(-1);
  return innermost && innermost.slot === undefined ? innermost.span : element;
}

const faultsIn = ({ tree, regions }: Document): number =>
  [...tree.problems, ...regions.flatMap(({ problems = [] }) => problems)].filter(
    ({ kind }) => kind === 'syntax',
  ).length;

/** The comments that are there no more. */
function lostComments(before: Document, after: Document): readonly Span[] {
  const textsOf = ({ tree, source }: Document) =>
    tree.comments.map(({ start, end }) => source.text.slice(start, end));
  const kept = textsOf(after);
  return before.tree.comments.filter(({ start, end }) => {
    const at = kept.indexOf(before.source.text.slice(start, end));
    if (at >= 0) kept.splice(at, 1);
    return at < 0;
  });
}

/** Whether a comment belongs to an element: it stands in it, or behind it on its last line. */
const belongsTo = (comment: Span, element: Span, text: string): boolean =>
  comment.start >= element.start && comment.end <= endOfLine(text, element.end);

/** Names that are defined and names that are used, where the document is YAML. */
function anchorsIn({ source, language }: Document): {
  readonly anchors: readonly string[];
  readonly broken: number;
} {
  const anchors: string[] = [];
  let broken = 0;
  if (language === 'yaml')
    for (const document of parseAllDocuments(source.text, { logLevel: 'silent' }))
      visit(document, {
        Node: (_, node) => {
          if (!isAlias(node) && node.anchor !== undefined) anchors.push(node.anchor);
          if (isAlias(node) && node.resolve(document) === undefined) broken++;
        },
      });
  return { anchors, broken };
}

/** Account ids that begin with a zero, and numbers that are like one that has lost it. */
const zeros = (text: string): readonly string[] =>
  [...text.matchAll(/(?<!\d)0\d{11}(?!\d)/g)].map(([id]) => id);

function check(source: Named): number {
  const { document, findings } = look(source);
  const { text } = source;
  const { anchors, broken } = anchorsIn(document);
  let offers = 0;
  for (const { title, edits, targets } of offersIn(document, findings)) {
    offers++;
    const after = read({ ...source, text: applyEdits(text, edits) });
    const told = `${title} in ${source.name}:\n${text}\nmade\n${after.source.text}`;
    expect(overlap(edits), told).toBe(false);
    expect(faultsIn(after), told).toBeLessThanOrEqual(faultsIn(document));
    const lost = lostComments(document, after);
    const unmeant = lost.filter((comment) => !targets.some((target) => belongsTo(comment, target, text)));
    expect(
      unmeant.map(({ start, end }) => text.slice(start, end)),
      told,
    ).toEqual([]);
    const now = anchorsIn(after);
    expect(now.broken, told).toBeLessThanOrEqual(broken);
    expect(
      anchors.filter((name) => !now.anchors.includes(name)),
      told,
    ).toEqual([]);
    for (const id of zeros(text)) {
      const bare = new RegExp(`(?<!\\d)${id.slice(1)}(?!\\d)`);
      expect(bare.test(after.source.text) && !bare.test(text), told).toBe(false);
    }
  }
  return offers;
}

describe('edits keep what they do not mean', () => {
  const together = (texts: readonly Named[]): number => texts.reduce((sum, each) => sum + check(each), 0);

  it('in the corpus, where there is one', () => {
    expect(together(corpus) > 0).toBe(corpus.length > 0);
  }, 60_000);

  it.each(odd)('in $name', (each) => {
    expect(check(each)).toBeGreaterThan(0);
  });

  it.each(own)('in $name', (each) => {
    expect(check(each)).toBeGreaterThan(0);
  });

  it('in every host, with a comment behind every line', () => {
    expect(withNotes.filter(({ text }) => text.includes(' note 2;')).length).toBeGreaterThan(100);
    expect(together(withNotes)).toBeGreaterThan(1000);
  }, 60_000);
});
