/** The rule pages as they ship: all in one file, which packs to a third of what they do one by one. */
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** Where rules and their pages are written. */
export const rulesFolder = 'engine/src/rules';

/** Writes `<dist>/rules.json`: id, summary and text of every page, by id. */
export async function writeRulePages(root: string, dist: string): Promise<void> {
  const source = path.join(root, rulesFolder);
  const files = (await readdir(source, { recursive: true })).filter((file) => file.endsWith('.md'));
  const pages = await Promise.all(
    files.map(async (file) => {
      const text = await readFile(path.join(source, file), 'utf8');
      return { id: path.basename(file, '.md'), summary: summaryOf(text), text };
    }),
  );
  pages.sort((a, b) => (a.id < b.id ? -1 : 1));
  await mkdir(dist, { recursive: true });
  await writeFile(path.join(dist, 'rules.json'), JSON.stringify(pages));
}

/** The block quote under the title. */
function summaryOf(page: string): string {
  return /^> (.+)$/m.exec(page)?.[1] ?? '';
}
