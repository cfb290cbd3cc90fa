/** Identity pools of Amazon Cognito: which pool, which of its identities, and values that name no pool. */
import { replaceValue, requireBlocks, requireTest } from '../../policy/amend.ts';
import { hasKnownValues, isWrittenOut } from '../../policy/condition.ts';
import { isGuarded, testsOn } from '../../policy/grants.ts';
import { audienceOf, claimKey, type OidcGrant, oidcGrants } from '../../policy/oidc.ts';
import type { Policy, Test, TestValue } from '../../policy/policy.ts';
import { lackedKey } from '../../policy/strength.ts';
import { hasWildcard } from '../../text/glob.ts';
import { defineRule, fix } from '../rule.ts';

const cognitoGrants = (policy: Policy): readonly OidcGrant[] =>
  oidcGrants(policy).filter(({ principal }) => principal.provider?.id === 'cognito-identity');

/** What lets in signed-in users only. The claim is a list, so it takes the prefix of a set. */
const signedIn = ['ForAnyValue:StringLike', 'authenticated'] as const;

const onClaim = ({ principal, statement }: OidcGrant, claim: string): readonly Test[] =>
  testsOn(statement, claimKey(principal, claim));

/** The values that a grant compares a claim with, as far as they let somebody in. */
const valuesOf = (grant: OidcGrant, claim: string): readonly TestValue[] =>
  onClaim(grant, claim)
    .filter(({ operator }) => operator?.negated === false)
    .flatMap(({ values }) => values);

/** A Region, a colon, and an id; examples shorten the id, or have stand-ins for the parts. */
const isPoolId = (text: string): boolean =>
  /^[a-z]{2}(?:-[a-z]+)+-\d:[\w-]+$/.test(text) || /^[A-Z][A-Z_]*(?::|$)/.test(text);

const poolIn = (text: string): string | undefined => /identitypool\/([a-z0-9-]+:[\w-]+)$/.exec(text)?.[1];

export const rules = [
  defineRule({
    id: 'cognito-aud-missing',
    category: 'federation-oidc',
    severity: 'error',
    supersedes: ['oidc-shared-issuer-missing-claim', 'oidc-no-condition'],
    *check(policy) {
      for (const grant of cognitoGrants(policy)) {
        const { principal, statement } = grant;
        const key = lackedKey(grant);
        if (key === undefined) continue;
        const [operator, authenticated] = signedIn;
        const pool = { [key]: audienceOf(principal.issuer, principal.provider) };
        const guests = isGuarded(grant, claimKey(principal, 'amr'))
          ? []
          : ([[operator, { [claimKey(principal, 'amr')]: authenticated }]] as const);
        yield {
          at: principal.node,
          message: `Identity pools of all accounts share this issuer, and IAM refuses the policy: it "must evaluate" ${key}. Require the id of your pool.`,
          fixes: fix(
            'Require the identity pool',
            requireBlocks(statement, [['StringEquals', pool], ...guests]),
          ),
        };
      }
    },
  }),
  defineRule({
    id: 'cognito-amr-missing',
    category: 'federation-oidc',
    severity: 'warning',
    *check(policy) {
      for (const grant of cognitoGrants(policy)) {
        const { principal, statement } = grant;
        const key = claimKey(principal, 'amr');
        const said = onClaim(grant, 'amr').length > 0 || isGuarded(grant, key, claimKey(principal, 'sub'));
        if (said || lackedKey(grant) !== undefined) continue;
        yield {
          at: principal.node,
          message: `Guests of the identity pool get this role like users who have signed in. Require ${key} to be authenticated, or unauthenticated for a role of guests.`,
          fixes: fix('Let in signed-in users only', requireTest(statement, signedIn[0], key, signedIn[1])),
        };
      }
    },
  }),
  defineRule({
    id: 'cognito-unauthenticated',
    category: 'federation-oidc',
    // A role for guests is a mistake only where it is not meant.
    severity: 'hint',
    *check(policy) {
      for (const grant of cognitoGrants(policy)) {
        const values = valuesOf(grant, 'amr');
        const guests = values.find(({ text }) => text === 'unauthenticated');
        if (guests === undefined || !grant.statement.tests.every(hasKnownValues)) continue;
        if (values.some(({ text }) => text === 'authenticated')) continue;
        yield {
          at: guests.node,
          message:
            'Guests can assume this role, and anybody who has your app is one. Keep its permissions small, or let in signed-in users only.',
          fixes: fix('Let in signed-in users only', replaceValue(guests.node, signedIn[1])),
        };
      }
    },
  }),
  defineRule({
    id: 'cognito-aud-format',
    category: 'federation-oidc',
    severity: 'warning',
    *check(policy) {
      for (const grant of cognitoGrants(policy)) {
        for (const { node, text } of valuesOf(grant, 'aud')) {
          if (!isWrittenOut(text) || hasWildcard(text) || isPoolId(text)) continue;
          const pool = poolIn(text);
          const { issuer, provider } = grant.principal;
          yield {
            at: node,
            message: `"${text}" is no id of an identity pool, so no token matches. Write the Region, a colon and the id of the pool.`,
            fixes:
              pool === undefined
                ? fix('Name the identity pool', replaceValue(node, audienceOf(issuer, provider)))
                : fix(`Change to ${pool}`, replaceValue(node, pool)),
          };
        }
      }
    },
  }),
];
