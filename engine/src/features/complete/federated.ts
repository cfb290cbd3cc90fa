/** Identity providers as principals: SAML providers and those of OpenID Connect that are known. */
import {
  type OidcProvider,
  oidcProviderFor,
  type OidcProviderId,
  oidcProviders,
} from '../../catalog/catalog.ts';
import { filled } from '../../policy/template.ts';
import { placeholder } from '../../tree/change.ts';
import { callersWith } from '../callers.ts';
import { documented } from '../markdown.ts';
import type { Place } from '../place.ts';
import { shown, type Suggestion } from './suggestion.ts';
import type { Surroundings } from './surroundings.ts';

/** The providers that most roles trust. */
const mostUsed: readonly OidcProviderId[] = [
  'github-actions',
  'eks',
  'gitlab',
  'terraform-cloud',
  'bitbucket',
];

/** Providers that fit the actions of the statement, those of the document first. */
export function* federatedPrincipals(
  { statement, node }: Place<'principalValue'>,
  around: Surroundings,
): Iterable<Suggestion> {
  const callers = callersWith(statement);
  for (const { kind, text } of around.principals('Federated', node))
    if (kind === 'oidc' || kind === 'saml')
      if (callers.includes(kind)) yield { label: text, entry: { value: text }, detail: 'used in this file' };
  if (callers.includes('oidc')) {
    for (const { issuer } of around.providers()) yield declared(issuer, around);
    yield* oidc(mostUsed, around);
  }
  if (callers.includes('saml')) yield saml(around);
  if (callers.includes('oidc')) yield* oidc(restOf(mostUsed), around);
}

/** A provider that the document makes, known or not. */
function declared(issuer: string, around: Surroundings): Suggestion {
  const provider = oidcProviderFor(issuer);
  return {
    label: issuer,
    entry: { value: providerArn(`oidc-provider/${issuer}`, around) },
    detail: `${provider?.name ?? 'OIDC provider'}, made in this file`,
    ...(provider && { doc: documented(provider.doc, provider.url, provider.pitfalls) }),
    words: ['arn:aws:iam:: oidc-provider'],
  };
}

const restOf = (ids: readonly OidcProviderId[]): readonly OidcProviderId[] =>
  oidcProviders()
    .map(({ id }) => id)
    .filter((id) => !ids.includes(id));

function* oidc(ids: readonly OidcProviderId[], around: Surroundings): Iterable<Suggestion> {
  for (const id of ids) {
    const provider = oidcProviders().find((each) => each.id === id);
    if (provider) for (const issuer of issuersOf(provider)) yield ofIssuer(issuer, provider, around);
  }
}

const isTemplate = (issuer: string): boolean => issuer.includes('{');

/** Hosts that are written out, and the first of the forms that have parts to fill in. */
const issuersOf = ({ issuers }: OidcProvider): readonly string[] => [
  ...issuers.filter((issuer) => !isTemplate(issuer)),
  ...issuers.filter((issuer) => isTemplate(issuer)).slice(0, 1),
];

function ofIssuer(issuer: string, provider: OidcProvider, around: Surroundings): Suggestion {
  const { builtIn, name, id, doc, url, pitfalls } = provider;
  const host = filled(issuer);
  return {
    label: shown(host),
    entry: { value: builtIn ? host : providerArn(`oidc-provider/${host}`, around) },
    detail: name,
    doc: documented(doc, url, pitfalls),
    words: [name, id, ...(builtIn ? [] : ['arn:aws:iam:: oidc-provider'])],
  };
}

const saml = (around: Surroundings): Suggestion => ({
  label: 'saml-provider/PROVIDER_NAME',
  entry: { value: providerArn(`saml-provider/${placeholder('PROVIDER_NAME')}`, around) },
  detail: 'SAML provider',
  doc: documented(
    'A SAML provider of this account. Its users assume the role with sts:AssumeRoleWithSAML.',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_saml.html',
  ),
  words: ['SAML', 'arn:aws:iam:: saml-provider'],
});

const providerArn = (resource: string, { own, partition }: Surroundings): string =>
  `arn:${partition() ?? 'aws'}:iam::${own() ?? placeholder('ACCOUNT_ID')}:${resource}`;
