/** GitHub subjects by how far their patterns open: to any owner, to owners alike in name, to any repository of one. */
import { replaceValue } from '../../policy/amend.ts';
import { isVacuous } from '../../policy/condition.ts';
import { isPinnedByClaim } from '../../policy/github-claims.ts';
import { isUnknown } from '../../policy/known.ts';
import { isGitHub, type SubjectTest, subjectOf, subjectTests } from '../../policy/oidc.ts';
import type { Policy, TestValue } from '../../policy/policy.ts';
import { type GitHubScope, openSubject, withOwnerEnded } from '../../policy/subject.ts';
import { placeholder } from '../../tree/change.ts';
import { defineRule, type Fix, fix } from '../rule.ts';

interface Found extends SubjectTest {
  readonly value: TestValue;
  readonly owner: string;
}

/** The values that open as far as that. */
function* opening(policy: Policy, scope: GitHubScope): Generator<Found> {
  for (const found of subjectTests(policy).filter(({ provider }) => isGitHub(provider))) {
    if (found.test.operator?.wildcards !== true) continue;
    for (const value of found.test.values.filter(({ text }) => !isUnknown(text) && !isVacuous(text))) {
      const open = openSubject(value.text);
      if (open?.scope === scope) yield { ...found, value, owner: open.owner };
    }
  }
}

/** Whether another claim says whose workflow runs, although the subject leaves it open. */
const hasOwner = ({ grant, issuer }: Found): boolean => isPinnedByClaim(grant, issuer, ownerClaims, 'owner');

const ownerClaims = ['repository', 'repository_id', 'repository_owner_id', 'enterprise_id'];
const repositoryClaims = ['repository', 'repository_id', 'job_workflow_ref'];

const nameSubject = ({ value, issuer, provider }: Found): readonly Fix[] =>
  fix('Name owner and repository', replaceValue(value.node, subjectOf(issuer, provider)));

export const rules = [
  defineRule({
    id: 'github-sub-org-wildcard',
    category: 'federation-oidc',
    severity: 'error',
    supersedes: ['redundant-condition-value'],
    *check(policy) {
      for (const found of opening(policy, 'any-owner')) {
        yield {
          at: found.value.node,
          severity: hasOwner(found) ? 'information' : 'error',
          message: `"${found.value.text}" matches repositories of every GitHub user and organization. Begin with repo:, your owner and a slash.`,
          fixes: nameSubject(found),
        };
      }
    },
  }),
  defineRule({
    id: 'github-sub-owner-not-delimited',
    category: 'federation-oidc',
    severity: 'error',
    supersedes: ['redundant-condition-value'],
    *check(policy) {
      for (const found of opening(policy, 'owners-alike')) {
        const { value, owner } = found;
        const ended = withOwnerEnded(value.text);
        yield {
          at: value.node,
          severity: hasOwner(found) ? 'information' : 'error',
          message: `"${value.text}" also matches owners whose names merely begin with "${owner}", and anyone can register one. End the name with a slash.`,
          fixes: [
            ...fix(
              'End the owner with a slash',
              ended === undefined ? undefined : replaceValue(value.node, ended),
            ),
            ...nameSubject(found),
          ],
        };
      }
    },
  }),
  defineRule({
    id: 'github-sub-any-repo',
    category: 'federation-oidc',
    severity: 'warning',
    supersedes: ['redundant-condition-value'],
    *check(policy) {
      for (const found of opening(policy, 'any-repository')) {
        const { value, owner } = found;
        const prefix = `repo:${owner}/`;
        const rest = value.text.slice(prefix.length);
        const context = rest.includes(':') ? rest.slice(rest.indexOf(':')) : ':*';
        yield {
          at: value.node,
          severity: isPinnedByClaim(found.grant, found.issuer, repositoryClaims, 'repository')
            ? 'information'
            : 'warning',
          message: `Every repository of ${owner} can assume this role, new ones too, so whoever may create one gets in. Name the repository.`,
          fixes: fix(
            'Name the repository',
            replaceValue(value.node, prefix + placeholder('REPOSITORY') + context),
          ),
        };
      }
    },
  }),
];
