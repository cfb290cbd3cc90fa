/** What a completer returns: values to write, not text. How they are written is the syntax's business. */
import type { Entry } from '../../syntax/syntax.ts';
import { fillMarks, placeholder, vacancy } from '../../tree/change.ts';
import type { JsonValue } from '../../tree/walk.ts';
import type { Place, PlaceKind, Spot } from '../place.ts';
import type { Surroundings } from './surroundings.ts';

/** One thing to offer. */
export interface Suggestion {
  readonly label: string;
  readonly entry: Entry;
  readonly detail?: string;
  /** Markdown. */
  readonly doc?: string;
  /** Other words by which people look for it. */
  readonly words?: readonly string[];
  /** What was written has an empty place in it for which there are suggestions too. */
  readonly retrigger?: true;
}

/** Offers what can be written at a kind of place, the likeliest first. */
export type Completer<Kind extends PlaceKind> = (
  place: Place<Kind>,
  around: Surroundings,
) => Iterable<Suggestion>;

/** An empty text to fill in. */
export const blank = placeholder('');

/** An object whose first member is still to be written. */
export const open: JsonValue = { [vacancy]: null };

/** A member: at the place of a key, or as the only one of an object at the place of a value. */
export const member = ({ slot }: Spot, key: string, value: JsonValue): Entry =>
  slot.kind === 'key' ? { key, value } : { value: { [key]: value } };

/** A text with places to fill in as it is shown: with their names. */
export const shown = (marked: string): string => fillMarks(marked, () => '').text;
