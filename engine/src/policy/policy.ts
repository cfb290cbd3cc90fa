/** The domain types: a trust policy as IAM sees it, each part with the node it was read from. Plain data. */
import type { OidcProvider, Operator, TrustAction } from '../catalog/catalog.ts';
import type { Member, Node, ObjectNode, StringNode } from '../tree/tree.ts';

export interface Policy {
  readonly node: Node;
  readonly version?: Node;
  readonly statements: readonly Statement[];
  /** Items of `Statement` that are no objects. */
  readonly strays: readonly Node[];
  readonly grants: readonly Grant[];
  /** Characters as IAM counts them: without white space. */
  readonly size: number;
  /** Statements that are left out of this view of the policy, because nothing is wrong with them. */
  readonly leftOut?: ReadonlySet<Node>;
}

/** What a document says of the role that a policy is of. */
export interface RoleIdentity {
  readonly name: string;
  readonly account?: string;
}

export interface Statement {
  readonly node: ObjectNode;
  readonly index: number;
  readonly sid?: string;
  /** Nothing while it is missing, unknown or neither of the two. */
  readonly effect?: 'Allow' | 'Deny';
  readonly principals: readonly Principal[];
  readonly actions: readonly ActionRef[];
  readonly tests: readonly Test[];
  /** Characters as IAM counts them: without white space. */
  readonly size: number;
  /** Parts that an expression of the host may fill with anything. */
  readonly open: { readonly principals: boolean; readonly actions: boolean; readonly tests: boolean };
}

/** The types of principals: the keys of `Principal`. */
export const principalTypes = ['AWS', 'Service', 'Federated', 'CanonicalUser'] as const;
export type PrincipalType = (typeof principalTypes)[number];

interface PrincipalBase {
  readonly node: Node;
  /** The key it stands under; nothing for `"Principal": "*"`. */
  readonly type?: PrincipalType;
  /** As written, with `unknownPart` for what is not known. */
  readonly text: string;
  /** Why IAM refuses it, where that is certain. */
  readonly fault?: PrincipalFault;
}

/** What is wrong with a principal. `repaired` is what was probably meant, well-formed: to be offered, not assumed. */
export type PrincipalFault =
  | { readonly kind: 'empty' | 'wildcard' }
  | { readonly kind: 'account-id' | 'format' | 'unknown-service'; readonly repaired?: string }
  | { readonly kind: 'group'; readonly account?: string }
  | { readonly kind: 'wrong-type'; readonly type: PrincipalType }
  /** An ARN that names no principal; `service` is the one of the ARN. */
  | { readonly kind: 'arn'; readonly repaired?: string; readonly service?: string }
  /** A host under Federated: IAM takes any domain name, yet only the built-in providers answer to theirs. */
  | { readonly kind: 'bare-host'; readonly repaired: string };

/** An identity with a name in an account; `account` is missing where it is not known. */
export interface NamedPrincipal extends PrincipalBase {
  readonly kind: 'role' | 'user' | 'session' | 'federatedUser';
  readonly account?: string;
  readonly partition: string;
  readonly name: string;
}

export type Principal =
  | (PrincipalBase & { readonly kind: 'anyone'; readonly bare: boolean })
  | (PrincipalBase & { readonly kind: 'account'; readonly account?: string; readonly partition?: string })
  | NamedPrincipal
  | (PrincipalBase & { readonly kind: 'service'; readonly host: string })
  | OidcPrincipal
  | (PrincipalBase & {
      readonly kind: 'saml';
      readonly account?: string;
      readonly partition: string;
      readonly name: string;
    })
  | (PrincipalBase & { readonly kind: 'canonicalUser' | 'uniqueId' | 'unknown' | 'malformed' });

export interface OidcPrincipal extends PrincipalBase {
  readonly kind: 'oidc';
  /** Host and path without scheme: also the prefix of the provider's condition keys. */
  readonly issuer: string;
  readonly provider?: OidcProvider;
  /** One of the four identity providers that AWS knows without a provider in the account. */
  readonly builtIn: boolean;
  readonly account?: string;
}

export interface ActionRef {
  readonly node: StringNode;
  /** As written; patterns may hold wildcards. */
  readonly pattern: string;
  readonly matches: readonly TrustAction[];
}

export type Quantifier = 'ForAllValues' | 'ForAnyValue';

/** One condition key under one operator. */
export interface Test {
  readonly member: Member;
  readonly operatorMember: Member;
  /** As written, with quantifier and `IfExists`. */
  readonly operatorText: string;
  /** Nothing for operators that IAM does not have. */
  readonly operator?: Operator;
  readonly quantifier?: Quantifier;
  readonly ifExists: boolean;
  /** As written, with `unknownPart` for what is not known. */
  readonly key: string;
  readonly values: readonly TestValue[];
  /** A list that an expression of the host may add values to. */
  readonly open: boolean;
}

export interface TestValue {
  readonly node: Node;
  /** With `unknownPart` for what is not known; numbers and booleans as IAM reads them. */
  readonly text: string;
}

/** One edge of trust: a principal that an Allow statement lets use assume actions. */
export interface Grant {
  readonly statement: Statement;
  readonly principal: Principal;
  readonly actions: readonly ActionRef[];
  readonly guards: readonly Guard[];
  /** An expression of the host may add a guard that is not seen here. */
  readonly open: boolean;
}

/** A condition that really narrows who gets in, from the Allow itself or from a Deny that bars the rest. */
export interface Guard {
  /** Lower-cased: IAM compares key names without regard to case. */
  readonly key: string;
  readonly test: Test;
  readonly from: 'allow' | 'deny';
}
