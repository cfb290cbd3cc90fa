/** Fixes as text edits, one by one or all the safe ones of a document together. */
import type { Fix } from '../rules/rule.ts';
import { applyEdits, overlap, replacing, type TextEdit } from '../text/edit.ts';
import { fillMarks, targetOf } from '../tree/change.ts';
import type { Member, Node } from '../tree/tree.ts';
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

/** Why a fix cannot be made in this place, for those who look for it. */
export function refusalOf({ changes }: Fix, region: Region, document: Document): string {
  const { syntax, dependsOn, problems = [] } = region;
  const { source, tree } = document;
  const { text } = source;
  const places = changes.map(targetOf);
  if (places.some((place) => place.kind !== 'member' && place.followed))
    return 'A name stands here: change the value where it is written.';
  if (places.some((place) => !isComplete(place))) {
    if ([...tree.problems, ...problems].some(({ kind }) => kind === 'syntax'))
      return 'The text around it has a syntax error: mend that first.';
    return dependsOn
      ? 'It reaches beyond a choice, of which only one side is seen: change it by hand.'
      : 'It is put together by a function: change its parts by hand.';
  }
  if (syntax.id === 'yaml' && places.some(({ span }) => text[span.start] === '*'))
    return 'It stands behind an alias: change it where the anchor is.';
  if (syntax.id === 'json-text') return 'It is a part of a text that an expression or a template writes.';
  return 'The language of this file cannot say it in this place.';
}

const isComplete = (place: Node | Member): boolean =>
  place.kind === 'member' ? (place.value?.complete ?? false) : place.complete;

/**
 * The edits of the safe fixes of the findings, as many as do not touch each other. Fixes may make way for others:
 * apply them and ask again until there are none.
 */
function safeEdits(
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

/** Each round of fixes may make way for others; no real document needs many. */
const mostRounds = 10;

/** What all the safe fixes of a document lead to. */
export interface Fixed {
  readonly text: string;
  /** From the text before to this one. */
  readonly edits: readonly TextEdit[];
  /** How many fixes were applied. */
  readonly applied: number;
}

/**
 * Applies the safe fixes until there are none left.
 * @param judge reads and judges a text of the document
 */
export function fixAll(
  original: string,
  judge: (text: string) => { readonly document: Document; readonly findings: readonly Finding[] },
  newRandom: () => string,
): Fixed {
  let fixed: Fixed = { text: original, edits: [], applied: 0 };
  for (let round = 0; round < mostRounds; round++) {
    const { document, findings } = judge(fixed.text);
    const { edits, applied } = safeEdits(findings, document, newRandom);
    if (applied === 0) break;
    const text = applyEdits(fixed.text, edits);
    fixed = {
      text,
      edits: round === 0 ? edits : [difference(original, text)],
      applied: fixed.applied + applied,
    };
  }
  return fixed;
}

/** The one edit between two texts. */
function difference(before: string, after: string): TextEdit {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start++;
  let same = 0;
  while (same < shorter - start && before.at(-1 - same) === after.at(-1 - same)) same++;
  return replacing({ start, end: before.length - same }, after.slice(start, after.length - same));
}
