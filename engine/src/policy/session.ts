/** Roles and their sessions: the ARN of a session has the name of its role, without the path of that. */
import { isUnknown } from './known.ts';
import type { NamedPrincipal } from './policy.ts';

/** The prefix of the roles that IAM Identity Center makes, and of the path that they lie in. */
const SSO_PREFIX = 'AWSReservedSSO_';
const SSO_PATH = 'aws-reserved/sso.amazonaws.com';

/** The name of a role without its path, or of the role that a session is of. */
export const roleNameOf = ({ kind, name }: NamedPrincipal): string =>
  (kind === 'session' ? name.split('/')[0] : name.split('/').at(-1)) ?? name;

/** The ARN of the role of a session, as far as it can be told: for a role without path. */
export function roleArnOf(session: NamedPrincipal): string | undefined {
  const role = roleNameOf(session);
  if (session.account === undefined || isUnknown(session.text) || role.startsWith(SSO_PREFIX))
    return undefined;
  return `arn:${session.partition}:iam::${session.account}:role/${role}`;
}

/** Whether a role belongs to IAM Identity Center. */
export const isIdentityCenterRole = (role: NamedPrincipal): boolean =>
  role.kind === 'role' && (role.name.startsWith(`${SSO_PATH}/`) || roleNameOf(role).startsWith(SSO_PREFIX));

/**
 * A pattern for the ARNs that the role of a permission set has had and will have: the suffix is made anew with each
 * provisioning, and the path has a Region in it unless that is us-east-1.
 */
export function permissionSetPattern({ partition, account, ...role }: NamedPrincipal): string | undefined {
  const [, set] = /^AWSReservedSSO_(.+)_[0-9a-f]{16}$/.exec(roleNameOf({ partition, ...role })) ?? [];
  if (account === undefined || set === undefined || isUnknown(role.text)) return undefined;
  return `arn:${partition}:iam::${account}:role/${SSO_PATH}*/${SSO_PREFIX}${set}_*`;
}
