/** The line above each policy that says who can assume the role. */
import type { Span } from '../text/span.ts';
import { policyAsWritten } from './as-written.ts';
import type { Document, Region } from './document.ts';
import { callerGroups, groupsInWords } from './explain/groups.ts';

export interface Lens {
  /** Where the policy begins, with its key where it has one. */
  readonly span: Span;
  readonly title: string;
  /** Which of the document's policies it is about. */
  readonly region: number;
}

/** One lens for each policy of a document that can be read. */
export const lensesOf = ({ regions }: Document): readonly Lens[] =>
  regions.flatMap((region, index) =>
    region.node.kind === 'object'
      ? [
          {
            span: startOf(region),
            title: `Who can assume: ${groupsInWords(callerGroups(policyAsWritten(region)))}`,
            region: index,
          },
        ]
      : [],
  );

function startOf({ node }: Region): Span {
  const { parent } = node;
  return parent?.kind === 'member' && parent.span.start < node.span.start
    ? parent.key.span
    : { start: node.span.start, end: node.span.start };
}
