/** Subject patterns against documented forms: whether they fit, and what they leave open. */
import { expect, it } from 'vitest';
import { fillMarks } from '../tree/change.ts';
import { fitsSomeForm, openParts, withPartsNamed } from './subject-parts.ts';

const eks = ['system:serviceaccount:{NAMESPACE}:{SERVICE_ACCOUNT}'];
const gitlab = [
  'project_path:{GROUP}/{PROJECT}:ref_type:branch:ref:{BRANCH}',
  'project_path:{GROUP}/{PROJECT}:ref_type:tag:ref:{TAG}',
];

it.each<[string, readonly string[], boolean]>([
  ['system:serviceaccount:payments:api', eks, true],
  ['system:serviceaccount:*', eks, true],
  ['system:*:api', eks, true],
  ['*:payments:api', eks, true],
  ['system:serviceaccount:payments', eks, false],
  ['serviceaccount:payments:api', eks, false],
  ['project_path:acme/app:ref_type:tag:ref:v1', gitlab, true],
  ['project_path:acme/sub/app:ref_type:*', gitlab, true],
  ['project_path:acme/app:ref:main', gitlab, false],
  ['anything', [], false],
])('%s fits %o: %s', (pattern, templates, expected) => {
  expect(fitsSomeForm(pattern, templates)).toBe(expected);
});

it.each<[string, readonly string[], readonly string[], string]>([
  [
    'system:serviceaccount:*:*',
    eks,
    ['NAMESPACE', 'SERVICE_ACCOUNT'],
    'system:serviceaccount:NAMESPACE:SERVICE_ACCOUNT',
  ],
  ['system:serviceaccount:*', eks, ['NAMESPACE'], 'system:serviceaccount:NAMESPACE:*'],
  [
    'system:serviceaccount:payments:a-*',
    eks,
    ['SERVICE_ACCOUNT'],
    'system:serviceaccount:payments:SERVICE_ACCOUNT',
  ],
  ['project_path:acme/*', gitlab, ['PROJECT'], 'project_path:acme/PROJECT:*'],
  [
    'project_path:acme/*:ref_type:tag:ref:v1',
    gitlab,
    ['PROJECT'],
    'project_path:acme/PROJECT:ref_type:tag:ref:v1',
  ],
  [
    'project_path:acme/app:ref_type:branch:ref:main',
    gitlab,
    [],
    'project_path:acme/app:ref_type:branch:ref:main',
  ],
  ['other:*', eks, [], 'other:*'],
])('%s leaves open %o %o', (pattern, templates, names, named) => {
  const open = openParts(pattern, templates);
  expect(open.map(({ name }) => name)).toEqual(names);
  expect(fillMarks(withPartsNamed(pattern, open), () => '').text).toBe(named);
});
