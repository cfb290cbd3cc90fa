/** Issuers that are written otherwise than people mean: misspelt, or as a provider of one's own where none is needed. */
import { oidcProviders } from '../../catalog/catalog.ts';
import { replaceValue } from '../../policy/amend.ts';
import { claimTests, isOf, type OidcGrant, oidcGrants } from '../../policy/oidc.ts';
import { distance } from '../../text/distance.ts';
import type { Change } from '../../tree/change.ts';
import { memberOf } from '../../tree/walk.ts';
import { defineRule, fix } from '../rule.ts';

/** Below this length two letters make another name: gitlab.com and github.com. */
const LONG = 16;

const hostOf = (issuer: string): string => issuer.split('/')[0]?.toLowerCase() ?? '';

/** The host of a known issuer that a host is probably a slip for. */
function knownHostFor(host: string): string | undefined {
  for (const { issuers, aliases } of oidcProviders()) {
    const [first = ''] = issuers;
    if (aliases?.includes(host)) return hostOf(first);
  }
  const hosts = oidcProviders().flatMap(({ issuers }) => issuers.map(hostOf));
  const literal = [...new Set(hosts)].filter((each) => !each.includes('{'));
  if (literal.includes(host)) return undefined;
  return literal.find((each) => distance(host, each, limitFor(each)) <= limitFor(each));
}

const limitFor = (host: string): number => (host.length < LONG ? 1 : 2);

export const rules = [
  defineRule({
    id: 'oidc-issuer-typo',
    category: 'federation-oidc',
    severity: 'warning',
    *check(policy, { settings }) {
      for (const grant of oidcGrants(policy)) {
        const { principal } = grant;
        if (settings.trustedOidcIssuers.includes(principal.issuer)) continue;
        const host = hostOf(principal.issuer);
        const known = principal.provider ? undefined : knownHostFor(host);
        if (known === undefined) continue;
        yield {
          at: principal.node,
          message: `${host} is probably a slip for ${known}, so tokens are not taken, or those of somebody else are. Trust ${known}.`,
          fixes: fix(`Use ${known}`, respelt(grant, known + principal.issuer.slice(host.length))),
        };
      }
    },
  }),
  defineRule({
    id: 'builtin-idp-as-oidc-provider',
    category: 'federation-oidc',
    severity: 'information',
    *check(policy) {
      for (const { principal } of oidcGrants(policy)) {
        const { provider, issuer, node, builtIn } = principal;
        if (builtIn || provider?.builtIn !== true) continue;
        yield {
          at: node,
          message: `IAM knows ${issuer} by itself, and this works only with a provider that you created for it. Name the host alone.`,
          fixes: fix(`Use ${issuer}`, replaceValue(node, issuer)),
        };
      }
    },
  }),
];

/** The principal with another issuer, and the keys of its claims with it. */
function respelt({ principal, statement }: OidcGrant, issuer: string): readonly Change[] {
  const { node, text, issuer: written } = principal;
  const keys = claimTests(statement)
    .filter((found) => isOf(principal, found))
    .map(({ test, claim }): Change => ({ kind: 'rename', member: test.member, key: `${issuer}:${claim}` }))
    .filter((change) => change.kind === 'rename' && memberOf(change.member.parent, change.key) === undefined);
  return [...replaceValue(node, text.slice(0, -written.length) + issuer), ...keys];
}
