/**
 * Claims that a token may have and IAM does not compare: it takes over a fixed list of each provider's claims.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-wif
 */
import { claimKeysOf } from '../catalog/catalog.ts';
import { type ClaimTest, claimTests, isOf, oidcGrants } from './oidc.ts';
import type { OidcPrincipal, Policy, Statement } from './policy.ts';

/** A test on a claim that IAM does not know of the tokens of a principal. */
export interface UnsupportedClaim extends ClaimTest {
  readonly principal: OidcPrincipal;
  readonly statement: Statement;
  /** The claims that IAM knows. */
  readonly known: readonly string[];
}

/** Claims of any provider that is made in IAM. */
export const generalClaims: readonly string[] = claimNames('');

/** The names of the claims that IAM knows of an issuer. */
function claimNames(issuer: string): readonly string[] {
  return claimKeysOf(issuer).map(({ id }) => id.slice(issuer.length + 1));
}

/** The tests on claims that IAM does not know; a key of another issuer is a mistake of its own. */
export const unsupportedClaims = (policy: Policy): readonly UnsupportedClaim[] =>
  oidcGrants(policy).flatMap(({ principal, statement }) => {
    const own = claimNames(principal.issuer);
    const known = principal.builtIn ? own : [...new Set([...generalClaims, ...own])];
    const names = new Set(known.map((name) => name.toLowerCase()));
    return claimTests(statement)
      .filter((test) => isOf(principal, test))
      .filter(({ claim }) => claim !== '' && !names.has(claim.toLowerCase()))
      .map((test) => ({ ...test, principal, statement, known }));
  });
