/**
 * What a named insertion is: something that a platform team asks of a statement again and again. It merges with what is
 * there, changes nothing where that is there already, and never lets in anybody who was kept out before, but for the
 * session tags that one of them is for.
 */
import type { Policy, Statement } from '../policy/policy.ts';
import type { Settings } from '../settings.ts';
import type { Change } from '../tree/change.ts';
import type { Node } from '../tree/tree.ts';
import type { JsonValue } from '../tree/walk.ts';

/** An Allow statement, and what may be known besides when something is inserted into it. */
export interface Target {
  readonly policy: Policy;
  readonly statement: Statement;
  readonly settings: Settings;
  /** The value to ask for; without it, that of the insertion, or a place to fill in. */
  readonly value?: string;
  /** A value with the expressions of the host in it; nothing where it cannot be written again elsewhere. */
  readonly copy: (node: Node) => JsonValue | undefined;
  /** A variable of the host as a value; nothing where the host has none. */
  readonly variable?: HostVariable;
}

/** How a host names a value that is given from outside. */
export interface HostVariable {
  /** What it is called where it is declared. */
  readonly name: string;
  readonly value: JsonValue;
  readonly isDeclared: boolean;
}

/** `present`: it is there already. `unfit`: it makes no sense here, or cannot be expressed. `why` is a sentence. */
export type Outcome =
  | { readonly kind: 'changes'; readonly changes: readonly Change[] }
  | { readonly kind: 'present' | 'unfit'; readonly why: string };

/** A value that may be given. */
export interface ValueForm {
  readonly name: string;
  readonly accepts: (text: string) => boolean;
  /** What it has to be, as the end of a sentence. */
  readonly says: string;
}

export interface Insertion {
  readonly id: string;
  readonly title: string;
  /** What comes of it, in one sentence. */
  readonly summary: string;
  readonly form?: ValueForm;
  /** The title at a place, where that says more. */
  readonly titleAt?: (target: Target) => string;
  readonly make: (target: Target) => Outcome;
}

export const unfit = (why: string): Outcome => ({ kind: 'unfit', why });
export const present = (why: string): Outcome => ({ kind: 'present', why });

/** Changes as an outcome; nothing means that the host cannot express them. */
export const changing = (changes: readonly Change[] | undefined): Outcome =>
  changes
    ? { kind: 'changes', changes }
    : unfit('This cannot be written here: an expression stands in the way.');
