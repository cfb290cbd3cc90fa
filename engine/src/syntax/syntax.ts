/** The contract of a syntax: text to tree, tree changes to text edits, and where in the text a value could be written. */
import type { Span } from '../text/span.ts';
import type { TextEdit } from '../text/edit.ts';
import type { ArrayNode, Member, Node, ObjectNode, Tree } from '../tree/tree.ts';
import type { Change } from '../tree/change.ts';
import type { JsonValue } from '../tree/walk.ts';

/** A place where something can be written, whether or not something is written there already. */
export type Slot =
  | { readonly kind: 'key'; readonly object: ObjectNode; readonly member?: Member; readonly replace: Span }
  | { readonly kind: 'value'; readonly member: Member; readonly node?: Node; readonly replace: Span }
  | {
      readonly kind: 'item';
      readonly array: ArrayNode;
      readonly node?: Node;
      readonly replace: Span;
      /** The object that the item becomes where the name of its first member can be written without a bracket. */
      readonly begun?: ObjectNode;
    };

/** What is written at a slot: a member for a key slot, a value for the others. */
export interface Entry {
  readonly key?: string;
  readonly value?: JsonValue;
}

/** A text and what was read in it. */
export interface Read {
  readonly text: string;
  readonly tree: Tree;
}

export interface Syntax {
  readonly id: string;
  /** How a comment begins that goes to the end of its line. */
  readonly remark?: string;
  /** What an element of the policy is called here, where that is not its own name. */
  readonly termFor?: (element: string) => string | undefined;
  /** Whether a name may be written at a slot although it stands beside it already. */
  readonly mayRepeat?: (slot: Slot, name: string) => boolean;

  /** Reads a text. Never throws: what cannot be read is a problem, and the tree is what could be saved. */
  parse(text: string): Tree;

  /**
   * The same by way of the text that this one was made from, whose tree is used up. Nodes with the same content are
   * those of before. Nothing where that saves nothing.
   */
  reread?(before: Read, text: string): Tree | undefined;

  /**
   * The innermost slot at an offset below a root; nothing outside of it, in comments, and where nothing can be written.
   * Works on broken text.
   */
  slotAt(root: Node, text: string, offset: number): Slot | undefined;

  /**
   * The edits that carry out all the changes together, in the host's own style. Texts may hold the marks of
   * `tree/change.ts`. Nothing where the changes cannot be expressed in this place.
   */
  edits(changes: readonly Change[], text: string): readonly TextEdit[] | undefined;

  /** The edit that writes an entry at a slot, first, and what else has to change for it, such as a comma. */
  insertion(slot: Slot, entry: Entry, text: string): readonly TextEdit[];
}
