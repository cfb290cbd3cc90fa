/**
 * What of a string is known. Host expressions are holes already; in plain JSON people write stand-ins such as
 * `<ACCOUNT_ID>`, `$ACCOUNT`, `{{account}}` or `${var}` that some tool replaces later. Both are unknown to us.
 */
import type { Node } from '../tree/tree.ts';

/** Stands for an unknown part inside a text; a Unicode noncharacter, so it never stands in a document by itself. */
export const unknownPart = '\uFDD3';

/** Bracketed and dollar forms of the usual template tools. `${…}` counts where policy variables cannot stand. */
const standIn =
  /<[^<>]*>|\{\{[^{}]*\}\}|\[[a-z][\w -]*\]|\$\{[^{}]*\}|\$\([^()]*\)|\$[a-z_]\w*|%[a-z_]\w*%|@@?[a-z_]\w*@@?|#\{[^{}]*\}/gi;
const standInInValue = /<[^<>]*>|\{\{[^{}]*\}\}|\$\([^()]*\)|\$[a-z_]\w*|#\{[^{}]*\}|@@[a-z_]\w*@@/gi;

/** Most texts have none of the characters that a stand-in begins with. */
const beginsStandIn = /[<{[$%@#]/;

/** The text of a string where each unknown part is one `unknownPart`; nothing for nodes that are no strings. */
export function knownText(node: Node | undefined, place: 'principal' | 'value'): string | undefined {
  if (node?.kind !== 'string') return undefined;
  if (node.value !== undefined && !beginsStandIn.test(node.value)) return node.value;
  const pattern = place === 'principal' ? standIn : standInInValue;
  return node.parts
    .map((part) => (typeof part === 'string' ? part.replace(pattern, unknownPart) : unknownPart))
    .join('');
}

/** What stands in the document in place of each `unknownPart` of `knownText`, in order; of an expression, itself. */
export function unknownsIn(node: Node, place: 'principal' | 'value'): readonly string[] {
  if (node.kind === 'opaque') return [node.text];
  if (node.kind !== 'string') return [];
  const pattern = place === 'principal' ? standIn : standInInValue;
  return node.parts.flatMap((part) => (typeof part === 'string' ? (part.match(pattern) ?? []) : [part.hole]));
}

/** A text from `knownText` as it stands in the document, with what its unknown parts stand for there. */
export const writtenText = (text: string, unknowns: readonly string[]): string =>
  text
    .split(unknownPart)
    .map((piece, index) => (index === 0 ? piece : (unknowns[index - 1] ?? '…') + piece))
    .join('');

/** Whether a text from `knownText` has an unknown part. */
export const isUnknown = (text: string): boolean => text.includes(unknownPart);

/** Words that stand for an account id in examples: `ACCOUNT_ID`, `YOUR-ACCOUNT`, `accountId`, `XXXXXXXXXXXX`. */
export const isStandInWord = (text: string): boolean => /^(?!aws$)[A-Za-z][\w-]*$/.test(text);

/**
 * Whether a word is a stand-in and not a name: in capitals, or made of the words that instructions use. Where a name
 * would be wrong, a stand-in is merely unfinished.
 */
export const isPlaceholderWord = (text: string): boolean =>
  isStandInWord(text) &&
  (/^[A-Z][A-Z0-9_-]*$/.test(text) ||
    /account|arn|example|here|id$|my|name|placeholder|principal|provider|replace|role|service|some|user|x{3}|your/i.test(
      text,
    ));

/** Whether a text has white space around it, or a tab or line break in it. */
export const isSpaced = (text: string): boolean => text.trim() !== text || /[\t\r\n]/.test(text);

/** A text without the white space around it and without tabs and line breaks. */
export const withoutSpace = (text: string): string => text.replace(/\s*[\t\r\n]\s*/g, '').trim();
