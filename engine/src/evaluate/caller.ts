/**
 * Who calls: the names by which a `Principal` element can mean the caller, and the context keys that follow from who it
 * is. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
import { isUnknown } from '../policy/known.ts';
import { writtenPartition } from '../policy/partition.ts';
import type { NamedPrincipal, Principal } from '../policy/policy.ts';
import { readPrincipal } from '../policy/principal.ts';
import { roleArnOf, roleNameOf } from '../policy/session.ts';
import type { StringNode } from '../tree/tree.ts';

/** The principal of a request, as users write it. For role sessions `issuer` is the ARN of the role. */
export type WrittenCaller =
  | { readonly type: 'AWS'; readonly arn: string; readonly issuer?: string }
  | { readonly type: 'Service' | 'Federated'; readonly value: string };

export interface Caller {
  readonly principal: Principal;
  /** The role of a session, or the user behind a federated one, where it is given. */
  readonly issuer?: NamedPrincipal;
  /**
   * From the widest to the caller itself: the account, the role, the session. Each with the texts that name it in a
   * policy, as patterns, since the path of a role need not be known.
   */
  readonly levels: readonly (readonly string[])[];
  readonly account?: string;
  readonly partition?: string;
}

/** Why a caller cannot be taken. */
export interface Refusal {
  readonly problem: string;
}

/** Reads a caller. The unique id is what `aws:userid` has before its colon: a policy may name that, too. */
export function readCaller(written: WrittenCaller, uniqueId?: string): Caller | Refusal {
  if (written.type !== 'AWS') return otherCaller(written.type, written.value);
  const principal = read(written.arn, 'AWS');
  const issuer = written.issuer === undefined ? undefined : read(written.issuer, 'AWS');
  const problem = problemWith(principal, issuer);
  if (problem !== undefined) return { problem };
  const account = 'account' in principal ? principal.account : undefined;
  const partition = writtenPartition(principal);
  if (account === undefined || partition === undefined) return { problem: notOne(written.arn) };
  const behind = issuer?.kind === 'role' || issuer?.kind === 'user' ? issuer : undefined;
  return {
    principal,
    ...(behind && { issuer: behind }),
    levels: [
      [account, `arn:${partition}:iam::${account}:root`],
      ...namedLevels(principal, behind, uniqueId === undefined ? [] : [uniqueId]),
    ],
    account,
    partition,
  };
}

/** A text as a principal of a policy would be read. */
function read(text: string, type: 'AWS' | 'Service' | 'Federated'): Principal {
  const span = { start: 0, end: text.length };
  const node: StringNode = {
    kind: 'string',
    span,
    content: span,
    complete: true,
    value: text,
    parts: [text],
  };
  return readPrincipal(node, type);
}

function otherCaller(type: 'Service' | 'Federated', value: string): Caller | Refusal {
  const principal = read(value, type);
  const expected = type === 'Service' ? ['service'] : ['oidc', 'saml'];
  if (!expected.includes(principal.kind) || isUnknown(value)) {
    const form =
      type === 'Service'
        ? 'the name of an AWS service, such as "ec2.amazonaws.com"'
        : 'the ARN of an OIDC or SAML provider, or one of the hosts that AWS knows, such as "accounts.google.com"';
    return { problem: `"${value}" is no ${type} principal: give ${form}.` };
  }
  const partition = writtenPartition(principal);
  return { principal, levels: [[value]], ...(partition !== undefined && { partition }) };
}

const notOne = (arn: string): string =>
  `"${arn}" is no caller: give the ARN of a user, of a role session, or of an account's root user.`;

const callers: ReadonlySet<Principal['kind']> = new Set([
  'account',
  'federatedUser',
  'role',
  'session',
  'user',
] as const);

function problemWith(principal: Principal, issuer: Principal | undefined): string | undefined {
  if (!callers.has(principal.kind) || isUnknown(principal.text)) return notOne(principal.text);
  if (issuer === undefined) return undefined;
  const expected = principal.kind === 'session' ? 'role' : 'user';
  if (issuer.kind !== expected || (principal.kind !== 'session' && principal.kind !== 'federatedUser'))
    return `The issuer "${issuer.text}" does not fit: a role session is issued by a role, a federated user's by a user.`;
  if (principal.kind !== 'session') return undefined;
  const isItsRole =
    principal.account === issuer.account &&
    principal.partition === issuer.partition &&
    roleNameOf(principal) === roleNameOf(issuer);
  return isItsRole ? undefined : `"${principal.text}" is no session of the role "${issuer.text}".`;
}

function namedLevels(
  principal: Principal,
  issuer: NamedPrincipal | undefined,
  ids: readonly string[],
): readonly (readonly string[])[] {
  switch (principal.kind) {
    case 'user':
      return [[principal.text, ...ids]];
    case 'role':
      return [[principal.text, ...ids]];
    case 'session':
      return [[...roleTexts(principal, issuer), ...ids], [principal.text]];
    case 'federatedUser':
      return [...(issuer ? [[issuer.text]] : []), [principal.text]];
    default:
      return [];
  }
}

/** Names of roles are unique in an account whatever their path, so the name tells the role of a session. */
function roleTexts(session: NamedPrincipal, role: NamedPrincipal | undefined): readonly string[] {
  if (role) return [role.text];
  const { partition, account = '' } = session;
  const base = `arn:${partition}:iam::${account}:role/`;
  return [base + roleNameOf(session), `${base}*/${roleNameOf(session)}`];
}

/** The ARN that `aws:PrincipalArn` has for a caller: of the role, never of its session. */
export function principalArnOf({ principal, issuer }: Caller): string | undefined {
  switch (principal.kind) {
    case 'session':
      return issuer?.text ?? roleArnOf(principal);
    case 'account':
    case 'federatedUser':
    case 'role':
    case 'user':
      return principal.text;
    default:
      return undefined;
  }
}
