/**
 * Our reader of HCL against the parser that HashiCorp publishes: what that accepts has no fault for us and the same
 * structure, and what it refuses has one. Where they differ is written down with its reason in `hcl.json`.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { printTemplate, templates } from '#engine';
import { readHcl } from '../../engine/src/syntax/hcl-read.ts';
import type { Node, ObjectNode, Tree } from '../../engine/src/tree/tree.ts';
import { descendants, plainValue } from '../../engine/src/tree/walk.ts';
import { normal, ownReading, ownValue, publishedReading } from '../harness/hcl-oracle.ts';
import { look } from '../harness/look.ts';
import { readMarks } from '../harness/marks.ts';
import { readPages } from '../harness/pages.ts';
import { transcripts } from '../harness/transcribe.ts';
import known from './hcl.json' with { type: 'json' };

const folder = '../shared/corpus/terraform';
const corpus = existsSync(folder)
  ? readdirSync(folder).map((name) => ({ name, text: readFileSync(join(folder, name), 'utf8') }))
  : [];

/** Every policy of the pages that is plain JSON, one of each rule. */
const policies = readPages().flatMap(({ fails: [first] }) => {
  if (first?.fence.language !== 'json') return [];
  const { document } = look({ ...first.fence, text: readMarks(first.fence.text).text });
  const value = document.regions[0] && plainValue(document.regions[0].node);
  return document.whole && value !== undefined && document.tree.problems.length === 0 ? [value] : [];
});

const transcribed = policies.flatMap((policy) =>
  transcripts(policy).filter(({ language }) => language === 'terraform'),
);
const printed = templates().flatMap((template) =>
  (['terraform-jsonencode', 'terraform-policy-document'] as const).map((host) => ({
    name: `${template.name} as ${host}`,
    text: printTemplate(template, host).text,
  })),
);
const examples = readPages().flatMap(({ id, fails, passes }) =>
  [...fails.map(({ fence }) => fence), ...passes]
    .filter(({ language }) => language === 'terraform')
    .map(({ text }) => ({ name: id, text: readMarks(text).text })),
);

const faultsIn = ({ problems }: Tree): readonly string[] =>
  problems.filter(({ kind }) => kind === 'syntax').map(({ message }) => message);

const isObject = (node: Node | undefined): node is ObjectNode => node?.kind === 'object';

/** The values that are written in calls and choices: they are no part of the tree. */
function* operandsIn(root: Node): Generator<Node> {
  for (const node of descendants(root))
    for (const operand of node.kind === 'opaque' ? (node.operands ?? []) : []) {
      yield operand;
      yield* operandsIn(operand);
    }
}

/**
 * How our reading of a text differs from the published one; nothing where they agree.
 * @param isSlip what is written down of slips does not count
 */
async function differenceIn(text: string, isSlip = false): Promise<string | undefined> {
  const own = readHcl(text);
  const faults = faultsIn(own);
  const published = await publishedReading(text);
  if ('why' in published)
    return faults.length > 0 || (isSlip && isPassedOver(own, published))
      ? undefined
      : `not refused: ${published.why}`;
  if (isSlip && known.slips.refused.some(({ fault }) => faults.includes(fault))) return undefined;
  if (faults.length > 0) return `refused: ${faults.join(', ')}`;
  if (!isObject(own.root)) return 'no root';
  const [ours, theirs] = [ownReading(own.root, text), published.value].map((value) => JSON.stringify(value));
  if (ours !== theirs) return `read otherwise:\n${ours ?? ''}\n${theirs ?? ''}`;
  for (const operand of operandsIn(own.root)) {
    const source = text.slice(operand.span.start, operand.span.end);
    const isWhole = operand.kind === 'object' || operand.kind === 'array' || operand.kind === 'string';
    if (!isWhole || !'{["'.includes(source.charAt(0))) continue;
    const inner = await publishedReading(`x = ${source}\n`);
    const value = 'value' in inner ? JSON.stringify(inner.value) : inner.why;
    const expected = JSON.stringify({ x: normal(ownValue(operand, text)) });
    if (value !== expected) return `read otherwise inside of an expression:\n${expected}\n${value}`;
  }
  return undefined;
}

/** Whether a text is refused for something that our reader passes over, for a reason that is written down. */
function isPassedOver(
  { root }: Tree,
  { why, offset }: { readonly why: string; readonly offset: number },
): boolean {
  if (known.slips.passedOver.some(({ error }) => why.includes(error))) return true;
  const all = root ? [...descendants(root)].flatMap((node) => [node, ...operandsIn(node)]) : [];
  return all.some((node) => holdsExpression(node) && node.span.start < offset && offset <= node.span.end);
}

/** A text with an expression in it, which is taken as it is. */
const holdsExpression = (node: Node): boolean =>
  (node.kind === 'string' && node.parts.some((part) => typeof part !== 'string')) ||
  (node.kind === 'opaque' && node.text.includes('${'));

async function differencesIn(
  texts: readonly { readonly name: string; readonly text: string }[],
  isSlip = false,
): Promise<readonly string[]> {
  const found: string[] = [];
  for (const { name, text } of texts) {
    const difference = await differenceIn(text, isSlip);
    if (difference !== undefined) found.push(`${name}: ${difference}\n${text}`);
  }
  return found;
}

describe('is read as published', () => {
  it('the corpus, where there is one', async () => {
    expect(await differencesIn(corpus)).toEqual([]);
  });

  it('policies of the pages, transcribed', async () => {
    expect(transcribed.length).toBeGreaterThan(500);
    expect(await differencesIn(transcribed)).toEqual([]);
  }, 60_000);

  it('examples of the pages', async () => {
    expect(examples.length).toBeGreaterThan(5);
    expect(await differencesIn(examples)).toEqual([]);
  });

  it('templates', async () => {
    expect(await differencesIn(printed)).toEqual([]);
  });

  it('forms of the language', async () => {
    expect(await differencesIn(known.forms.map((text) => ({ name: 'form', text })))).toEqual([]);
  });

  it.each(known.differences)('but for $text: $reason', async ({ text, says }) => {
    expect((await differenceIn(text)) ?? '').toContain(says);
  });
});

/** What people mistype: a sign too many, one too few, or the rest is not there yet. */
const signs = [
  ...['{', '}', '[', ']', '(', ')', '"', ',', '=', ':', '\n', '$', '${', '%{', '.', '?', '#', '\\', "'", ' '],
  ...['<<EOT\n', '*', '-', '=>', 'a', '1', 'in', ' for '],
];
const seeds = [...corpus, ...printed, ...examples].map(({ text }) => text);
const mistyped = fc
  .tuple(fc.constantFrom(...seeds), fc.nat(), fc.constantFrom('', ...signs), fc.constantFrom(0, 0, 1, 5_000))
  .map(([text, place, added, removed]) => {
    const at = place % (text.length + 1);
    return text.slice(0, at) + added + text.slice(at + removed);
  });

it('is refused as published, after a slip anywhere', async () => {
  const texts = fc.sample(mistyped, { numRuns: 1500, seed: 20 });
  const refused = texts.filter((text) => faultsIn(readHcl(text)).length > 0).length;
  expect(refused).toBeGreaterThan(500);
  expect(
    await differencesIn(
      texts.map((text) => ({ name: 'slip', text })),
      true,
    ),
  ).toEqual([]);
}, 60_000);
