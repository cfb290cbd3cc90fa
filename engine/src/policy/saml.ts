/** SAML trust: which grants are for SAML providers, and which sign-in endpoint of AWS a value names. */
import { type SamlEndpoint, samlEndpoints } from '../catalog/catalog.ts';
import { assumeActionsOf } from './grants.ts';
import type { Grant, Policy, Principal, Test } from './policy.ts';

type SamlPrincipal = Extract<Principal, { readonly kind: 'saml' }>;

/** A grant whose principal is a SAML provider. */
export interface SamlGrant extends Grant {
  readonly principal: SamlPrincipal;
}

/** The grants by which assertions of SAML providers are exchanged for sessions. */
export const samlGrants = (policy: Policy): readonly SamlGrant[] => policy.grants.filter(isSamlGrant);

const isSamlGrant = (grant: Grant): grant is SamlGrant =>
  grant.principal.kind === 'saml' && assumeActionsOf(grant).has('sts:AssumeRoleWithSAML');

/** The tests of a grant on a SAML key that let somebody in; names of keys are the same in any case. */
export const samlTests = ({ statement }: SamlGrant, name: string): readonly Test[] =>
  statement.tests.filter(
    ({ key, operator }) =>
      key.toLowerCase() === `saml:${name}` && operator?.type === 'string' && !operator.negated,
  );

/** The endpoint of a partition that all of its Regions share. */
export const globalEndpoint = (partition: string): string | undefined =>
  samlEndpoints().find((each) => each.form === 'global' && each.partition === partition)?.value;

/** The endpoint that a value names, and its Region, whether or not AWS lists that. */
export function endpointNamed(
  value: string,
): { readonly endpoint: SamlEndpoint; readonly region?: string } | undefined {
  for (const endpoint of samlEndpoints()) {
    const region = /^https:\/\/([^./]+)\./.exec(value)?.[1] ?? '';
    const form = endpoint.value.replace('{REGION}', region).replace(/\/\{\w+\}$/, '/');
    const isRegional = endpoint.value.includes('{REGION}');
    const matches = endpoint.form === 'encrypted' ? value.startsWith(form) && value > form : value === form;
    if (matches) return isRegional ? { endpoint, region } : { endpoint };
  }
  return undefined;
}

/** Whether AWS lists a Region for the sign-in endpoints of a partition. */
export const isSignInRegion = (region: string, partition: string): boolean =>
  samlEndpoints().some((each) => each.partition === partition && each.regions?.includes(region) === true);
