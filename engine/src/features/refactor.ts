/** Refactorings at a place of a document: the same policy in another form, or the reason why it cannot have that. */
import { readPolicy } from '../policy/read.ts';
import { overlap, type TextEdit } from '../text/edit.ts';
import { touches } from '../text/span.ts';
import { copyOf } from '../tree/copy.ts';
import { nodeAt } from '../tree/walk.ts';
import { losesComment } from './comments.ts';
import { type Document, type Region, viewAt } from './document.ts';
import { editsFor, withoutMarks } from './fix.ts';
import { isMovable } from './movable.ts';
import { accountForm } from './refactor/account-form.ts';
import { extractFile } from './refactor/extract-file.ts';
import { listForm } from './refactor/list-form.ts';
import { mergeStatements } from './refactor/merge-statements.ts';
import type { NewFile, Place, Proposal, Refactoring } from './refactor/refactoring.ts';
import { splitStatement } from './refactor/split-statement.ts';
import { statementList } from './refactor/statement-list.ts';
import { terraformForms } from './refactor/terraform-forms.ts';

const refactorings: readonly Refactoring[] = [
  accountForm,
  listForm,
  statementList,
  splitStatement,
  mergeStatements,
  ...terraformForms,
  extractFile,
];

/** A refactoring that is offered, or refused with a reason. */
export interface Refactored {
  readonly id: string;
  readonly kind: Refactoring['kind'];
  readonly title: string;
  readonly outcome:
    { readonly edits: readonly TextEdit[]; readonly file?: NewFile } | { readonly refused: string };
}

/**
 * The refactorings of what stands at an offset.
 * @param wanted which are asked for, by kind and id
 */
export function refactoringsAt(
  document: Document,
  offset: number,
  wanted: (kind: Refactoring['kind'], id: string) => boolean = () => true,
): readonly Refactored[] {
  const around = document.regions.find((each) => isIn(each, offset));
  const region = viewAt(around, document.source.text, offset);
  const asked = region ? refactorings.filter(({ kind, id }) => wanted(kind, id)) : [];
  if (region === undefined || asked.length === 0) return [];
  const place = placeIn(region, document, offset);
  return asked.flatMap(({ id, kind, propose }) => {
    const proposal = propose(place);
    return proposal ? [{ id, kind, title: proposal.title, outcome: outcomeOf(proposal, place) }] : [];
  });
}

/** Whether an offset is in a policy, or on the name of the argument that it is the value of. */
function isIn({ node }: Region, offset: number): boolean {
  const holder = node.parent?.kind === 'member' ? node.parent.span : node.span;
  return touches(node.span, offset) || touches(holder, offset);
}

function placeIn(region: Region, document: Document, offset: number): Place {
  const policy = readPolicy(region.node);
  const statement = policy.statements.findLast(({ node }) => touches(node.span, offset));
  const node = nodeAt(region.node, offset);
  return {
    document,
    region,
    policy,
    offset,
    copy: (each) => copyOf(each, document.source.text, isMovable(region)),
    ...(node && { node }),
    ...(statement && { statement }),
  };
}

/** No refactoring needs a random value. */
const none = (): string => '';

function outcomeOf(proposal: Proposal, { region, document }: Place): Refactored['outcome'] {
  if ('refused' in proposal) return proposal;
  if ('edits' in proposal)
    return overlap(proposal.edits)
      ? { refused: 'The parts of the file overlap.' }
      : { ...proposal, edits: withoutMarks(proposal.edits, none) };
  const { title, changes } = proposal;
  if (losesComment(changes, region, document))
    return { refused: 'A comment in the part that is written anew would be lost. Move it first.' };
  const edits = editsFor({ title, changes, safe: false }, region, document, none);
  return edits ? { edits } : { refused: 'The text is broken here, or an expression stands in the way.' };
}
