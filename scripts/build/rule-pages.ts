/** The rule pages as they ship: all in one folder, with an index that the command Explain Rule reads. */
import { copyFile, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** Where rules and their pages are written. */
export const rulesFolder = 'engine/src/rules';

/** Copies every page to `<dist>/rules/<id>.md` and writes `<dist>/rules/index.json`. */
export async function writeRulePages(root: string, dist: string): Promise<void> {
  const source = path.join(root, rulesFolder);
  const target = path.join(dist, 'rules');
  await mkdir(target, { recursive: true });
  const pages = (await readdir(source, { recursive: true })).filter((file) => file.endsWith('.md'));
  const entries = await Promise.all(
    pages.map(async (file) => {
      await copyFile(path.join(source, file), path.join(target, path.basename(file)));
      return {
        id: path.basename(file, '.md'),
        summary: summaryOf(await readFile(path.join(source, file), 'utf8')),
      };
    }),
  );
  entries.sort((a, b) => (a.id < b.id ? -1 : 1));
  await writeFile(path.join(target, 'index.json'), JSON.stringify(entries));
}

/** The block quote under the title. */
function summaryOf(page: string): string {
  return /^> (.+)$/m.exec(page)?.[1] ?? '';
}
