/**
 * The project file: settings that a team shares, and what it does not want to hear of. What in it is wrong is passed over
 * here and reported by the rule `invalid-project-file`.
 */
import { settingsFrom, type Ignored, type Settings } from '../settings.ts';
import { pathExpression } from '../text/glob-path.ts';
import { isReason, reasonToWrite, type Suppression } from '../rules/suppression.ts';
import type { Node } from '../tree/tree.ts';
import { listOf, plainValue, textOf, valueOf } from '../tree/walk.ts';
import { json } from '../syntax/json.ts';

/** What the file is called; it is looked for beside a document and in the folders above. */
export const projectFileName = '.trustpolicy.json';

/** Whether an address is that of a project file. */
export const isProjectFile = (uri: string): boolean => uri.split('/').at(-1) === projectFileName;

/** What is ignored, in all files or in those that a path or pattern names. */
export interface Entry extends Ignored {
  readonly file?: string;
}

/** What a project file says. */
export interface Project {
  readonly settings: Settings;
  readonly ignore: readonly Entry[];
}

/** Reads the text of a project file. Never throws. */
export function readProject(text: string): Project {
  const { root } = json.parse(text);
  return {
    settings: settingsFrom(root && plainValue(root)),
    ignore: listOf(valueOf(root, 'ignore')).flatMap((node) => entryOf(node) ?? []),
  };
}

/** An entry that has what it needs. */
function entryOf(node: Node): Entry | undefined {
  const said = (name: string): string | undefined => textOf(valueOf(node, name));
  const [rule, reason, file, policy, sid] = ['rule', 'reason', 'file', 'policy', 'sid'].map(said);
  if (rule === undefined || !isReason(reason ?? '')) return undefined;
  const entry = {
    rule,
    ...(file !== undefined && { file }),
    ...(policy !== undefined && { policy }),
    ...(sid !== undefined && { sid }),
  };
  // A place that is not understood is none: the entry would say more than was meant.
  const wanted = ['file', 'policy', 'sid'].filter((name) => valueOf(node, name) !== undefined);
  return wanted.every((name) => name in entry) ? entry : undefined;
}

/** The settings of a project for one of its files, which is given by its path from the folder of the project file. */
export function projectSettings({ settings, ignore }: Project, file: string): Settings {
  const own = ignore.filter((entry) => entry.file === undefined || pathExpression(entry.file).test(file));
  return { ...settings, ignore: own };
}

/**
 * The entries of a project file as suppressions.
 * @param idle the numbers of those, as they are in `ignore`, that are known to ignore nothing
 */
export function entriesAsSuppressions(
  root: Node,
  text: string,
  idle: ReadonlySet<number>,
): readonly Suppression[] {
  let number = 0;
  return listOf(valueOf(root, 'ignore')).flatMap((node): readonly Suppression[] => {
    const reasoned = entryOf(node) !== undefined;
    const used = !reasoned || !idle.has(number);
    if (reasoned) number++;
    const [rule, reason] = [valueOf(node, 'rule'), valueOf(node, 'reason')];
    const id = textOf(rule);
    // What is wrong otherwise, the rule on the project file says.
    const isMeant = reasoned || textOf(reason)?.trim().toLowerCase() === reasonToWrite;
    if (rule === undefined || reason === undefined || id === undefined || !isMeant) return [];
    const removal = json.edits([{ kind: 'remove', node }], text) ?? [];
    return [
      {
        form: 'entry',
        span: reason.span,
        reasoned,
        removal,
        names: [{ id, span: rule.span, used, removal }],
      },
    ];
  });
}
