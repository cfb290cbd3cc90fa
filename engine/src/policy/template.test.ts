/** Templates: what a text that is being written has of their parts so far. */
import { expect, it } from 'vitest';
import { partNames, partsSoFar } from './template.ts';

const branch = 'repo:{OWNER}/{REPOSITORY}:ref:refs/heads/{BRANCH}';
const pull = 'repo:{OWNER}/{REPOSITORY}:pull_request';
const immutable = 'repo:{OWNER}@{OWNER_ID}/{REPOSITORY}@{REPOSITORY_ID}:ref:refs/heads/{BRANCH}';

it('names the parts', () => {
  expect(partNames(branch)).toEqual(['OWNER', 'REPOSITORY', 'BRANCH']);
});

it.each([
  ['', branch, {}],
  ['re', branch, {}],
  ['repo:', branch, {}],
  ['repo:octo', branch, { OWNER: 'octo' }],
  ['repo:octo/', branch, { OWNER: 'octo' }],
  ['repo:octo/app', branch, { OWNER: 'octo', REPOSITORY: 'app' }],
  ['repo:octo/app:ref:refs', branch, { OWNER: 'octo', REPOSITORY: 'app' }],
  ['repo:octo/app:ref:refs/heads/a:b', branch, { OWNER: 'octo', REPOSITORY: 'app', BRANCH: 'a:b' }],
  ['repo:octo/app:ref:refs/heads/a@b', branch, { OWNER: 'octo', REPOSITORY: 'app', BRANCH: 'a@b' }],
  ['repo:octo/app:', pull, { OWNER: 'octo', REPOSITORY: 'app' }],
  ['repo:octo/app:pull_request', pull, { OWNER: 'octo', REPOSITORY: 'app' }],
  [
    'project_path:a/b/c',
    'project_path:{GROUP}/{PROJECT}:ref_type:branch:ref:{BRANCH}',
    { GROUP: 'a', PROJECT: 'b/c' },
  ],
  ['repo:octo@1/app@', immutable, { OWNER: 'octo', OWNER_ID: '1', REPOSITORY: 'app' }],
])('%j has of %s', (typed, template, parts) => {
  expect(partsSoFar(typed, template)).toEqual(parts);
});

it.each([
  ['project_path:', branch],
  ['repo:/', branch],
  ['repo:octo/app:environment:x', branch],
  ['repo:octo/app:pull_request:x', pull],
  ['repo:octo@1/app', branch],
  ['repo:octo/app:', immutable],
  ['repo:octo/app', immutable],
])('%j is not of the form %s', (typed, template) => {
  expect(partsSoFar(typed, template)).toBeUndefined();
});
