/**
 * The project file: settings that a team shares, and what it does not want to hear of. What in it is wrong is passed over
 * here and reported by the rule `invalid-project-file`.
 */
import { settingsFrom, type Ignored, type Settings } from '../settings.ts';
import { pathExpression } from '../text/glob-path.ts';
import type { Node } from '../tree/tree.ts';
import { listOf, plainValue, textOf, valueOf } from '../tree/walk.ts';
import { json } from '../syntax/json.ts';

/** What the file is called; it is looked for beside a document and in the folders above. */
export const projectFileName = '.trustpolicy.json';

/** Whether an address is that of a project file. */
export const isProjectFile = (uri: string): boolean => uri.split('/').at(-1) === projectFileName;

/** What a project file says. */
export interface Project {
  readonly settings: Settings;
  readonly ignore: readonly (Ignored & { readonly file?: string })[];
}

/** Reads the text of a project file. Never throws. */
export function readProject(text: string): Project {
  const { root } = json.parse(text);
  return {
    settings: settingsFrom(root && plainValue(root)),
    ignore: listOf(valueOf(root, 'ignore')).flatMap(entryOf),
  };
}

/** An entry that has what it needs. */
function entryOf(node: Node): Project['ignore'] {
  const said = (name: string): string | undefined => textOf(valueOf(node, name));
  const [rule, reason, file, policy, sid] = ['rule', 'reason', 'file', 'policy', 'sid'].map(said);
  if (rule === undefined || reason === undefined || reason.trim() === '') return [];
  const entry = {
    rule,
    ...(file !== undefined && { file }),
    ...(policy !== undefined && { policy }),
    ...(sid !== undefined && { sid }),
  };
  // A place that is not understood is none: the entry would say more than was meant.
  const wanted = ['file', 'policy', 'sid'].filter((name) => valueOf(node, name) !== undefined);
  return wanted.every((name) => name in entry) ? [entry] : [];
}

/** The settings of a project for one of its files, which is given by its path from the folder of the project file. */
export function projectSettings({ settings, ignore }: Project, file: string): Settings {
  const own = ignore.filter((entry) => entry.file === undefined || pathExpression(entry.file).test(file));
  return { ...settings, ignore: own };
}
