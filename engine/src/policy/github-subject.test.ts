/** GitHub subjects: which can be, what is meant by those that cannot, and how far patterns open. */
import { expect, it } from 'vitest';
import {
  commonFirstClaim,
  isPossibleSubject,
  openContext,
  repositorySubject,
  subjectMeant,
} from './github-subject.ts';

it.each([
  'repo:octo-org/octo-repo:ref:refs/heads/main',
  'repo:octo-org/octo-repo:ref:refs/tags/v1',
  'repo:octo-org/octo-repo:ref:refs/pull/7/merge',
  'repo:octo-org/octo-repo:pull_request',
  'repo:octo-org/octo-repo:environment:production',
  'repo:octo-org/octo-repo:environment:eu:production',
  'repo:octo-org/octo-repo:job_workflow_ref:octo-org/ci/.github/workflows/x.yml@refs/heads/main',
  'repo:octo-org@65/octo-repo@74:ref:refs/heads/main',
  'repo:octo-org/octo-repo:*',
  'repo:octo-org/octo-repo*',
  'repo:octo-org/*',
  'repo:*/octo-repo:ref:refs/heads/main',
  'repo:octo-org/octo-repo:ref:*',
  'repo:*',
  'rep?:octo-org/octo-repo:*',
  '*:ref:refs/heads/main',
  'repository_owner:octo-org:environment:production',
  'environment:production',
  'repo:octo-org/octo-repo:VALUE',
])('a token can have %s', (text) => {
  expect(isPossibleSubject(text)).toBe(true);
});

it.each<[string, string | undefined]>([
  ['repo:octo-org/octo-repo:ref:main', 'repo:octo-org/octo-repo:ref:refs/heads/main'],
  ['repo:octo-org/octo-repo:refs/heads/main', 'repo:octo-org/octo-repo:ref:refs/heads/main'],
  ['repo:octo-org/octo-repo:branch:main', 'repo:octo-org/octo-repo:ref:refs/heads/main'],
  ['repo:octo-org/octo-repo:tag:v1', 'repo:octo-org/octo-repo:ref:refs/tags/v1'],
  ['repo:octo-org/octo-repo:env:prod', 'repo:octo-org/octo-repo:environment:prod'],
  ['repo:octo-org/octo-repo:pull-request', 'repo:octo-org/octo-repo:pull_request'],
  ['repo: octo-org/octo-repo:pull_request', 'repo:octo-org/octo-repo:pull_request'],
  ['Repo:octo-org/octo-repo:pull_request', 'repo:octo-org/octo-repo:pull_request'],
  ['https://github.com/octo-org/octo-repo:pull_request', 'repo:octo-org/octo-repo:pull_request'],
  ['octo-org/octo-repo:ref:refs/heads/main', 'repo:octo-org/octo-repo:ref:refs/heads/main'],
  ['repo:octo-repo:ref:refs/heads/main', undefined],
  ['octo-repo', undefined],
  ['repo', undefined],
])('no token can have %s; %s is meant', (text, meant) => {
  expect(isPossibleSubject(text)).toBe(false);
  expect(subjectMeant(text)).toBe(meant);
});

it('a repository alone lacks a branch to fill in', () => {
  expect(isPossibleSubject('repo:octo-org/octo-repo')).toBe(false);
  expect(subjectMeant('repo:octo-org/octo-repo')).toMatch(/^repo:octo-org\/octo-repo:ref:refs\/heads\/./);
});

it.each<[string, unknown]>([
  ['repo:o/r:*', { kind: 'any' }],
  ['repo:o/r*', { kind: 'any' }],
  ['repo:o/r:ref:*', { kind: 'any' }],
  ['repo:o/r:pull*', { kind: 'any' }],
  ['repo:o/r:ref:refs/heads/release/*', { kind: 'name', what: 'branch', name: 'release/*' }],
  ['repo:o/r:ref:refs/tags/v*', { kind: 'name', what: 'tag', name: 'v*' }],
  ['repo:o/r:environment:prod-*', { kind: 'name', what: 'environment', name: 'prod-*' }],
  ['repo:o/r:ref:refs/heads/main', undefined],
  ['repo:o/r:workflow:*', undefined],
])('%s opens to %o', (pattern, expected) => {
  const subject = repositorySubject(pattern);
  expect(subject && openContext(subject)).toEqual(expected);
});

it.each(['repo:o/*:ref:refs/heads/main', 'repo:o/r', 'environment:production', 'repo:*'])(
  '%s names no repository and what runs of it',
  (pattern) => {
    expect(repositorySubject(pattern)).toBeUndefined();
  },
);

it.each<[string, string | undefined]>([
  ['environment:production', 'environment'],
  ['actor:octocat', 'actor'],
  ['repo:o/r:environment:production', undefined],
  ['repository_owner:o:ref:refs/heads/main', undefined],
  ['production', undefined],
])('%s begins with a claim that all have: %s', (pattern, claim) => {
  expect(commonFirstClaim(pattern)).toBe(claim);
});
