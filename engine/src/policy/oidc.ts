/**
 * Web identity trust: which grants are for OIDC providers, which keys are claims of whose tokens, and how a claim is
 * pinned. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html
 */
import { issuerParts, oidcProviderFor, type OidcProvider } from '../catalog/catalog.ts';
import { placeholder } from '../tree/change.ts';
import type { Block } from './amend.ts';
import { assumeActionsOf, isGuarded } from './grants.ts';
import { isUnknown } from './known.ts';
import type { Grant, OidcPrincipal, Policy, Principal, Statement, Test } from './policy.ts';
import { filled } from './template.ts';

/** A grant whose principal is an OIDC provider that is known by its issuer. */
export interface OidcGrant extends Grant {
  readonly principal: OidcPrincipal;
}

/** The grants by which tokens of OIDC providers are exchanged for sessions. */
export function oidcGrants(policy: Pick<Policy, 'grants'>): readonly OidcGrant[] {
  return policy.grants.filter(isOidcGrant);
}

const isOidcGrant = (grant: Grant): grant is OidcGrant =>
  isOidc(grant.principal) && assumeActionsOf(grant).has('sts:AssumeRoleWithWebIdentity');

/** Whether a principal is an OIDC provider whose issuer is known. */
export const isOidc = (principal: Principal): principal is OidcPrincipal =>
  principal.kind === 'oidc' && !isUnknown(principal.issuer);

/** The condition key of a claim of a principal's tokens. */
export const claimKey = ({ issuer }: OidcPrincipal, claim: string): string => `${issuer}:${claim}`;

/** Whether one of the claims is guarded, or may be unseen. */
export const isClaimGuarded = (grant: OidcGrant, ...claims: readonly string[]): boolean =>
  isGuarded(grant, ...claims.map((claim) => claimKey(grant.principal, claim)));

/** A test on a key that reads like a claim: a host, perhaps a path, and behind the last colon the claim. */
export interface ClaimTest {
  readonly test: Test;
  readonly issuer: string;
  readonly claim: string;
}

/** The tests of a statement on claims, whoever issues them. */
export const claimTests = ({ tests }: Statement): readonly ClaimTest[] =>
  tests.flatMap((test) => claimTest(test) ?? []);

/** A test as one on a claim, if its key reads like one. */
export function claimTest(test: Test): ClaimTest | undefined {
  const colon = test.key.lastIndexOf(':');
  const issuer = test.key.slice(0, Math.max(colon, 0));
  return isIssuerLike(issuer) ? { test, issuer, claim: test.key.slice(colon + 1) } : undefined;
}

/**
 * A host has a dot and, besides that of a port, no colon; prefixes of services have no dot. The ARN of a provider is
 * meant for its issuer.
 */
function isIssuerLike(text: string): boolean {
  if (text.includes(':oidc-provider/')) return !isUnknown(text);
  const [host = ''] = text.replace(/^https?:\/\//, '').split('/');
  return host.includes('.') && /^[^:]+(?::\d+)?$/.test(host) && !isUnknown(text);
}

/** Whether a test is on a claim of this principal's tokens; names of keys are the same in any case. */
export const isOf = (principal: OidcPrincipal, { issuer }: ClaimTest): boolean =>
  issuer.toLowerCase() === principal.issuer.toLowerCase();

/** Whether a claim is tested under the name of another issuer, which is a mistake of its own. */
export const isTestedElsewhere = (grant: OidcGrant, claim: string): boolean =>
  claimTests(grant.statement).some((test) => test.claim === claim && !isOf(grant.principal, test));

/** A test on a claim of a provider's tokens that lets somebody in. */
export interface GrantedClaimTest extends ClaimTest {
  readonly grant: Grant;
  readonly provider: OidcProvider | undefined;
}

/**
 * The tests of Allow statements on some claims, by the issuer that the key names: even where the principal is an
 * expression, the key says whose claims are meant. A key of another issuer than the principal's never matches and is
 * left out.
 */
export function grantedClaimTests(policy: Policy, ...claims: readonly string[]): readonly GrantedClaimTest[] {
  return policy.grants.flatMap((grant) =>
    claimTests(grant.statement)
      .filter(({ claim, test }) => claims.includes(claim.toLowerCase()) && test.operator?.negated === false)
      .filter(
        (found) =>
          grant.principal.kind === 'unknown' || (isOidc(grant.principal) && isOf(grant.principal, found)),
      )
      .map((found) => ({ ...found, grant, provider: oidcProviderFor(found.issuer) })),
  );
}

/** A test on the subject of a provider's tokens that lets somebody in. */
export type SubjectTest = GrantedClaimTest;

/** The subject tests of Allow statements; see `grantedClaimTests`. */
export const subjectTests = (policy: Policy): readonly SubjectTest[] => grantedClaimTests(policy, 'sub');

/** Parts of a subject that differ from run to run, so that a policy leaves them open. */
export const perRun: Readonly<Record<string, string>> = {
  COMMIT: '*',
  MACHINE: '*',
  OPERATION: '*',
  STEP: '*',
  STEP_UUID: '*',
  USER_ID: '*',
};

/** The usual audience of a provider's tokens. */
export const audienceOf = (issuer: string, provider: OidcProvider | undefined): string =>
  filled(provider?.audiences[0] ?? '{CLIENT_ID}', issuerParts(issuer));

/** The usual form of a subject of an issuer, to be filled in. */
export const subjectOf = (issuer: string, provider: OidcProvider | undefined): string =>
  filled(provider?.subjectTemplates[0] ?? '{SUBJECT}', { ...perRun, ...issuerParts(issuer) });

/** The block that pins the subject: patterns need another operator than literals. */
export function subjectBlock({ issuer, provider }: OidcPrincipal): Block {
  const subject = subjectOf(issuer, provider);
  return [subject.includes('*') ? 'StringLike' : 'StringEquals', { [`${issuer}:sub`]: subject }];
}

/** The blocks that pin who may use a provider: what it was issued for and to whom, as far as its tokens say. */
export function pinsOf(principal: OidcPrincipal): readonly Block[] {
  const claims = principal.provider?.claims ?? ['aud', 'sub'];
  if (claims.includes('app_id'))
    return [['StringEquals', { [claimKey(principal, 'app_id')]: placeholder('APP_ID') }]];
  const audience = { [claimKey(principal, 'aud')]: audienceOf(principal.issuer, principal.provider) };
  const required = requiredKey(principal);
  if (required !== undefined && !required.endsWith(':sub')) {
    const own = required.startsWith('sts:') ? { [required]: placeholder('ROLE_SESSION_NAME') } : {};
    return [['StringEquals', { ...audience, ...own }]];
  }
  const [operator, subject] = subjectBlock(principal);
  return operator === 'StringEquals'
    ? [[operator, { ...audience, ...subject }]]
    : [
        ['StringEquals', audience],
        [operator, subject],
      ];
}

/** The key without which IAM refuses to trust a shared issuer. */
export function requiredKey(principal: OidcPrincipal): string | undefined {
  const key = principal.provider?.requiredClaim?.key;
  return key === undefined || key.includes(':') ? key : claimKey(principal, key);
}

/** Whether the provider is GitHub Actions, on github.com or elsewhere: its subjects name repositories. */
export const isGitHub = (provider: OidcProvider | undefined): boolean =>
  provider?.subjectTemplates.some((template) => template.startsWith('repo:')) === true &&
  provider.id.startsWith('github');
