/** Which requests carry a condition key: what the catalogue says of kinds of callers, asked of principals. */
import { conditionKeyNamed, type Presence, type PresenceFor } from '../catalog/catalog.ts';
import { isUnknown } from './known.ts';
import type { Principal } from './policy.ts';

/** The kind of caller that a principal is, as the documentation of keys tells them apart. */
export const callerOf = ({ type }: Pick<Principal, 'type'>): keyof Presence =>
  type === 'Service' ? 'service' : type === 'Federated' ? 'federated' : 'aws';

/** What the callers of a kind are called in messages. */
export const callerNames = {
  aws: 'AWS accounts, users and roles',
  service: 'AWS services',
  federated: 'federated identities',
} as const satisfies Record<keyof Presence, string>;

/** Kinds of principals of which nobody can say who calls. */
const vague: ReadonlySet<Principal['kind']> = new Set(['canonicalUser', 'malformed', 'unknown'] as const);

/** The service that passes attributes of certificates on as tags of the principal. */
const tagging = 'rolesanywhere.amazonaws.com';

/** What callers are called whose requests never carry a key: users have a name, sessions of roles have none. */
export const withoutKey = (key: string, principal: Principal): string =>
  key.toLowerCase() === 'aws:username' && principal.type === 'AWS'
    ? 'roles'
    : callerNames[callerOf(principal)];

/** Whether the requests of a principal carry a key. */
export function presenceOf(key: string, principal: Principal): PresenceFor {
  if (vague.has(principal.kind) || isUnknown(principal.text) || isUnknown(key)) return 'unknown';
  if (principal.kind === 'anyone' && principal.bare) return 'unknown';
  const name = key.toLowerCase();
  if (name === 'aws:username' && (principal.kind === 'role' || principal.kind === 'session')) return 'no';
  if (name.startsWith('aws:principaltag/') && principal.kind === 'service')
    return principal.host === tagging ? 'sometimes' : 'no';
  return conditionKeyNamed(key)?.presence[callerOf(principal)] ?? 'unknown';
}
