/** Files of the disk. Links are not followed, so that a workspace cannot lead out of itself by them. */
import { lstat, readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { type Files, largestFile } from './files.ts';

export const diskFiles: Files = {
  read: (uri) =>
    orNothing(async () => {
      const path = fileURLToPath(uri);
      const found = await lstat(path);
      return found.isFile() && found.size <= largestFile ? await readFile(path, 'utf8') : undefined;
    }),
  list: async (uri) => {
    const entries = await orNothing(() => readdir(fileURLToPath(uri), { withFileTypes: true }));
    return (entries ?? [])
      .filter((entry) => entry.isFile() || entry.isDirectory())
      .map((entry) => ({ name: entry.name, isFolder: entry.isDirectory() }));
  },
};

async function orNothing<T>(read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read();
  } catch {
    return undefined;
  }
}
