/** The shape of templates.json, as its schema states it. */
import type { JsonValue } from '../engine/src/tree/walk.ts';

/** A place to fill in. */
export interface TemplateStop {
  readonly default: string;
  readonly description: string;
}

/** A policy with places to fill in, written `${name}` in its texts. */
export interface Template {
  readonly name: string;
  readonly family: string;
  readonly title: string;
  /** Who gets in. */
  readonly description: string;
  /** When to use it. */
  readonly when: string;
  readonly links: readonly string[];
  /** What it is called in the list of snippets. */
  readonly prefixes: readonly string[];
  /** Not a trust policy, but one to attach to a role that assumes others. */
  readonly kind?: 'identity';
  /** The vendor whose account is filled in, as the catalogue calls it. */
  readonly owner?: string;
  readonly statements: readonly { readonly [element: string]: JsonValue }[];
}

export declare const stops: Readonly<Record<string, TemplateStop>>;
export declare const templates: readonly Template[];
