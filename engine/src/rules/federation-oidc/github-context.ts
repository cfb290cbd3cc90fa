/** GitHub subjects that name their repository: what runs of it may use the role, and whether any can. */
import { replaceValue } from '../../policy/amend.ts';
import {
  commonFirstClaim,
  isPossibleSubject,
  openContext,
  type RepositorySubject,
  repositorySubject,
  subjectMeant,
  withContext,
} from '../../policy/github-subject.ts';
import { isVacuous, isWrittenOut } from '../../policy/condition.ts';
import { isGuarded } from '../../policy/grants.ts';
import { isGitHub, type SubjectTest, subjectOf, subjectTests } from '../../policy/oidc.ts';
import type { Policy, TestValue } from '../../policy/policy.ts';
import { placeholder } from '../../tree/change.ts';
import { hasWildcard } from '../../text/glob.ts';
import { defineRule, type Fix, fix } from '../rule.ts';

interface Found extends SubjectTest {
  readonly value: TestValue;
}

/** The subjects of GitHub that are compared letter by letter, exactly or by a pattern. */
function* subjects(policy: Policy): Generator<Found> {
  for (const found of subjectTests(policy).filter(({ provider }) => isGitHub(provider))) {
    const { operator, values } = found.test;
    if (operator?.type !== 'string' || operator.id.endsWith('IgnoreCase')) continue;
    for (const value of values) {
      // Wildcards under an exact operator are letters, which is another rule's finding.
      const misread = !operator.wildcards && hasWildcard(value.text);
      if (!misread && isWrittenOut(value.text) && !isVacuous(value.text)) yield { ...found, value };
    }
  }
}

/** The subjects that name their repository, unless another claim says which runs of it are meant. */
function* repositorySubjects(policy: Policy): Generator<Found & { readonly subject: RepositorySubject }> {
  for (const found of subjects(policy)) {
    const subject = repositorySubject(found.value.text);
    const { grant, issuer } = found;
    const narrowed = isGuarded(
      grant,
      ...['environment', 'ref', 'job_workflow_ref'].map((claim) => `${issuer}:${claim}`),
    );
    if (subject && !narrowed) yield { ...found, subject };
  }
}

const pinContext = ({ value }: Found, subject: RepositorySubject): readonly Fix[] => [
  ...fix(
    'Pin a branch',
    replaceValue(value.node, withContext(subject, `ref:refs/heads/${placeholder('BRANCH')}`)),
  ),
  ...fix(
    'Pin an environment',
    replaceValue(value.node, withContext(subject, `environment:${placeholder('ENVIRONMENT')}`)),
  ),
];

export const rules = [
  defineRule({
    id: 'github-sub-any-ref',
    category: 'federation-oidc',
    severity: 'information',
    *check(policy) {
      for (const found of repositorySubjects(policy)) {
        const { subject, value } = found;
        if (openContext(subject)?.kind !== 'any') continue;
        yield {
          at: value.node,
          message: `Any workflow run of ${subject.owner}/${subject.repository} can assume this role, on every branch and for pull requests. Pin a branch or an environment.`,
          fixes: pinContext(found, subject),
        };
      }
    },
  }),
  defineRule({
    id: 'github-sub-wildcard-name',
    category: 'federation-oidc',
    severity: 'hint',
    *check(policy) {
      for (const { subject, value } of repositorySubjects(policy)) {
        const open = openContext(subject);
        if (open?.kind !== 'name') continue;
        yield {
          at: value.node,
          message: `Every ${open.what} whose name matches "${open.name}" is trusted, also those to come. Make sure that only the right people can create one.`,
        };
      }
    },
  }),
  defineRule({
    id: 'github-sub-pull-request',
    category: 'federation-oidc',
    severity: 'warning',
    *check(policy) {
      for (const found of repositorySubjects(policy)) {
        const { subject, value } = found;
        if (subject.context !== 'pull_request') continue;
        yield {
          at: value.node,
          message: `Pull requests of ${subject.owner}/${subject.repository} get this role before anybody has reviewed them. Pin a branch or an environment with required reviewers.`,
          fixes: pinContext(found, subject),
        };
      }
    },
  }),
  defineRule({
    id: 'github-sub-malformed',
    category: 'federation-oidc',
    severity: 'warning',
    *check(policy) {
      for (const { value, issuer, provider } of subjects(policy)) {
        const { node, text } = value;
        if (isPossibleSubject(text)) continue;
        const meant = subjectMeant(text);
        yield {
          at: node,
          message: `GitHub issues no subject of the form "${text}", so no token matches. Write repo:OWNER/REPOSITORY: and then ref:refs/heads/BRANCH, environment:NAME or pull_request.`,
          fixes:
            meant === undefined
              ? fix('Write the usual form', replaceValue(node, subjectOf(issuer, provider)))
              : fix('Write what is probably meant', replaceValue(node, meant)),
        };
      }
    },
  }),
  defineRule({
    id: 'github-sub-claim-first',
    category: 'federation-oidc',
    severity: 'warning',
    *check(policy) {
      for (const { value, issuer, provider, grant } of subjects(policy)) {
        const claim = commonFirstClaim(value.text);
        const pinned = [
          'repository',
          'repository_id',
          'repository_owner_id',
          'enterprise_id',
          'job_workflow_ref',
        ];
        if (claim === undefined || isGuarded(grant, ...pinned.map((each) => `${issuer}:${each}`))) continue;
        const repository = `repo:${placeholder('OWNER')}/${placeholder('REPOSITORY')}`;
        yield {
          at: value.node,
          severity: provider?.shared === true ? 'warning' : 'information',
          message: `Tokens of every repository can begin with ${claim}, because their owners compose the subject. Begin with repo:, your owner and repository.`,
          fixes: fix('Begin with the repository', replaceValue(value.node, `${repository}:${value.text}`)),
        };
      }
    },
  }),
];
