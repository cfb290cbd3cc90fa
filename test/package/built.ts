/** Where the results of a build are, with a clear word if there are none. */
import { existsSync } from 'node:fs';
import path from 'node:path';

/** The repository. */
export const root = path.resolve(import.meta.dirname, '..', '..');

/** The path of something that was built. */
export function fromBuild(file: string): string {
  const found = path.join(root, file);
  if (!existsSync(found))
    throw new Error(`${file} is missing. Run "npm run build" and "npm run package" first.`);
  return found;
}
