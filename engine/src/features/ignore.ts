/** Two ways to say that a finding is right as it is: a comment beside it, or an entry in the project file. */
import type { Fix } from '../rules/rule.ts';
import { reasonToWrite, suppressionWords } from '../rules/suppression.ts';
import { json } from '../syntax/json.ts';
import { remarkAbove } from '../syntax/remark.ts';
import { applyEdits, replacing, type TextEdit } from '../text/edit.ts';
import { literalPath } from '../text/glob-path.ts';
import { covers } from '../text/span.ts';
import { type Change, placeholder } from '../tree/change.ts';
import { memberOf } from '../tree/walk.ts';
import type { Finding } from './analyze.ts';
import type { Document } from './document.ts';
import { placeForRemark, remarkMark } from './suppress.ts';
import { statementOf } from './whereabouts.ts';

/** Whether a finding can be ignored: not what is wrong with ignoring itself. */
const isIgnorable = ({ span }: Finding, { project, tree }: Document): boolean =>
  project === undefined && !tree.comments.some((comment) => covers(comment, span));

/** A comment above a finding that ignores it; nothing where the document can have none. */
export function ignoreHere(finding: Finding, document: Document): Fix | undefined {
  const mark = remarkMark(document);
  if (mark === undefined || !isIgnorable(finding, document)) return undefined;
  const place = placeForRemark(document, finding.span.start);
  const words = suppressionWords(finding.rule, placeholder(reasonToWrite));
  return {
    title: `Disable ${finding.rule} here (comment)`,
    changes: [],
    edits: [remarkAbove(document.source.text, place, mark, words)],
    safe: false,
  };
}

/** A project file as it is: nothing where there is none yet. */
export interface ProjectText {
  readonly text?: string;
  /** The path of the document from the folder of the project file. */
  readonly file: string;
}

/**
 * The edits of a project file that make it ignore a finding.
 * @returns nothing where the project file is broken, or the finding cannot be ignored
 */
export function ignoreInProject(
  finding: Finding,
  document: Document,
  { text, file }: ProjectText,
): readonly TextEdit[] | undefined {
  if (!isIgnorable(finding, document)) return undefined;
  const before = text === undefined || text.trim() === '' ? '{}\n' : text;
  const { root } = json.parse(before);
  if (root?.kind !== 'object' || !root.complete) return undefined;
  const entry = entryFor(finding, file);
  const list = memberOf(root, 'ignore')?.value;
  if (list !== undefined && list.kind !== 'array') return undefined;
  const change: Change = list
    ? { kind: 'append', array: list, value: entry }
    : { kind: 'set', object: root, key: 'ignore', value: [entry] };
  const edits = json.edits([change], before);
  if (edits === undefined || before === text) return edits;
  return [replacing({ start: 0, end: text?.length ?? 0 }, applyEdits(before, edits))];
}

/** As narrow as it can be said. */
function entryFor({ rule, region, span }: Finding, file: string): Readonly<Record<string, string>> {
  const sid = statementOf({ region, span })?.sid;
  return {
    rule,
    file: literalPath(file),
    ...(region.label !== undefined && { policy: region.label }),
    ...(sid !== undefined && { sid }),
    reason: reasonToWrite,
  };
}
