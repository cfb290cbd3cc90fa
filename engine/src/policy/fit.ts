/** Which principals can use which actions: what the catalogue says of kinds of callers, asked of principals. */
import { type PrincipalKind as CallerKind, type TrustAction, trustActions } from '../catalog/catalog.ts';
import type { Principal } from './policy.ts';

/** The kind of caller that a principal is; nothing where it is not known, or could be several. */
export function callerKind({ kind }: Principal): CallerKind | undefined {
  switch (kind) {
    case 'account':
    case 'role':
    case 'user':
    case 'session':
    case 'federatedUser':
    case 'uniqueId':
      return 'aws';
    case 'service':
    case 'saml':
    case 'oidc':
      return kind;
    case 'anyone':
    case 'canonicalUser':
    case 'malformed':
    case 'unknown':
      return undefined;
  }
}

/** The one action by which a principal assumes a role. */
export function actionFor(principal: Principal): TrustAction['id'] | undefined {
  const caller = callerKind(principal);
  return caller && trustActions().find((action) => action.assumes && action.principals.includes(caller))?.id;
}

/** Whether a principal can use an action; what is not known is not denied. */
export function canUse(principal: Principal, action: TrustAction): boolean {
  const caller = callerKind(principal);
  return caller === undefined || action.principals.includes(caller);
}

/** Whether a principal can use an action, everyone under `AWS` being taken for AWS identities. */
export const isWayIn = (principal: Principal, action: TrustAction): boolean =>
  principal.kind === 'anyone' && !principal.bare
    ? action.principals.includes('aws')
    : canUse(principal, action);
