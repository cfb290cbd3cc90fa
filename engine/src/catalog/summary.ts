/** What the catalogue holds, where it comes from and how old it is, for those who want to know what they rely on. */
import { entries as owners, provenance as ownersFrom } from './accounts.json';
import { entries as actions, provenance as actionsFrom } from './actions.json';
import { entries as keys, provenance as keysFrom } from './condition-keys.json';
import { entries as denials, provenance as denialsFrom } from './denials.json';
import type { Provenance } from './entries.gen.ts';
import { entries as claims, provenance as claimsFrom } from './oidc-claims.json';
import { entries as providers, provenance as providersFrom } from './oidc-providers.json';
import { entries as operators, provenance as operatorsFrom } from './operators.json';
import { entries as partitions, provenance as partitionsFrom } from './partitions.json';
import { entries as attributes, provenance as attributesFrom } from './saml-attributes.json';
import { entries as endpoints, provenance as endpointsFrom } from './saml-endpoints.json';
import { entries as services, provenance as servicesFrom } from './service-principals.json';
import { sendsSource, servicePrincipals } from './service-principals.ts';

/** One file of the catalogue. */
export interface CatalogPart {
  readonly name: string;
  readonly count: number;
  /** The same counted by kind. */
  readonly counts: Readonly<Record<string, number>>;
  readonly provenance: Provenance;
}

/** The parts of the catalogue: what is known of the policy language, then of those who call. */
export const catalogParts = (): readonly CatalogPart[] => [...aboutLanguage(), ...aboutCallers()];

const aboutLanguage = (): readonly CatalogPart[] => [
  part(
    'actions',
    actionsFrom,
    kindsOf(actions, ({ trust }) => (trust ? 'in trust policies' : 'elsewhere')),
  ),
  part(
    'condition keys',
    keysFrom,
    kindsOf(keys, ({ id }) => `${id.slice(0, id.indexOf(':'))}:`),
  ),
  part(
    'messages of denials',
    denialsFrom,
    kindsOf(denials, () => 'form'),
  ),
  part(
    'operators',
    operatorsFrom,
    kindsOf(operators, ({ type }) => type),
  ),
  part(
    'partitions',
    partitionsFrom,
    kindsOf(partitions, () => 'partition'),
  ),
];

const aboutCallers = (): readonly CatalogPart[] => [
  part(
    'accounts',
    ownersFrom,
    owners.flatMap(({ kind, accounts }) => accounts.map(() => kind)),
  ),
  part(
    'OIDC claims',
    claimsFrom,
    kindsOf(claims, ({ type }) => type),
  ),
  part(
    'OIDC providers',
    providersFrom,
    kindsOf(providers, ({ confidence }) => `${confidence} confidence`),
  ),
  part(
    'SAML attributes',
    attributesFrom,
    kindsOf(attributes, () => 'attribute'),
  ),
  part(
    'SAML endpoints',
    endpointsFrom,
    endpoints.flatMap(({ form, regions = [''] }) => regions.map(() => form)),
  ),
  part(
    'service principals',
    servicesFrom,
    kindsOf(services, ({ use }) => use),
    [
      ...kindsOf(servicePrincipals(), (service) => `source keys: ${sendsSource(service)}`),
      ...services.flatMap(({ rank }) => (rank === undefined ? [] : ['most used, checked by hand'])),
    ],
  ),
];

const kindsOf = <T>(entries: readonly T[], kindOf: (entry: T) => string): readonly string[] =>
  entries.map(kindOf);

function part(
  name: string,
  provenance: Provenance,
  kinds: readonly string[],
  more: readonly string[] = [],
): CatalogPart {
  const counts: Record<string, number> = {};
  for (const kind of [...kinds, ...more]) counts[kind] = (counts[kind] ?? 0) + 1;
  return { name, count: kinds.length, counts, provenance };
}
