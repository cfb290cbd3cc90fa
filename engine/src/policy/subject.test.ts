/** Subject patterns: where a wildcard leaves a tenant or an owner open, and where it stands behind a complete name. */
import { describe, expect, it } from 'vitest';
import { leavesTenantOpen, openSubject, withOwnerEnded } from './subject.ts';

describe('GitHub subjects', () => {
  it.each<[string, ReturnType<typeof openSubject>]>([
    ['repo:*', { scope: 'any-owner', owner: '' }],
    ['repo:?cto/app:*', { scope: 'any-owner', owner: '' }],
    ['*', { scope: 'any-owner', owner: '' }],
    ['re*', { scope: 'any-owner', owner: '' }],
    ['*:ref:refs/heads/main', { scope: 'any-owner', owner: '' }],
    ['repo:octo*', { scope: 'owners-alike', owner: 'octo' }],
    ['repo:octo?/app:*', { scope: 'owners-alike', owner: 'octo' }],
    ['repo:octo*:ref:refs/heads/main', { scope: 'owners-alike', owner: 'octo' }],
    ['repo:octo/*', { scope: 'any-repository', owner: 'octo' }],
    ['repo:octo/*:environment:prod', { scope: 'any-repository', owner: 'octo' }],
    ['repo:octo/app*', undefined],
    ['repo:octo/app:*', undefined],
    ['repo:octo@65*', undefined],
    ['repo:octo@*/app@*:ref:refs/heads/main', undefined],
    ['repo:octo:*', undefined],
    ['repo:octo/app:ref:refs/heads/main', undefined],
    ['environment:*', undefined],
  ])('%s', (pattern, expected) => {
    expect(openSubject(pattern)).toEqual(expected);
  });

  it.each([
    ['repo:octo*', 'repo:octo/*'],
    ['repo:octo*:ref:refs/heads/main', 'repo:octo/*:ref:refs/heads/main'],
    ['repo:octo*/app:*', 'repo:octo/app:*'],
    ['repo:o?to/app:*', undefined],
  ])('%s with its owner ended', (pattern, expected) => {
    expect(withOwnerEnded(pattern)).toBe(expected);
  });
});

describe('tenants', () => {
  const templates = ['organization:{ORGANIZATION}:project:{PROJECT}', 'team:{TEAM}/{PROJECT}'];
  it.each([
    ['*', true],
    ['organization:*', true],
    ['organization:*:project:core', true],
    ['organization:acme*:project:core', true],
    ['org*', true],
    ['*:project:core', true],
    ['team:*/core', true],
    ['organization:acme:*', false],
    ['organization:acme:project:*', false],
    ['team:acme/*', false],
    ['organization:acme:project:core', false],
    ['acme', false],
    ['custom:*', false],
  ])('%s leaves the tenant open: %s', (pattern, expected) => {
    expect(leavesTenantOpen(pattern, templates)).toBe(expected);
  });

  it('does not judge templates that begin with the tenant or end with it', () => {
    expect(leavesTenantOpen('*', ['{ORGANIZATION}:{APP}', 'https://github.com/{ENTERPRISE}'])).toBe(false);
  });
});
