/** Condition keys: those of the data file and, for known OIDC issuers, one per claim. */
import { entries } from './condition-keys.json';
import type { ConditionKeyEntry, OidcClaim, OidcProvider, Presence } from './entries.gen.ts';
import { lazy, lazyIndex } from './lazy.ts';
import { entries as claims } from './oidc-claims.json';
import type { TrustActionName } from './names.gen.ts';
import { oidcProviderFor } from './oidc.ts';

/** A condition key with all that the data file leaves to its defaults. */
export interface ConditionKey extends ConditionKeyEntry {
  /** True if the id is the first part of a key such as aws:PrincipalTag/team. */
  readonly prefix: boolean;
  readonly multivalued: boolean;
  readonly actions: readonly TrustActionName[];
  readonly url: string;
}

const GLOBAL_KEYS = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html';

const keys = lazy(() => entries.map(filled));
const plainKeys = lazy(
  () =>
    new Map(
      keys()
        .filter((key) => !key.prefix)
        .map((key) => [key.id.toLowerCase(), key] as const),
    ),
);
const prefixKeys = lazy(() => keys().filter((key) => key.prefix));
const claimIndex = lazyIndex(claims, (claim) => claim.id.toLowerCase());

/** The condition keys that are not bound to an OIDC provider, by name; ids that end in / take a name. */
export function conditionKeys(): readonly ConditionKey[] {
  return keys();
}

/**
 * The condition key of this name, in any case: exact, by its prefix (`aws:PrincipalTag/team`), or a claim that
 * AWS evaluates for a known OIDC provider (`gitlab.com:sub`).
 */
export function conditionKeyNamed(key: string): ConditionKey | undefined {
  const name = key.toLowerCase();
  return plainKeys().get(name) ?? prefixKey(name) ?? claimKey(key);
}

function prefixKey(name: string): ConditionKey | undefined {
  return prefixKeys().find((key) => name.startsWith(key.id.toLowerCase()) && name.length > key.id.length);
}

/** An issuer holds no colon, so the first colon ends it. */
function claimKey(key: string): ConditionKey | undefined {
  const colon = key.indexOf(':');
  const issuer = key.slice(0, Math.max(colon, 0));
  const provider = oidcProviderFor(issuer);
  const claim = claimIndex().get(key.slice(colon + 1).toLowerCase());
  if (provider === undefined || claim === undefined || !provider.claims.includes(claim.id)) return undefined;
  return keyOfClaim(issuer, provider, claim);
}

/** The keys of all claims that AWS evaluates for an issuer; for an unknown one those of any OIDC provider. */
export function claimKeysOf(issuer: string): readonly ConditionKey[] {
  const provider = oidcProviderFor(issuer) ?? anyProvider;
  return provider.claims.flatMap((id) => {
    const claim = claimIndex().get(id.toLowerCase());
    return claim === undefined ? [] : [keyOfClaim(issuer, provider, claim)];
  });
}

type Claims = Pick<OidcProvider, 'claims' | 'identityClaims' | 'chainedClaims'>;

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html */
const anyProvider: Claims = {
  claims: ['amr', 'aud', 'email', 'oaud', 'sub'],
  identityClaims: ['email', 'sub'],
};

function keyOfClaim(issuer: string, provider: Claims, claim: OidcClaim): ConditionKey {
  const chained = provider.chainedClaims?.includes(claim.id) === true;
  return {
    id: `${issuer}:${claim.id}`,
    prefix: false,
    type: claim.type,
    multivalued: claim.multivalued,
    actions: chained
      ? ['sts:AssumeRole', 'sts:AssumeRoleWithWebIdentity']
      : ['sts:AssumeRoleWithWebIdentity'],
    presence: { aws: chained ? 'sometimes' : 'no', service: 'no', federated: 'sometimes' },
    guard: provider.identityClaims.includes(claim.id) ? 'strong' : 'none',
    ...(claim.values === undefined ? {} : { values: claim.values }),
    doc: claim.doc,
    url: claim.url,
  };
}

function filled(entry: ConditionKeyEntry): ConditionKey {
  const name = entry.id.replace(/^\w+:/, '').replace('/', '').toLowerCase();
  return {
    prefix: entry.id.endsWith('/'),
    multivalued: false,
    actions: actionsOf(entry.presence),
    url: `${GLOBAL_KEYS}#condition-keys-${name}`,
    ...entry,
  };
}

/** The trust actions of the callers that can send the key: signed calls, federated calls, and both alike. */
function actionsOf({ aws, service, federated }: Presence): readonly TrustActionName[] {
  const signed = aws === 'no' && service === 'no' ? [] : (['sts:AssumeRole', 'sts:SetContext'] as const);
  const unsigned =
    federated === 'no' ? [] : (['sts:AssumeRoleWithSAML', 'sts:AssumeRoleWithWebIdentity'] as const);
  return [...signed, ...unsigned, 'sts:TagSession', 'sts:SetSourceIdentity'];
}
