/** Principals that nearly are the caller: what a slip in the trust policy would look like. */
import type { Caller } from '../../evaluate/caller.ts';
import { roleNameOf } from '../../policy/session.ts';
import type { NamedPrincipal, Policy, Principal } from '../../policy/policy.ts';
import { type Phrase, verbatim } from '../explain/phrase.ts';

/** A sentence for each principal that differs from the caller in one thing. */
export function nearMisses({ statements }: Policy, { principal: caller }: Caller): Phrase {
  const principals = statements.filter(({ effect }) => effect === 'Allow').flatMap((each) => each.principals);
  return principals.flatMap((principal): Phrase => {
    const difference = differenceOf(principal, caller);
    return difference === undefined ? [] : [' ', verbatim(principal.text), ` is not it: ${difference}.`];
  });
}

const isNamed = (principal: Principal): principal is NamedPrincipal =>
  principal.kind === 'role' ||
  principal.kind === 'session' ||
  principal.kind === 'user' ||
  principal.kind === 'federatedUser';

const nameOf = (principal: NamedPrincipal): string =>
  principal.kind === 'user' || principal.kind === 'federatedUser' ? principal.name : roleNameOf(principal);

function differenceOf(principal: Principal, caller: Principal): string | undefined {
  if (principal.kind === 'malformed')
    return 'it names no principal, and wildcards do not work in a principal';
  if (principal.kind === 'uniqueId')
    return 'the role or user behind it was deleted, and one made anew has another id';
  if (!isNamed(principal) || !isNamed(caller)) return undefined;
  const sameName = nameOf(principal).toLowerCase() === nameOf(caller).toLowerCase();
  const sameAccount = principal.account === caller.account;
  if (sameName && !sameAccount) return 'it is in another account';
  if (sameName && principal.partition !== caller.partition) return 'it is in another partition';
  if (!sameName || !sameAccount) return undefined;
  if (nameOf(principal) !== nameOf(caller)) return 'upper and lower case differ';
  if (principal.kind === 'session' && caller.kind === 'session') return 'it is another session of the role';
  if (principal.kind === 'user' && caller.kind !== 'user')
    return 'it is a user, and the caller is a session of a role';
  if (principal.kind === 'role' && caller.kind === 'user') return 'it is a role, and the caller is a user';
  return undefined;
}
