/** The contract of a host: which documents it reads, with which syntax, and where trust policies sit in them. */
import type { Span } from '../text/span.ts';
import type { Node, Problem, Tree } from '../tree/tree.ts';
import type { Syntax } from '../syntax/syntax.ts';

/** What is known of a document besides its text. */
export interface DocumentName {
  /** Its address, or `untitled:…`; only the last part of the path counts. */
  readonly uri: string;
  readonly languageId: string;
  /** Names of arguments in Terraform that take a trust policy, besides those that are known by themselves. */
  readonly terraformArguments?: readonly string[];
}

/** A policy as it is when a choice in it falls one way. */
export interface Alternative {
  /** What was chosen: only this is to be looked at here. */
  readonly sides: readonly Span[];
  /** What the choices depend on, as it is written. */
  readonly conditions: readonly string[];
  readonly root: Node;
  readonly syntax?: Syntax;
}

/** A policy in a document. */
export interface Embedded {
  readonly root: Node;
  /** What choices in it may come to; in `root` they are not known. */
  readonly alternatives?: readonly Alternative[];
  /** What to call it: the role's name or logical id, or nothing where the document is the policy. */
  readonly label?: string;
  /** Whose permissions it states, where it is no trust policy: those of a caller who assumes roles. */
  readonly kind?: 'caller';
  /** The name of the role, and its account where that is written out. */
  readonly role?: { readonly name: string; readonly account?: string };
  /** Where it is not the document's: that of a text inside a string. */
  readonly syntax?: Syntax;
  /** What is wrong with that text. */
  readonly problems?: readonly Problem[];
}

export interface Found {
  readonly policies: readonly Embedded[];
  /** The document is the policy itself, so what breaks its syntax is a fault of the policy. */
  readonly whole: boolean;
}

export interface Host {
  readonly id: string;
  readonly languages: readonly string[];
  /** How the names of its files end, for editors that have no language of it. */
  readonly extensions?: readonly string[];
  readonly syntaxOf: (languageId: string, text: string) => Syntax;
  /** A look at the text alone: false only where no policy can be. Has to be cheap on large documents. */
  readonly mayContain: (text: string, name: DocumentName) => boolean;
  readonly find: (tree: Tree, text: string, name: DocumentName) => Found;
}
