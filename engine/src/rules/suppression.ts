/**
 * Comments that say what is not to be reported, and why: `trust-policy-ignore RULE, RULE: reason`. Here their words are read;
 * where they stand, and for what, is found where documents are known.
 */
import type { TextEdit } from '../text/edit.ts';
import type { Span } from '../text/span.ts';

/** What such a comment begins with. */
export const keyword = 'trust-policy-ignore';

/** The words of a suppression, for a rule and a reason. */
export const suppressionWords = (rule: string, reason: string): string => `${keyword} ${rule}: ${reason}`;

/** What the words of a comment say. Spans are offsets in the words. */
export interface SuppressionText {
  readonly names: readonly { readonly id: string; readonly span: Span }[];
  /** Empty where none is given: then nothing is suppressed. */
  readonly reason: string;
}

/** A suppression in a document, once all findings are known. */
export interface Suppression {
  /** The comment. */
  readonly span: Span;
  readonly names: readonly SuppressedName[];
  readonly reason: string;
  /** Takes the whole comment out. */
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
    reason: reason.trim(),
  };
}
