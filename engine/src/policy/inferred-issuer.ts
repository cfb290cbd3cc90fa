/**
 * Providers that are expressions, as they mostly are in Terraform and CloudFormation: the keys of the conditions tell
 * whose tokens are meant. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-wif
 */
import { oidcProviderFor } from '../catalog/catalog.ts';
import { demandsKey } from './demand.ts';
import { isUnknown } from './known.ts';
import { claimTest } from './oidc.ts';
import type { Principal, Test } from './policy.ts';

/**
 * A provider that is an expression, as the OIDC provider whose claims the statement demands: tokens of other issuers do
 * not have them. Everything else, and what claims of several issuers are demanded of, stays what it is.
 */
export function withIssuerOfClaims(principal: Principal, tests: readonly Test[]): Principal {
  const { node, type, text, kind } = principal;
  const isOpen = kind === 'unknown' || (kind === 'oidc' && isUnknown(principal.issuer));
  if (type !== 'Federated' || !isOpen) return principal;
  const demanded = tests.filter(demandsKey).flatMap((test) => claimTest(test)?.issuer ?? []);
  const [issuer] = demanded;
  if (issuer === undefined || issuer.includes(':oidc-provider/')) return principal;
  if (demanded.some((other) => other.toLowerCase() !== issuer.toLowerCase())) return principal;
  const provider = oidcProviderFor(issuer);
  const builtIn = provider?.builtIn === true;
  return { node, type, text, kind: 'oidc', issuer, builtIn, ...(provider && { provider }) };
}
