/**
 * What is not to be reported, and why: comments, `trust-policy-ignore RULE, RULE: reason`, and entries of the project file. Here
 * the words of comments are read; where they stand, and for what, is found where documents are known.
 */
import type { TextEdit } from '../text/edit.ts';
import type { Span } from '../text/span.ts';

/** What such a comment begins with. */
export const keyword = 'trust-policy-ignore';

/** The words of a suppression, for a rule and a reason. */
export const suppressionWords = (rule: string, reason: string): string => `${keyword} ${rule}: ${reason}`;

/** What the light bulb writes where a reason belongs. */
export const reasonToWrite = 'say why';

/** Whether a text is a reason: something, and not what only stands for one. */
export const isReason = (text: string): boolean => !['', reasonToWrite].includes(text.trim().toLowerCase());

/** What the words of a comment say. Spans are offsets in the words. */
export interface SuppressionText {
  readonly names: readonly { readonly id: string; readonly span: Span }[];
  /** Whether a reason is given: else nothing is suppressed. */
  readonly reasoned: boolean;
}

/** A suppression, once all findings are known. */
export interface Suppression {
  /** A comment in a document, or an entry of the project file. */
  readonly form: 'comment' | 'entry';
  /** The comment, or the reason of the entry. */
  readonly span: Span;
  readonly names: readonly SuppressedName[];
  readonly reasoned: boolean;
  /** Takes the whole of it out; nothing where the text is too broken for that. */
  readonly removal: readonly TextEdit[];
}

export interface SuppressedName {
  readonly id: string;
  readonly span: Span;
  /** Something was found that is not reported because of it. */
  readonly used: boolean;
  /** Takes the name out, or the comment where it is the only one. */
  readonly removal: readonly TextEdit[];
}

/** Reads the words of a comment; nothing where they are no suppression. */
export function readSuppression(words: string): SuppressionText | undefined {
  const found = /^trust-policy-ignore(?![\w-])(?<names>[^:]*)(?::(?<reason>.*))?$/su.exec(words);
  if (found === null) return undefined;
  const { names = '', reason = '' } = found.groups ?? {};
  return {
    names: [...names.matchAll(/[^\s,]+/gu)].map(({ 0: id, index }) => {
      const start = keyword.length + index;
      return { id, span: { start, end: start + id.length } };
    }),
    reasoned: isReason(reason),
  };
}
