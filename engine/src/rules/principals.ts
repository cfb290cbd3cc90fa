/** What the rules on the form of principals share: which principals have which fault. */
import type { Policy, Principal, PrincipalFault, Statement } from '../policy/policy.ts';

type FaultKind = PrincipalFault['kind'];

/** A principal that IAM refuses, and why. */
export interface FaultyPrincipal<Kind extends FaultKind> {
  readonly statement: Statement;
  readonly principal: Principal;
  readonly fault: PrincipalFault & { readonly kind: Kind };
}

/** The principals of Allow and Deny statements that have a fault of one kind. */
export const faultyPrincipals = <Kind extends FaultKind>(
  policy: Policy,
  kind: Kind,
): readonly FaultyPrincipal<Kind>[] =>
  policy.statements.flatMap((statement) =>
    statement.principals.flatMap((principal) => {
      const { fault } = principal;
      return fault && isOf(fault, kind) ? [{ statement, principal, fault }] : [];
    }),
  );

const isOf = <Kind extends FaultKind>(
  fault: PrincipalFault,
  kind: Kind,
): fault is PrincipalFault & { readonly kind: Kind } => fault.kind === kind;
