/**
 * What a refactoring is: another form of the same policy. It is offered where the caret is on what it changes, and refused
 * with a reason where the form would lose something: a comment, or an expression of the host.
 */
import type { Policy, Statement } from '../../policy/policy.ts';
import type { TextEdit } from '../../text/edit.ts';
import type { Change } from '../../tree/change.ts';
import type { Node } from '../../tree/tree.ts';
import type { JsonValue } from '../../tree/walk.ts';
import type { Document, Region } from '../document.ts';

/** Where a refactoring is asked for. */
export interface Place {
  readonly document: Document;
  readonly region: Region;
  readonly policy: Policy;
  readonly offset: number;
  /** The innermost node of the policy at the offset. */
  readonly node?: Node;
  readonly statement?: Statement;
  /** A value with the expressions of the host in it; nothing where it cannot be written again elsewhere. */
  readonly copy: (node: Node) => JsonValue | undefined;
}

/** A file to be made beside the document. */
export interface NewFile {
  readonly name: string;
  readonly text: string;
}

/** Changes of the policy, or edits of the document where the policy moves to another place; or why it is refused. */
export type Proposal = { readonly title: string } & (
  | { readonly changes: readonly Change[] }
  | { readonly edits: readonly TextEdit[]; readonly file?: NewFile }
  | { readonly refused: string }
);

export interface Refactoring {
  readonly id: string;
  readonly kind: 'rewrite' | 'extract';
  /** What can be done at a place; nothing where the caret is not on what it is about. */
  readonly propose: (place: Place) => Proposal | undefined;
}
