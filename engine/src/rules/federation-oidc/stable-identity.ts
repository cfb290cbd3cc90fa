/** Names pass on when somebody renames or deletes: claims and subjects that hold ids do not. */
import { replaceValue, requireTest } from '../../policy/amend.ts';
import { isPossibleSubject, repositorySubject } from '../../policy/github-subject.ts';
import { hasKnownValues, isWrittenOut } from '../../policy/condition.ts';
import {
  claimKey,
  type ClaimTest,
  claimTests,
  isGitHub,
  isOf,
  type OidcGrant,
  oidcGrants,
  subjectTests,
} from '../../policy/oidc.ts';
import type { Test, TestValue } from '../../policy/policy.ts';
import { type Change, placeholder } from '../../tree/change.ts';
import { defineRule, fix } from '../rule.ts';

/** Claims that hold names; of several that are tested, the first is spoken of. */
const names = [
  'sub',
  'actor',
  'email',
  'organization_slug',
  'pipeline_slug',
  'repository',
  'user_email',
  'user_login',
];

/** Whether what a test compares with holds an id, or may hold one that is not known. */
const holdsId = ({ test, claim }: ClaimTest, stable: readonly string[]): boolean =>
  stable.includes(claim.toLowerCase()) ||
  test.open ||
  test.values.some(({ text }) => !isWrittenOut(text) || hasIds(text));

/** The guard by a name that a grant rests on, if none of its guards is by an id. */
function nameGuard(grant: OidcGrant, stable: readonly string[]): ClaimTest | undefined {
  if (grant.open) return undefined;
  const guarding = new Set(grant.guards.map(({ test }) => test));
  const guards = claimTests(grant.statement).filter(
    (found) => isOf(grant.principal, found) && guarding.has(found.test),
  );
  if (guards.some((guard) => holdsId(guard, stable))) return undefined;
  const byName = names.flatMap((name) => guards.filter(({ claim }) => claim.toLowerCase() === name));
  return byName[0];
}

/** Whether a subject has an id behind the name of the owner or repository. */
const hasIds = (text: string): boolean => /^repo:[^:]*@/.test(text);

/** Whether a subject names owner and repository without their ids. */
const isByName = ({ text }: TestValue): boolean =>
  isWrittenOut(text) &&
  !hasIds(text) &&
  isPossibleSubject(text) &&
  repositorySubject(text)?.context !== undefined;

export const rules = [
  defineRule({
    id: 'oidc-mutable-claim',
    category: 'federation-oidc',
    severity: 'information',
    *check(policy) {
      for (const grant of oidcGrants(policy)) {
        const { principal, statement } = grant;
        const stable = principal.provider?.stableClaims ?? [];
        const [best] = stable;
        const found = nameGuard(grant, stable);
        if (best === undefined || found === undefined) continue;
        const key = claimKey(principal, best);
        yield {
          at: found.test.member.key,
          // The subject is what everybody pins; that it holds names is only worth a hint.
          severity: found.claim.toLowerCase() === 'sub' ? 'hint' : 'information',
          message: `${found.test.key} holds a name, which can pass to somebody else. Require ${key} too, which cannot.`,
          fixes: fix(
            `Require ${best}`,
            requireTest(statement, 'StringEquals', key, placeholder(best.toUpperCase())),
          ),
        };
      }
    },
  }),
  defineRule({
    id: 'github-sub-immutable-gap',
    category: 'federation-oidc',
    severity: 'hint',
    *check(policy) {
      for (const { test, provider, grant } of subjectTests(policy)) {
        if (grant.principal.kind === 'unknown' || grant.statement.open.principals) continue;
        // GitHub Enterprise Server keeps the form with names alone.
        if (!isGitHub(provider) || provider?.id === 'github-enterprise-server' || !hasKnownValues(test))
          continue;
        if (test.operator?.type !== 'string' || test.values.some(({ text }) => hasIds(text))) continue;
        const value = test.values.find(isByName);
        if (value === undefined) continue;
        yield {
          at: value.node,
          message:
            'Repositories that were created or renamed since July 2026 have subjects with ids, repo:OWNER@ID/REPOSITORY@ID:…, which this does not match. Add that form if yours is one of them.',
          fixes: fix('Add the form with ids', addForm(test, value)),
        };
      }
    },
  }),
];

/** Adds the same subject with ids: to the list, or to the one value. */
function addForm({ member }: Test, { node, text }: TestValue): readonly Change[] | undefined {
  const subject = repositorySubject(text);
  if (subject?.context === undefined) return undefined;
  const { owner, repository, context } = subject;
  const added = `repo:${owner}@${placeholder('OWNER_ID')}/${repository}@${placeholder('REPOSITORY_ID')}:${context}`;
  const { value } = member;
  if (value?.kind === 'array') return [{ kind: 'append', array: value, value: added }];
  return value === node ? replaceValue(node, [text, added]) : undefined;
}
