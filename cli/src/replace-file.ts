/** Writing a file that is there already, whole or not at all. */
import { randomUUID } from 'node:crypto';
import { chmodSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { problemOf } from './files.ts';

/**
 * Writes beside the file and renames, so that a file is never half written; its mode is kept, and so is a link to it.
 * @returns why it failed, if it did
 */
export function replaceFile(link: string, text: string): string | undefined {
  try {
    const file = realpathSync(link);
    const draft = path.join(path.dirname(file), `.${path.basename(file)}.${randomUUID()}`);
    try {
      writeFileSync(draft, text);
      chmodSync(draft, statSync(file).mode); // not as an option, from which the umask would take
      renameSync(draft, file);
    } finally {
      rmSync(draft, { force: true });
    }
    return undefined;
  } catch (error) {
    return problemOf(error);
  }
}
