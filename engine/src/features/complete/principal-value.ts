/** Principals: services by what they are called, identities of known accounts, and identity providers. */
import {
  knownAccount,
  type PartitionName,
  partitions,
  serviceHostIn,
  type ServicePrincipal,
  servicePrincipals,
} from '../../catalog/catalog.ts';
import type { Principal, PrincipalType } from '../../policy/policy.ts';
import { choice, hasMarks, placeholder } from '../../tree/change.ts';
import { documented } from '../markdown.ts';
import type { Place } from '../place.ts';
import { federatedPrincipals } from './federated.ts';
import type { Suggestion } from './suggestion.ts';
import type { Surroundings } from './surroundings.ts';

type Offer = (place: Place<'principalValue'>, around: Surroundings) => Iterable<Suggestion>;

const offers: Readonly<Record<PrincipalType, Offer>> = {
  AWS: awsPrincipals,
  Service: services,
  Federated: federatedPrincipals,
  CanonicalUser: () => [],
};

export function* completePrincipalValue(
  place: Place<'principalValue'>,
  around: Surroundings,
): Iterable<Suggestion> {
  const seen = new Set(place.taken);
  for (const suggestion of offers[place.type](place, around)) {
    if (seen.has(suggestion.label)) continue;
    seen.add(suggestion.label);
    yield suggestion;
  }
}

/** Roles of service-linked principals are made by AWS alone; names never seen in a role come last. */
function* services(_: Place<'principalValue'>, around: Surroundings): Iterable<Suggestion> {
  const all = servicePrincipals().filter(({ use }) => use !== 'service-linked');
  const partition = around.partition();
  if (partition !== undefined) yield* all.flatMap((service) => ofPartition(service, partition));
  yield* all.filter(({ use }) => use !== 'unknown').map((service) => ofService(service));
  for (const other of partitions()) yield* all.flatMap((service) => ofPartition(service, other));
  yield* all.filter(({ use }) => use === 'unknown').map((service) => ofService(service));
}

/** The name that roles of another partition were seen to give a service. */
function ofPartition(service: ServicePrincipal, partition: PartitionName): readonly Suggestion[] {
  const host = serviceHostIn(service.id, partition);
  return host !== undefined && service.otherHosts?.includes(host)
    ? [ofService(service, host, `${service.name}, ${partition}`)]
    : [];
}

const ofService = (service: ServicePrincipal, host = service.id, detail = service.name): Suggestion => ({
  label: host,
  entry: { value: host },
  detail,
  doc: documented(service.doc, service.url, service.source?.note),
  words: [service.name, ...(service.aliases ?? [])],
});

interface Form {
  readonly resource: string;
  /** The resource with its name as a place to fill in. */
  readonly value: string;
  readonly detail: string;
  readonly doc: string;
}

const forms: readonly Form[] = [
  {
    resource: 'root',
    value: 'root',
    detail: 'account',
    doc: 'Every identity of the account whose own policies let it assume the role. It is the account, not its root user.',
  },
  {
    resource: 'role/ROLE_NAME',
    value: `role/${placeholder('ROLE_NAME')}`,
    detail: 'role',
    doc: 'Every session of the role. The role has to exist when the policy is saved.',
  },
  {
    resource: 'user/USER_NAME',
    value: `user/${placeholder('USER_NAME')}`,
    detail: 'user',
    doc: 'One IAM user. The user has to exist when the policy is saved.',
  },
];

const page = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html';

/** What the document trusts already, then the forms for accounts that are known, then those to fill in. */
function* awsPrincipals(
  { statement, node }: Place<'principalValue'>,
  around: Surroundings,
): Iterable<Suggestion> {
  if (statement.effect === 'Deny') yield everyone;
  const named = around.partition();
  for (const principal of around.principals('AWS', node)) yield* usedAlready(principal);
  const partition = named ?? 'aws';
  for (const account of around.accounts()) yield* formsIn(partition, account);
  yield* formsIn(partition);
  if (named === undefined) yield* formsIn(choice(partitions().filter((other) => other !== partition)));
}

const everyone: Suggestion = {
  label: '*',
  entry: { value: '*' },
  detail: 'everyone',
  doc: documented('Everyone, so that the conditions of this Deny say whom it keeps out.', page),
};

function* usedAlready(principal: Principal): Iterable<Suggestion> {
  const { kind, text } = principal;
  if (kind !== 'role' && kind !== 'user' && kind !== 'account') return;
  const detail = `${ownedBy(kind, principal.account)}, used in this file`;
  yield { label: text, entry: { value: text }, detail, words: [kind] };
}

const ownedBy = (what: string, account: string | undefined): string => {
  const owner = account === undefined ? undefined : knownAccount(account)?.name;
  return owner === undefined ? what : `${what} of ${owner}`;
};

/** The identities of an account, or of one to fill in; the partition may be one to choose. */
function* formsIn(partition: string, account?: string): Iterable<Suggestion> {
  const shownPartition = hasMarks(partition) ? 'PARTITION' : partition;
  for (const { resource, value, detail, doc } of forms)
    yield {
      label: `arn:${shownPartition}:iam::${account ?? 'ACCOUNT_ID'}:${resource}`,
      entry: { value: `arn:${partition}:iam::${account ?? placeholder('ACCOUNT_ID')}:${value}` },
      detail: hasMarks(partition) ? `${detail}, other partition` : ownedBy(detail, account),
      doc: documented(doc, page),
      words: [detail, ...(account === undefined ? [] : [account, ownedBy(detail, account)])],
    };
}
