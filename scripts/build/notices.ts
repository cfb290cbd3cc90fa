/** The licence texts of the packages that the bundles contain, which their licences ask to be passed on. */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Metafile } from 'esbuild';

/** The folders of all packages that a bundle has taken a file from, relative to the repository. */
export function packageFolders(metafile: Pick<Metafile, 'inputs'>): string[] {
  const folders = Object.keys(metafile.inputs).flatMap(
    (file) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? [],
  );
  return [...new Set(folders)].sort();
}

/** One text with name, version and licence of every bundled package. */
export async function noticesOf(metafile: Metafile, root: string): Promise<string> {
  const notices = new Set<string>(); // the same package may lie in several places
  for (const folder of packageFolders(metafile)) notices.add(await noticeOf(path.join(root, folder)));
  const introduction =
    'IAM Trust Policy contains the following packages, under the licences given with them.\n';
  return [introduction, ...notices].join(`\n${'-'.repeat(80)}\n\n`);
}

async function noticeOf(folder: string): Promise<string> {
  const manifest: unknown = JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8'));
  const licence = (await readdir(folder)).find((file) => /^licen[cs]e/i.test(file));
  if (licence === undefined) throw new Error(`${folder} has no licence file, so it cannot be bundled.`);
  return `${titleOf(manifest)}\n\n${await readFile(path.join(folder, licence), 'utf8')}`;
}

function titleOf(manifest: unknown): string {
  if (typeof manifest !== 'object' || manifest === null) throw new Error('A package.json is not an object.');
  const { name, version, license } = { name: '', version: '', license: '', ...manifest };
  return `${name} ${version} (${license})`;
}
