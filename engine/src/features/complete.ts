/** What can be written at an offset: the place decides who is asked, the syntax how the answer is written. */
import type { Settings } from '../settings.ts';
import { touches } from '../text/span.ts';
import type { TextEdit } from '../text/edit.ts';
import type { Slot } from '../syntax/syntax.ts';
import { fillMarks } from '../tree/change.ts';
import type { Document } from './document.ts';
import { type Place, placeAt, type PlaceKind } from './place.ts';
import { completeAction } from './complete/action.ts';
import { completeConditionKey } from './complete/condition-key.ts';
import { completeConditionValue } from './complete/condition-value.ts';
import { completeElementKey } from './complete/element-key.ts';
import { completeEffect, completeSid, completeVersion } from './complete/keyword.ts';
import { completeOperator } from './complete/operator.ts';
import { completePrincipalType } from './complete/principal-type.ts';
import { completePrincipalValue } from './complete/principal-value.ts';
import { completeStatement } from './complete/statement.ts';
import type { Completer, Suggestion } from './complete/suggestion.ts';
import { type Surroundings, surroundingsOf } from './complete/surroundings.ts';
import { unknownWorkspace, type Workspace } from './workspace.ts';

/** One entry of the list of suggestions. */
export interface Completion {
  readonly label: string;
  readonly kind: PlaceKind;
  readonly detail?: string;
  /** Markdown. */
  readonly doc?: string;
  /** The first replaces what is being typed; the others lie elsewhere. */
  readonly edits: readonly [TextEdit, ...TextEdit[]];
  /** What the text being typed is matched with; begins with the quote if that does. */
  readonly filterText: string;
  readonly sortText: string;
  /** The edit leaves an empty place for which there are suggestions again. */
  readonly retrigger: boolean;
}

const completers: { readonly [Kind in PlaceKind]: Completer<Kind> } = {
  elementKey: completeElementKey,
  version: completeVersion,
  statement: completeStatement,
  sid: completeSid,
  effect: completeEffect,
  principalType: completePrincipalType,
  principalValue: completePrincipalValue,
  action: completeAction,
  operator: completeOperator,
  conditionKey: completeConditionKey,
  conditionValue: completeConditionValue,
};

const ask = <Kind extends PlaceKind>(place: Place<Kind>, around: Surroundings): Iterable<Suggestion> =>
  completers[place.kind](place, around);

/** The suggestions at an offset, the likeliest first; none where nothing can be written or a container stands. */
export function completeAt(
  document: Document,
  offset: number,
  settings: Settings,
  workspace: Workspace = unknownWorkspace,
): readonly Completion[] {
  const place = placeAt(document, offset);
  if (place === undefined || !isWritable(place, offset)) return [];
  const slot = narrowed(place, offset);
  const { text } = document.source;
  const { node, kind, region } = place;
  const quote = node?.kind === 'string' ? text.slice(node.span.start, node.content.start) : '';
  const around = surroundingsOf(document, settings, workspace);
  return [...ask(place, around)].flatMap(({ label, entry, detail, doc, words = [], retrigger }, index) => {
    const [first, ...others] = region.syntax.insertion(slot, entry, text).map(filled);
    if (first === undefined) return [];
    const term = kind === 'elementKey' ? region.syntax.termFor?.(label) : undefined;
    return {
      label: term ?? label,
      kind,
      ...(detail !== undefined && { detail }),
      ...(doc !== undefined && { doc }),
      edits: [first, ...others] as const,
      filterText: quote + [...(term === undefined ? [] : [term]), label, ...words].join(' '),
      sortText: String(index).padStart(4, '0'),
      retrigger: retrigger === true && !keepsValue(slot),
    };
  });
}

/** Objects and lists are not replaced as a whole, and nothing is written beside a value that is there. */
function isWritable({ node }: Place, offset: number): boolean {
  if (node === undefined) return true;
  return node.kind !== 'object' && node.kind !== 'array' && touches(node.span, offset);
}

/** Only the name of a member is replaced where its value follows. */
const keepsValue = (slot: Slot): boolean => slot.kind === 'key' && slot.member !== undefined;

/**
 * The slot as far as it is to be replaced: of a string that is not closed only what stands before the caret, since
 * what follows belongs to the policy; a member without a separator is written anew, with a value.
 */
function narrowed({ slot, node }: Place, offset: number): Slot {
  const open = node?.kind === 'string' && !node.complete && offset > node.span.start;
  const replace = open ? { start: slot.replace.start, end: offset } : slot.replace;
  if (slot.kind === 'key' && slot.member && slot.member.slot === undefined)
    return { kind: 'key', object: slot.object, replace };
  return { ...slot, replace };
}

/** Completions hold no random values: whoever chooses one is to fill it in. */
const filled = ({ span, text }: TextEdit): TextEdit => ({ span, ...fillMarks(text, () => '') });
