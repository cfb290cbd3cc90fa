/**
 * What a fix or a completion wants changed, said in the tree's own terms; a syntax turns it into text edits.
 * Values may hold places that the user fills in, values that must be random, and text of the host that no printer may
 * touch: all are marked inside strings by Unicode noncharacters, which never stand in interchanged text, and the marks
 * are taken out again when the edit is made.
 */
import type { Stop } from '../text/edit.ts';
import type { ArrayNode, Member, Node, ObjectNode } from './tree.ts';
import type { JsonValue } from './walk.ts';

export type Change =
  | {
      readonly kind: 'set';
      readonly object: ObjectNode;
      readonly key: string;
      readonly value: JsonValue;
      readonly first?: true;
    }
  | { readonly kind: 'replace'; readonly node: Node; readonly value: JsonValue }
  | { readonly kind: 'remove'; readonly node: Member | Node }
  | { readonly kind: 'append'; readonly array: ArrayNode; readonly value: JsonValue }
  | { readonly kind: 'rename'; readonly member: Member; readonly key: string };

/** What a change is made in. */
export function targetOf(change: Change): Node | Member {
  switch (change.kind) {
    case 'set':
      return change.object;
    case 'append':
      return change.array;
    case 'rename':
      return change.member;
    default:
      return change.node;
  }
}

const open = '\uFDD0';
const close = '\uFDD1';
const random = '\uFDD2';
const or = '\uFDD5';
const hostValue = '\uFDD6';
const hostPart = '\uFDD7';
const hostClose = '\uFDD8';
const hostMarks: ReadonlySet<string> = new Set([hostValue, hostPart, hostClose]);

/** A text that the user is meant to replace, such as `placeholder('ACCOUNT_ID')`. Plain letters, digits and `_`. */
export const placeholder = (name: string): string => open + name + close;

/** A text that the user is meant to choose; the first one stands there until then. Plain text without commas. */
export const choice = (values: readonly string[]): string => open + values.join(or) + close;

/** In place of a member's name: the member is still to be written. Only the place to fill in is printed. */
export const vacancy = placeholder('');

/** A value that must not be guessable; the adapter that makes the edit supplies it. */
export const randomValue = random;

/** Text of the host that stands for a whole value, quotes included, such as `!Ref Name` or `var.name`. */
export const verbatim = (text: string): string => hostValue + text + hostClose;

/** Text of the host inside of a string, such as `${var.name}`: the quotes are the printer's. */
export const verbatimPart = (text: string): string => hostPart + text + hostClose;

/** Whether a text is no string, but a value of the host as it stands. */
export const isVerbatim = (text: string): boolean => text.startsWith(hostValue);

/** What stands before a text of the host, that text with its marks, and so on; at even places is what is not the host's. */
function splitByHost(text: string): readonly string[] {
  const parts: string[] = [];
  let part = '';
  for (const character of text) {
    if (character === hostValue || character === hostPart) {
      parts.push(part);
      part = '';
    }
    part += character;
    if (character !== hostClose) continue;
    parts.push(part);
    part = '';
  }
  return [...parts, part];
}

/** Encodes a text, but for what is the host's; nothing where a part of it cannot be encoded. */
export function encodeAround<T extends string | undefined>(
  text: string,
  encode: (part: string) => T,
): string | T {
  if (!text.includes(hostClose)) return encode(text);
  const parts = splitByHost(text).map((part, index) => (index % 2 === 0 ? encode(part) : part));
  const failed = parts.find((part) => part === undefined);
  return failed ?? parts.join('');
}

/** Whether a value holds a text of the host, so that nothing is lost where it takes that one's place. */
export const keeps = (value: JsonValue, hostText: string): boolean =>
  typeof value === 'string'
    ? splitByHost(value).some((part, index) => index % 2 === 1 && part.includes(hostText))
    : typeof value === 'object' &&
      value !== null &&
      Object.entries(value).some(([key, part]) => keeps(key, hostText) || keeps(part, hostText));

/** Text without the marks, and where the places to fill in are in it. */
export interface Filled {
  readonly text: string;
  readonly stops: readonly Stop[];
}

/**
 * Takes the marks out of printed text.
 * @param marked text with placeholders and random values in it
 * @param newRandom makes one random value; called once for each mark
 */
export function fillMarks(marked: string, newRandom: () => string): Filled {
  const stops: Stop[] = [];
  let text = '';
  let start = 0;
  let others: readonly string[] = [];
  for (const character of marked) {
    if (character === open) start = text.length;
    else if (character === or) others = [...others, ''];
    else if (character === close) {
      const choices = others.length > 0 && { choices: [text.slice(start), ...others] };
      stops.push({ start, end: text.length, ...choices });
      others = [];
    } else if (others.length > 0) others = [...others.slice(0, -1), (others.at(-1) ?? '') + character];
    else if (character === random) text += newRandom();
    else if (!hostMarks.has(character)) text += character;
  }
  return { text, stops };
}

/** Whether a printed text holds a mark. */
export const hasMarks = (text: string): boolean => text.includes(open) || text.includes(random);
