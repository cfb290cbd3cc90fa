/** Rule pages as data: headings, fences, and the fixes that lead from one fence to the next. */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

export interface Fence {
  /** Language and, behind it, `file=NAME` and `settings=JSON` where the example needs them. */
  readonly language: string;
  readonly file?: string;
  readonly settings: unknown;
  readonly text: string;
}

export interface Failing {
  readonly fence: Fence;
  readonly fixes: readonly { readonly title: string; readonly after: string }[];
}

export interface Page {
  readonly id: string;
  readonly path: string;
  readonly title: string;
  readonly headings: readonly string[];
  readonly fails: readonly Failing[];
  readonly passes: readonly Fence[];
}

const folder = 'engine/src/rules';

/** Every page that lies beside a rule. */
export function readPages(): readonly Page[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .sort()
    .map((name) => readPage(join(folder, name)));
}

interface Block {
  readonly heading: string;
  readonly fix?: string;
  readonly fence: Fence;
}

function readPage(path: string): Page {
  const text = readFileSync(path, 'utf8');
  const headings: string[] = [];
  const blocks: Block[] = [];
  let title = '';
  let fix: string | undefined;
  let open: { readonly info: string; readonly lines: string[] } | undefined;
  for (const line of text.split('\n')) {
    if (open && line === '```') {
      const block = { heading: headings.at(-1) ?? '', fence: fenceOf(open.info, open.lines) };
      blocks.push(fix === undefined ? block : { ...block, fix });
      open = undefined;
      fix = undefined;
    } else if (open) open.lines.push(line);
    else if (line.startsWith('```')) open = { info: line.slice(3), lines: [] };
    else if (line.startsWith('# ')) title = line.slice(2);
    else if (line.startsWith('## ')) headings.push(line.slice(3));
    else if (line.startsWith('→ fix "')) fix = line.slice(7, line.lastIndexOf('"'));
  }
  const failing = blocks.filter(({ heading }) => heading === 'Fails');
  const passes = blocks.filter(({ heading }) => heading === 'Passes').map(({ fence }) => fence);
  return { id: basename(path, '.md'), path, title, headings, fails: failingOf(failing), passes };
}

function failingOf(blocks: readonly Block[]): readonly Failing[] {
  const failing: { fence: Fence; fixes: { title: string; after: string }[] }[] = [];
  for (const { fix, fence } of blocks) {
    if (fix === undefined) failing.push({ fence, fixes: [] });
    else failing.at(-1)?.fixes.push({ title: fix, after: fence.text });
  }
  return failing;
}

function fenceOf(info: string, lines: readonly string[]): Fence {
  const [language = '', ...rest] = info.split(' ');
  const meta = rest.join(' ');
  const file = /\bfile=(\S+)/.exec(meta)?.[1];
  const settings: unknown = JSON.parse(/\bsettings=(\{.*\})$/.exec(meta)?.[1] ?? '{}');
  return { language, settings, text: lines.join('\n'), ...(file !== undefined && { file }) };
}
