/** Comments that a change would take away: people wrote them, and a change of form is no reason to lose them. */
import { covers, type Span } from '../text/span.ts';
import type { Change } from '../tree/change.ts';
import type { Document, Region } from './document.ts';

/** Whether a comment stands in a stretch of a document. */
export const hasCommentIn = (span: Span, { problems = [] }: Region, { tree }: Document): boolean =>
  tree.comments.some((comment) => covers(span, comment)) ||
  problems.some((problem) => problem.kind === 'comment' && covers(span, problem.span));

/** Whether what changes replace or remove has a comment in it. */
export const losesComment = (changes: readonly Change[], region: Region, document: Document): boolean =>
  changes.some(
    (change) =>
      (change.kind === 'replace' || change.kind === 'remove') &&
      hasCommentIn(change.node.span, region, document),
  );
