/** Fixes as text edits, one by one or all the safe ones of a document. */
import type { Fix } from '../rules/rule.ts';
import { applyEdits, overlap, type TextEdit } from '../text/edit.ts';
import { fillMarks } from '../tree/change.ts';
import type { Finding } from './analyze.ts';
import type { Document, Region } from './document.ts';

/**
 * The edits of a fix, with the places to fill in as `stops`.
 * @param newRandom makes one unguessable value, such as a UUID
 * @returns nothing where the fix cannot be expressed in this place
 */
export function editsFor(
  fix: Fix,
  region: Region,
  document: Document,
  newRandom: () => string,
): readonly TextEdit[] | undefined {
  const edits = fix.edits ?? region.syntax.edits(fix.changes, document.source.text);
  return edits?.map(({ span, text }) => ({ span, ...fillMarks(text, newRandom) }));
}

/**
 * Applies the safe fixes of the findings, as many as do not touch each other.
 * @returns the text afterwards and how many fixes were applied; call again until none is
 */
export function applySafeFixes(
  findings: readonly Finding[],
  document: Document,
  newRandom: () => string,
): { readonly text: string; readonly applied: number } {
  let chosen: readonly TextEdit[] = [];
  let applied = 0;
  for (const { fixes, region } of findings) {
    const safe = fixes.find((fix) => fix.safe);
    const edits = safe && editsFor(safe, region, document, newRandom);
    if (edits === undefined || overlap([...chosen, ...edits])) continue;
    chosen = [...chosen, ...edits];
    applied++;
  }
  return { text: applyEdits(document.source.text, chosen), applied };
}
