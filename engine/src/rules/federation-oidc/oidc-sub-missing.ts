/** The subject says who a token was issued to: without it, everybody whom the provider knows can take the role. */
import { requireBlocks } from '../../policy/amend.ts';
import { isPinnedByClaim } from '../../policy/github-claims.ts';
import { isGuarded, testsOn } from '../../policy/grants.ts';
import {
  claimKey,
  claimTests,
  isGitHub,
  isOf,
  isTestedElsewhere,
  type OidcGrant,
  oidcGrants,
  subjectBlock,
} from '../../policy/oidc.ts';
import { isAttempted, narrowing } from '../../policy/strength.ts';
import { defineRule, type Fix, fix } from '../rule.ts';

/** Claims that do not say who: what a token is for, and how the user signed in. */
const impersonal = ['aud', 'oaud', 'amr'];

/** What the provider puts into session tags and the source identity says who, too. */
const fromToken = (key: string): boolean => key.startsWith('aws:requesttag/') || key === 'sts:sourceidentity';

/** Whether a claim that is guarded tells one identity of the provider from another. */
function saysWho(grant: OidcGrant): boolean {
  const { principal, statement } = grant;
  const guards = new Set(grant.guards.map(({ key }) => key));
  const claims = claimTests(statement).filter(
    (test) => isOf(principal, test) && guards.has(test.test.key.toLowerCase()),
  );
  const personal = principal.provider?.identityClaims;
  return (
    claims.some(({ claim }) =>
      personal ? personal.includes(claim.toLowerCase()) : !impersonal.includes(claim),
    ) || narrowing(grant).some(({ key }) => fromToken(key))
  );
}

const lacksSubject = (grant: OidcGrant): boolean =>
  claimTests(grant.statement).length > 0 &&
  !isGuarded(grant, claimKey(grant.principal, 'sub')) &&
  !isAttempted(grant, claimKey(grant.principal, 'sub')) &&
  !isTestedElsewhere(grant, 'sub');

export const rules = [
  defineRule({
    id: 'oidc-sub-missing',
    category: 'federation-oidc',
    severity: 'warning',
    *check(policy) {
      for (const grant of oidcGrants(policy).filter(lacksSubject)) {
        const { principal } = grant;
        const { provider, issuer } = principal;
        if (provider?.shared === true || isGitHub(provider) || saysWho(grant)) continue;
        const who = provider
          ? `Everybody whom this issuer of ${provider.name} knows`
          : `Everybody whom ${issuer} knows`;
        yield {
          at: principal.node,
          message: `${who} can assume this role. Require ${claimKey(principal, 'sub')}.`,
          fixes: pinSubject(grant),
        };
      }
    },
  }),
  defineRule({
    id: 'github-sub-missing',
    category: 'federation-oidc',
    severity: 'error',
    *check(policy) {
      for (const grant of oidcGrants(policy).filter(lacksSubject)) {
        const { principal, statement } = grant;
        if (!isGitHub(principal.provider)) continue;
        const key = claimKey(principal, 'sub');
        const byWorkflow = isPinnedByClaim(grant, principal.issuer, ['job_workflow_ref'], 'owner');
        yield {
          at: principal.node,
          severity: byWorkflow ? 'information' : 'error',
          message: byWorkflow
            ? `Every repository that calls this workflow can assume this role. Require ${key} too, unless that is meant.`
            : everyRepository(grant, key),
          fixes: pinSubject(grant),
          related: testsOn(statement, key).map(({ member }) => ({
            at: member.key,
            message: 'This test lets other subjects pass.',
          })),
        };
      }
    },
  }),
];

const pinSubject = ({ statement, principal }: OidcGrant): readonly Fix[] =>
  fix('Require the subject', requireBlocks(statement, [subjectBlock(principal)]));

/** IAM's own refusal is quoted where it is known to refuse: for github.com, if no positive operator is on the subject. */
function everyRepository({ principal, statement }: OidcGrant, key: string): string {
  const refused =
    principal.provider?.requiredClaim !== undefined &&
    testsOn(statement, key).every(({ operator }) => operator?.negated === true || operator?.type === 'null');
  const who = `Every repository of ${principal.provider?.shared === true ? 'GitHub' : principal.issuer} can assume this role`;
  return refused
    ? `${who}, and IAM refuses the policy: it "must evaluate" ${key}. Require your repository.`
    : `${who}: nothing requires ${key}. Require your repository.`;
}
