/** OIDC providers by issuer: exact hosts first, then patterns such as the issuers of EKS clusters. */
import type { OidcProvider } from './entries.gen.ts';
import { lazy } from './lazy.ts';
import { entries } from './oidc-providers.json';

const byIssuer = lazy(
  () => new Map(entries.flatMap((provider) => provider.issuers.map((issuer) => [issuer, provider] as const))),
);

/** Patterns with more literal text come first: `{TENANT}.okta.com` before `{HOST}/_services/token`. */
const patterns = lazy(() =>
  [...byIssuer()]
    .filter(([issuer]) => issuer.includes('{'))
    .sort(([a], [b]) => literalLength(b) - literalLength(a))
    .map(([issuer, provider]) => ({ expression: expressionOf(issuer), provider })),
);

/** All known OIDC providers, by id. */
export function oidcProviders(): readonly OidcProvider[] {
  return entries;
}

/** The provider of an issuer, given as host and path without scheme; a slash at the end does not count. */
export function oidcProviderFor(issuer: string): OidcProvider | undefined {
  const name = normal(issuer);
  return byIssuer().get(name) ?? patterns().find(({ expression }) => expression.test(name))?.provider;
}

/** The parts of an issuer by the names that the provider's pattern gives them, such as `ORGANIZATION_ID`, and `HOST`. */
export function issuerParts(issuer: string): Readonly<Record<string, string>> {
  const name = normal(issuer);
  const host = { HOST: name.split('/')[0] ?? name };
  if (byIssuer().has(name)) return host;
  const matches = patterns().map(({ expression }) => expression.exec(name));
  return { ...host, ...matches.find((match) => match !== null)?.groups };
}

/** Hosts are the same in any case, and Auth0 and Microsoft Entra end their issuers with a slash. */
function normal(issuer: string): string {
  return issuer.replace(/^[^/]*/, (host) => host.toLowerCase()).replace(/\/$/, '');
}

/** Each `{NAME}` stands for a part of the host or path, never across a slash. */
function expressionOf(issuer: string): RegExp {
  const source = issuer.replace(/\{\w+\}|[^\w{}]/g, (part) =>
    part.startsWith('{') ? `(?<${part.slice(1, -1)}>[^/:]+)` : `\\${part}`,
  );
  return new RegExp(`^${source}$`);
}

function literalLength(issuer: string): number {
  return issuer.replace(/\{\w+\}/g, '').length;
}
