/** Who calls in a statement, as kinds of callers, and which condition keys and operators have a meaning for them. */
import {
  claimKeysOf,
  type ConditionKey,
  conditionKeyNamed,
  conditionKeys,
  operatorNamed,
  type Presence,
  type PresenceFor,
  type PrincipalKind as Caller,
  type TrustAction,
  trustActions,
} from '../catalog/catalog.ts';
import type { OperatorText } from '../policy/condition.ts';
import { callerKind } from '../policy/fit.ts';
import { isUnknown } from '../policy/known.ts';
import type { Principal, PrincipalType, Statement } from '../policy/policy.ts';

export type { PrincipalKind as Caller } from '../catalog/catalog.ts';

const everyCaller: readonly Caller[] = ['aws', 'service', 'saml', 'oidc'];

/** The callers that stand under a type of principal. */
export const callersUnder: Readonly<Record<PrincipalType, readonly Caller[]>> = {
  AWS: ['aws'],
  Service: ['service'],
  Federated: ['saml', 'oidc'],
  CanonicalUser: ['aws'],
};

/** The part of a request's documentation that is about a kind of caller. */
const callerIn: Readonly<Record<Caller, keyof Presence>> = {
  aws: 'aws',
  service: 'service',
  saml: 'federated',
  oidc: 'federated',
};

/** The kinds of callers that a statement names; all while it names none. */
export function callersNamedIn({ principals }: Statement): readonly Caller[] {
  const named = new Set(principals.flatMap(callersFor));
  return named.size > 0 ? [...named] : everyCaller;
}

/** The kinds of callers that can use the actions of a statement; all while it names none. */
export function callersWith(statement: Statement): readonly Caller[] {
  const actions = assumedBy(statement);
  return everyCaller.filter((caller) => actions.some(({ principals }) => principals.includes(caller)));
}

/** The kinds of callers that a statement names and that can use its actions, or only the former if none can. */
export function callersOf(statement: Statement): readonly Caller[] {
  const named = callersNamedIn(statement);
  const able = callersWith(statement);
  const both = named.filter((caller) => able.includes(caller));
  return both.length > 0 ? both : named;
}

function callersFor(principal: Principal): readonly Caller[] {
  const caller = callerKind(principal);
  if (caller !== undefined) return [caller];
  return principal.type === undefined ? ['aws'] : callersUnder[principal.type];
}

/** The assume actions that a statement names; all while it names none. */
function assumedBy({ actions }: Statement): readonly TrustAction[] {
  const named = actions.flatMap(({ matches }) => matches.filter(({ assumes }) => assumes));
  return named.length > 0 ? named : trustActions().filter(({ assumes }) => assumes);
}

/** The condition keys that a request of the statement's callers can carry, claims of its providers first. */
export function keysFor(statement: Statement): readonly ConditionKey[] {
  const callers = callersOf(statement);
  const claims = issuersIn(statement).flatMap((issuer) => claimKeysOf(issuer));
  return [...claims, ...conditionKeys()].filter((key) =>
    callers.some((caller) => presenceFor(key, caller, statement) !== 'no'),
  );
}

/** The condition key of a name, be it known to all or a claim of a provider that the statement trusts. */
export const keyNamed = (name: string, statement: Statement): ConditionKey | undefined =>
  conditionKeyNamed(name) ?? keysFor(statement).find(({ id }) => id.toLowerCase() === name.toLowerCase());

/** Whether requests that a kind of caller makes under a statement carry a key. */
export function presenceFor(key: ConditionKey, caller: Caller, statement: Statement): PresenceFor {
  const presence = key.presence[callerIn[caller]];
  const able = assumedBy(statement).filter(({ principals }) => principals.includes(caller));
  if (able.some(({ id }) => key.actions.includes(id))) return presence;
  // Keys of actions that only permit something are there where such an action is named.
  const permitted = statement.actions.some(({ matches }) =>
    matches.some(({ id }) => key.actions.includes(id)),
  );
  return permitted && !isOfAssuming(key) ? presence : 'no';
}

const isOfAssuming = ({ actions }: ConditionKey): boolean =>
  trustActions().some(({ id, assumes }) => assumes && actions.includes(id));

function issuersIn({ principals }: Statement): readonly string[] {
  const issuers = principals.flatMap((principal) => (principal.kind === 'oidc' ? [principal.issuer] : []));
  return [...new Set(issuers)].filter((issuer) => !isUnknown(issuer));
}

/** Whether an operator compares values of a key's type, with a set prefix exactly where a key has many values. */
export function fits(key: ConditionKey, { name, quantifier }: OperatorText): boolean {
  const operator = operatorNamed(name);
  if (operator === undefined || operator.type === 'null') return true;
  if ((quantifier !== undefined) !== key.multivalued) return false;
  return key.type === operator.type || key.alternative === operator.type;
}
