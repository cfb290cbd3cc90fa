/**
 * The one JSON-shaped tree that every syntax is read into. Rules and features see this and never a host language.
 * Invariant: spans nest, children know their parent, and what cannot be known is a hole, never a guess.
 */
import type { TextEdit } from '../text/edit.ts';
import type { Span } from '../text/span.ts';

/** A part of a string that only the host can compute, such as `${var.account}`. */
export interface Hole {
  readonly hole: string;
}

interface NodeBase {
  readonly span: Span;
  /** The member whose value this is, or the array that it is an item of; nothing for a root. */
  readonly parent?: Member | ArrayNode;
  /** No syntax problem lies inside. Only complete nodes are edited. */
  readonly complete: boolean;
  /** A name stands here, and the value is written elsewhere: it is known, and not edited. */
  readonly followed?: true;
  /** Among items or members: it stands for items or members, not for one of them. */
  readonly spread?: true;
}

export interface ObjectNode extends NodeBase {
  readonly kind: 'object';
  readonly members: readonly Member[];
}

export interface ArrayNode extends NodeBase {
  readonly kind: 'array';
  readonly items: readonly Node[];
}

export interface StringNode extends NodeBase {
  readonly kind: 'string';
  /** The decoded text; nothing when a part of it is a hole. */
  readonly value?: string;
  readonly parts: readonly (string | Hole)[];
  /** The text between the quotes, or the whole of an unquoted string. */
  readonly content: Span;
}

export interface NumberNode extends NodeBase {
  readonly kind: 'number';
  readonly value: number;
  /** As written: account ids lose their leading zeros in `value`. */
  readonly text: string;
}

export interface BooleanNode extends NodeBase {
  readonly kind: 'boolean';
  readonly value: boolean;
}

export interface NullNode extends NodeBase {
  readonly kind: 'null';
}

/** Values that are written in the text, of which the host takes one when it is run. */
export interface Choice {
  /** What decides, as it is written: choices with the same text are decided alike. */
  readonly condition: string;
  /** Nothing where a side is no value at all. */
  readonly sides: readonly (Node | undefined)[];
}

/** An expression that is not evaluated: it may stand for any value. */
export interface OpaqueNode extends NodeBase {
  readonly kind: 'opaque';
  readonly text: string;
  /** The name of the function where it is a call. */
  readonly callee?: string;
  /** The values that are written in the expression. They are no part of the tree, but a host may look for policies there. */
  readonly operands?: readonly Node[];
  /** The values between which it is a choice. */
  readonly choice?: Choice;
}

export type Node = ObjectNode | ArrayNode | StringNode | NumberNode | BooleanNode | NullNode | OpaqueNode;

/** A key and, once it is written, its value. */
export interface Member {
  readonly kind: 'member';
  readonly key: StringNode;
  readonly value?: Node;
  /** From the key to the end of the value, or of the separator while there is no value. */
  readonly span: Span;
  /** Where the value stands or may be written: from behind the separator to before the next delimiter. */
  readonly slot?: Span;
  readonly parent: ObjectNode;
}

/** Where a text breaks its own syntax, or the stricter one that IAM reads. */
export interface Problem {
  readonly kind: 'syntax' | 'comment' | 'trailing-comma';
  readonly span: Span;
  /** What is wrong, as the end of a sentence. */
  readonly message: string;
  /** An edit that mends just this. */
  readonly repair?: { readonly title: string; readonly edits: readonly TextEdit[] };
}

/** What a syntax makes of a text. Reading never fails: a tree without a root is an answer too. */
export interface Tree {
  readonly root?: Node;
  readonly problems: readonly Problem[];
  readonly comments: readonly Span[];
}
