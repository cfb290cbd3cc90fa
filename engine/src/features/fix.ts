/** Fixes as text edits, one by one or all the safe ones of a document together. */
import type { Fix } from '../rules/rule.ts';
import { overlap, type TextEdit } from '../text/edit.ts';
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
  return edits && withoutMarks(edits, newRandom);
}

/** Edits with their marks taken out; see `fillMarks`. */
export const withoutMarks = (edits: readonly TextEdit[], newRandom: () => string): readonly TextEdit[] =>
  edits.map(({ span, text }) => ({ span, ...fillMarks(text, newRandom) }));

/**
 * The edits of the safe fixes of the findings, as many as do not touch each other. Fixes may make way for others:
 * apply them and ask again until there are none.
 */
export function safeEdits(
  findings: readonly Finding[],
  document: Document,
  newRandom: () => string,
): { readonly edits: readonly TextEdit[]; readonly applied: number } {
  let edits: readonly TextEdit[] = [];
  let applied = 0;
  for (const { fixes, region } of findings) {
    const safe = fixes.find((fix) => fix.safe);
    const more = safe && editsFor(safe, region, document, newRandom);
    if (more === undefined || overlap([...edits, ...more])) continue;
    edits = [...edits, ...more];
    applied++;
  }
  return { edits, applied };
}
