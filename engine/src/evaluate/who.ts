/**
 * Whether a statement is about the caller. An account stands for all that is in it, a role for its sessions; in a
 * `NotPrincipal` each must be named itself.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
 */
import { isAccountId, parseArn } from '../policy/arn.ts';
import { anyOf, certainly, type Certainty, notOf } from '../policy/certainty.ts';
import { isUnknown, unknownPart } from '../policy/known.ts';
import { partitionOf, writtenPartition } from '../policy/partition.ts';
import type { Policy, Principal, Statement } from '../policy/policy.ts';
import { mayHaveMorePrincipals, principalsIn } from '../policy/read.ts';
import { globMatches, globsOverlap } from '../text/glob.ts';
import type { Node } from '../tree/tree.ts';
import { memberOf, valueOf } from '../tree/walk.ts';
import type { Caller } from './caller.ts';

/** Whether a statement concerns a caller, and the node that says so. */
export interface Concern {
  readonly certainty: Certainty;
  readonly at: Node;
  /** The principal that names the caller, or may. */
  readonly principal?: Principal;
  readonly negated: boolean;
}

/**
 * Whether a statement is about a caller, by `Principal` or `NotPrincipal`.
 * @param isForeign whether the caller is of another partition than the policy
 */
export function concerns(statement: Statement, caller: Caller, isForeign: boolean): Concern {
  const excluded = memberOf(statement.node, 'NotPrincipal');
  if (excluded?.value !== undefined && memberOf(statement.node, 'Principal') === undefined)
    return notNamed(statement, excluded.value, caller, isForeign);
  const named = statement.principals.map((principal) => ({
    principal,
    certainty: names(principal, caller, caller.levels, isForeign),
  }));
  const best =
    named.find(({ certainty }) => certainty === 'yes') ??
    named.find(({ certainty }) => certainty === 'maybe');
  const all = valueOf(statement.node, 'Principal') ?? statement.node;
  const mayBeNamed =
    statement.open.principals &&
    (all === statement.node || mayHaveMorePrincipals(all, caller.principal.type));
  const certainty = best?.certainty ?? (mayBeNamed ? 'maybe' : 'no');
  return {
    certainty,
    at: best?.principal.node ?? all,
    negated: false,
    ...(best && { principal: best.principal }),
  };
}

/**
 * An Allow with `NotPrincipal` leaves out who is named together with all that it stands for; a Deny spares only who is
 * named itself, so that naming an account or a role does not spare what is in it.
 */
function notNamed(statement: Statement, node: Node, caller: Caller, isForeign: boolean): Concern {
  // A caller given as a role is a session that is not known.
  const self = caller.principal.kind === 'role' ? [] : caller.levels.slice(-1);
  const levels = statement.effect === 'Deny' ? self : caller.levels;
  const named = principalsIn(node).map((principal) => names(principal, caller, levels, isForeign));
  const among = anyOf(mayHaveMorePrincipals(node, caller.principal.type) ? [...named, 'maybe'] : named);
  return { certainty: notOf(among), at: node, negated: true };
}

/** Whether a principal of a policy means a caller at one of these levels. */
function names(
  principal: Principal,
  caller: Caller,
  levels: Caller['levels'],
  isForeign: boolean,
): Certainty {
  if (principal.kind === 'malformed' || principal.kind === 'canonicalUser') return 'no';
  if (principal.kind === 'anyone') {
    const isMeant = principal.bare || caller.principal.type === 'AWS';
    return certainly(isMeant && !isForeign);
  }
  if (principal.type !== caller.principal.type) return 'no';
  const isSession = principal.kind === 'session' && caller.principal.kind === 'role';
  if (isSession) return sessionOf(principal.text, caller);
  const { text, open } = patternFor(principal);
  const isMeant = levels.flat().some((name) => (open ? globsOverlap(text, name) : globMatches(name, text)));
  // A bare account id says nothing of the partition.
  if (!isMeant || (!open && writtenPartition(principal) === undefined && isForeign)) return 'no';
  return open ? 'maybe' : 'yes';
}

/** A caller given as a role is one of its sessions, nobody says which. */
function sessionOf(text: string, { principal }: Caller): Certainty {
  if (principal.kind !== 'role' || principal.account === undefined) return 'no';
  const role = principal.name.split('/').at(-1) ?? principal.name;
  const name = `arn:${principal.partition}:sts::${principal.account}:assumed-role/${role}/`;
  return text.startsWith(name) || isUnknown(text) ? 'maybe' : 'no';
}

/** The text of a principal, as a pattern where a part such as the account `ACCOUNT_ID` is not known. */
function patternFor({ kind, text }: Principal): { readonly text: string; readonly open: boolean } {
  const arn = parseArn(text);
  const { partition = '', service = '', region = '', resource = '' } = arn ?? {};
  const isStandIn = arn === undefined ? kind === 'unknown' && !isUnknown(text) : !isAccountId(arn.account);
  const vague = arn === undefined ? '*' : `arn:${partition}:${service}:${region}:*:${resource}`;
  return {
    text: (isStandIn ? vague : text).replaceAll(unknownPart, '*'),
    open: isStandIn || isUnknown(text),
  };
}

/** Nobody calls from one partition into another: the policy's own, where its principals tell. */
export function isForeignTo(policy: Policy, { partition }: Caller): boolean {
  const own = partitionOf(policy);
  return own !== undefined && partition !== undefined && own !== partition;
}
