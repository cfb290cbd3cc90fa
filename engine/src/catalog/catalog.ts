/** What is known of IAM, as typed lookups over the data files beside it, which nothing else may import. */
import { distance } from '../text/distance.ts';
import { globMatches, hasWildcard } from '../text/glob.ts';
import { entries as owners } from './accounts.json';
import { entries as stsActions } from './actions.json';
import { entries as denialEntries } from './denials.json';
import type { DenialMessage, KnownAccountOwner, Operator, SamlEndpoint, StsAction } from './entries.gen.ts';
import { lazy, lazyIndex } from './lazy.ts';
import type { PartitionName, TrustActionName } from './names.gen.ts';
import { entries as operatorEntries } from './operators.json';
import { entries as partitionEntries } from './partitions.json';
import { entries as attributeEntries } from './saml-attributes.json';
import { entries as endpointEntries } from './saml-endpoints.json';

export { claimKeysOf, conditionKeyNamed, conditionKeys, type ConditionKey } from './condition-keys.ts';
export { conditionKeyMeant, successorOf, tagKeyNamed } from './key-meant.ts';
export { issuerParts, oidcProviderFor, oidcProviders } from './oidc.ts';
export {
  globalServiceHost,
  isServiceHost,
  nearestServicePrincipal,
  sendsSource,
  serviceHostIn,
  servicePartition,
  servicePrincipalNamed,
  servicePrincipals,
  type ServicePrincipal,
} from './service-principals.ts';
export type * from './entries.gen.ts';
export type * from './names.gen.ts';

/** An STS action that has a meaning in a trust policy. */
export interface TrustAction extends StsAction {
  readonly id: TrustActionName;
  readonly trust: true;
}

/** The owner of an account that is known in public. */
export interface KnownAccount {
  readonly name: string;
  readonly kind: KnownAccountOwner['kind'];
  readonly url: string;
}

const attributeIndex = lazyIndex(attributeEntries, (attribute) => attribute.id);
const operatorIndex = lazyIndex(operatorEntries, (operator) => operator.id);
const actionIndex = lazyIndex(stsActions, (action) => action.id.toLowerCase());
const trustActionList = lazy(() => stsActions.filter(isTrustAction));
const partitionNames = lazy(() => partitionEntries.map((partition) => partition.id));
const ownerIndex = lazy(
  () => new Map(owners.flatMap((owner) => owner.accounts.map((account) => [account, owner] as const))),
);

/** All condition operators, by name. */
export function operators(): readonly Operator[] {
  return operatorEntries;
}

/** The operator of this exact name, which has neither set prefix nor IfExists. */
export function operatorNamed(name: string): Operator | undefined {
  return operatorIndex().get(name);
}

/** The STS actions that have a meaning in a trust policy, by name. */
export function trustActions(): readonly TrustAction[] {
  return trustActionList();
}

/** The STS action of this name, in any case; also those that have no meaning in a trust policy. */
export function stsActionNamed(name: string): StsAction | undefined {
  return actionIndex().get(name.toLowerCase());
}

/** Whether a pattern of an `Action` element covers any STS action at all. */
export function matchesStsAction(pattern: string): boolean {
  return stsActions.some((action) => globMatches(pattern, action.id, { ignoreCase: true }));
}

/** The trust action that a wrong name with the prefix `sts:` probably means; nothing if none is close. */
export function nearestTrustAction(name: string): TrustAction | undefined {
  const plain = name.toLowerCase();
  const web = /^sts:assumerolewith(?:oidc|openid|jwt|oauth|token|web)/.test(plain);
  const meant = web ? 'sts:AssumeRoleWithWebIdentity' : undefined;
  const close = (limit: number): TrustAction | undefined =>
    trustActions().find(({ id }) => distance(plain, id.toLowerCase(), limit) <= limit);
  return trustActions().find(({ id }) => id === meant) ?? close(1) ?? close(3);
}

/** The trust actions that a pattern of an `Action` element covers. */
export function trustActionsMatching(pattern: string): readonly TrustAction[] {
  if (!hasWildcard(pattern))
    return trustActions().filter(({ id }) => id.toLowerCase() === pattern.toLowerCase());
  return trustActions().filter((action) => globMatches(pattern, action.id, { ignoreCase: true }));
}

/** Who owns the account, if a vendor or AWS says so in public. */
export function knownAccount(id: string): KnownAccount | undefined {
  const owner = ownerIndex().get(id);
  return owner === undefined ? undefined : { name: owner.id, kind: owner.kind, url: owner.url };
}

/** The sign-in endpoints that `saml:aud` can name. */
export function samlEndpoints(): readonly SamlEndpoint[] {
  return endpointEntries;
}

/** The condition key that AWS makes of a SAML attribute of this name. */
export function samlKeyFor(attribute: string): string | undefined {
  return attributeIndex().get(attribute)?.key;
}

/** The refusals of AWS that a message speaks of, by parts of their texts. */
export function denialsIn(message: string): readonly DenialMessage[] {
  return denialEntries.filter(({ messages }) => messages.some((text) => message.includes(text)));
}

/** The partitions, as written in ARNs. */
export function partitions(): readonly PartitionName[] {
  return partitionNames();
}

function isTrustAction(action: StsAction): action is TrustAction {
  return action.trust;
}
