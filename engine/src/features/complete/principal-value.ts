/** Principals: services by what they are called, identities of known accounts, and identity providers. */
import { knownAccount, type ServicePrincipal, servicePrincipals } from '../../catalog/catalog.ts';
import type { PrincipalType } from '../../policy/policy.ts';
import type { Settings } from '../../settings.ts';
import { placeholder } from '../../tree/change.ts';
import { documented } from '../markdown.ts';
import type { Place } from '../place.ts';
import { federatedPrincipals } from './federated.ts';
import type { Suggestion } from './suggestion.ts';
import { surroundingsOf } from './surroundings.ts';

type Offer = (place: Place<'principalValue'>, settings: Settings) => Iterable<Suggestion>;

const offers: Readonly<Record<PrincipalType, Offer>> = {
  AWS: awsPrincipals,
  Service: services,
  Federated: federatedPrincipals,
  CanonicalUser: () => [],
};

export function* completePrincipalValue(
  place: Place<'principalValue'>,
  settings: Settings,
): Iterable<Suggestion> {
  for (const suggestion of offers[place.type](place, settings))
    if (!place.taken.includes(suggestion.label)) yield suggestion;
}

/** Roles of service-linked principals are made by AWS alone; names never seen in a role come last. */
function* services(): Iterable<Suggestion> {
  const all = servicePrincipals().filter(({ use }) => use !== 'service-linked');
  yield* all.filter(({ use }) => use !== 'unknown').map(ofService);
  yield* all.filter(({ use }) => use === 'unknown').map(ofService);
}

const ofService = ({ id, name, aliases = [], doc, url, source }: ServicePrincipal): Suggestion => ({
  label: id,
  entry: { value: id },
  detail: name,
  doc: documented(doc, url, source?.note),
  words: [name, ...aliases],
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

const principals =
  'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html';

function* awsPrincipals({ document }: Place<'principalValue'>, settings: Settings): Iterable<Suggestion> {
  const { accounts, partition } = surroundingsOf(document, settings);
  for (const account of [undefined, ...accounts]) {
    const owner = account === undefined ? undefined : knownAccount(account)?.name;
    for (const { resource, value, detail, doc } of forms) {
      const prefix = `arn:${partition}:iam::`;
      yield {
        label: `${prefix}${account ?? 'ACCOUNT_ID'}:${resource}`,
        entry: { value: `${prefix}${account ?? placeholder('ACCOUNT_ID')}:${value}` },
        detail: owner === undefined ? detail : `${detail} of ${owner}`,
        doc: documented(doc, principals),
        words: [detail, ...(account === undefined ? [] : [account]), ...(owner === undefined ? [] : [owner])],
      };
    }
  }
}
