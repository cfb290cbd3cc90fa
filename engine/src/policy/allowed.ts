/** Which actions a policy gives to a principal, over all its statements: what one lacks, another may give. */
import { servicePrincipalNamed, type TrustAction } from '../catalog/catalog.ts';
import { includes } from './grants.ts';
import { isUnknown } from './known.ts';
import type { Policy, Principal, Statement } from './policy.ts';

/** Whether any statement gives an action to a principal or to a part of it, or may do so as far as is known. */
export const mayUse = (principal: Principal, action: TrustAction['id'], { statements }: Policy): boolean =>
  statements.some(
    (statement) =>
      statement.effect !== 'Deny' && mayGive(statement, action) && mayConcern(statement, principal),
  );

/** Whether a statement has an action, or may have it as far as is known. */
export const mayGive = ({ actions, open }: Statement, action: TrustAction['id']): boolean =>
  open.actions ||
  actions.some(({ pattern, matches }) => isUnknown(pattern) || matches.some(({ id }) => id === action));

/** Whether a statement is about a principal or a part of it, or may be so as far as is known. */
export const mayConcern = ({ principals, open }: Statement, principal: Principal): boolean =>
  open.principals || principals.some((other) => overlap(other, principal));

/** Whether two principals may have callers in common. */
function overlap(one: Principal, other: Principal): boolean {
  if (one.type === other.type && one.text === other.text) return true;
  if (isVague(one) || isVague(other)) return true;
  return includes(one, other) || includes(other, one);
}

const isVague = ({ kind, text }: Principal): boolean => kind === 'unknown' || isUnknown(text);

/** The actions that a service needs besides `sts:AssumeRole`, by what its own page says; mostly none. */
export const companionsOf = (principal: Principal): readonly TrustAction['id'][] =>
  (principal.kind === 'service' ? servicePrincipalNamed(principal.host)?.companions : undefined) ?? [];
