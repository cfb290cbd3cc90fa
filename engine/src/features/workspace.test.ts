/** What files of a workspace say, in all the forms that people write them in. */
import { describe, expect, it } from 'vitest';
import { unknownWorkspace, workspaceFrom, type WorkspaceFile } from './workspace.ts';

const file = (kind: WorkspaceFile['kind'], text: string, path = ''): WorkspaceFile => ({ kind, path, text });
const config = (url: string, name = 'origin'): WorkspaceFile =>
  file('git-config', `[core]\n\tbare = false\n[remote "${name}"]\n\turl = ${url}\n\tfetch = +refs/heads/*\n`);

describe('the remote', () => {
  it.each([
    'https://github.com/octo-org/octo-repo.git',
    'https://user:secret@github.com/octo-org/octo-repo',
    'git@github.com:octo-org/octo-repo.git',
    'ssh://git@github.com:22/octo-org/octo-repo.git',
    'git@GitHub.com:/octo-org/octo-repo/',
  ])('is read from %s', (url) => {
    expect(workspaceFrom([config(url)]).remote).toEqual({ host: 'github.com', path: 'octo-org/octo-repo' });
  });

  it.each(['', '/srv/git/repo.git', '../repo', 'https://github.com/', 'https://github.com/a/"b', 'host:a/b'])(
    'is nothing for %j',
    (url) => {
      expect(workspaceFrom([config(url)]).remote).toBeUndefined();
    },
  );

  it('is origin, whatever stands before', () => {
    const both = `${config('git@github.com:me/fork.git', 'mine').text}[remote "origin"]\nurl=git@gitlab.com:g/s/p.git`;
    expect(workspaceFrom([file('git-config', both)]).remote).toEqual({ host: 'gitlab.com', path: 'g/s/p' });
  });
});

it('branches are those of the remote, of the checkout and of workflows', () => {
  const workflow =
    'on:\n  push:\n    branches: [main, "release/**", "!dev"]\n    tags:\n      - v*\n      - v[0-9]+\n';
  const { branches, tags } = workspaceFrom([
    file('workflow', workflow),
    file('git-head', 'ref: refs/heads/feature/x\n'),
    file('git-default-branch', 'ref: refs/remotes/origin/main\n'),
    file(
      'git-tags',
      '# pack-refs with: peeled\nabc refs/heads/main\nabc refs/tags/v1\nabc refs/tags/v2\n^abc\n',
    ),
  ]);
  expect(branches).toEqual(['main', 'feature/x', 'release/*']);
  expect(tags).toEqual(['v*', 'v2', 'v1']);
});

it('a checkout without a branch has none', () => {
  expect(workspaceFrom([file('git-head', '2c4f6f9f0c1d1bd0a4a2f7d2e1a1f9d8b7c6a5e4\n')])).toEqual(
    unknownWorkspace,
  );
});

it('environments are those that jobs name', () => {
  const workflow = `on: push
jobs:
  test: { runs-on: ubuntu-latest }
  stage: { environment: staging }
  ship:
    environment:
      name: production
      url: https://example.com
  any: { environment: "\${{ inputs.where }}" }
  again: { environment: staging }
`;
  expect(workspaceFrom([file('workflow', workflow)]).environments).toEqual(['staging', 'production']);
});

describe('service accounts', () => {
  it('are found in streams of documents, those with a role first', () => {
    const manifest = `apiVersion: v1
kind: ServiceAccount
metadata:
  name: worker
  namespace: jobs
---
kind: Deployment
spec: { template: { spec: { serviceAccountName: ServiceAccount } } }
---
kind: ServiceAccount
metadata:
  name: api
  namespace: payments
  annotations:
    eks.amazonaws.com/role-arn: arn:aws:iam::111122223333:role/api
`;
    expect(workspaceFrom([file('manifest', manifest)]).serviceAccounts).toEqual([
      { name: 'api', namespace: 'payments' },
      { name: 'worker', namespace: 'jobs' },
    ]);
  });

  it('take their namespace from the kustomization beside them', () => {
    const account = 'kind: ServiceAccount\nmetadata:\n  name: api\n';
    const files = [
      file('manifest', account, 'prod/account.yaml'),
      file('manifest', 'kind: Kustomization\nnamespace: shop\n', 'prod/kustomization.yaml'),
      file('manifest', account, 'test/account.yaml'),
    ];
    expect(workspaceFrom(files).serviceAccounts).toEqual([
      { name: 'api', namespace: 'shop' },
      { name: 'api' },
    ]);
  });

  it('are none where a template has to fill them in', () => {
    const chart = 'kind: ServiceAccount\nmetadata:\n  name: {{ .Values.name }}\n';
    expect(workspaceFrom([file('manifest', chart)]).serviceAccounts).toEqual([]);
  });
});

it('nothing in a file makes reading fail', () => {
  for (const kind of [
    'git-config',
    'git-head',
    'git-default-branch',
    'git-tags',
    'workflow',
    'manifest',
  ] as const)
    for (const text of [
      '',
      '[',
      '[remote "',
      'url',
      '{',
      '- [',
      'on: push: x',
      'kind: ServiceAccount',
      '\u0000',
    ])
      expect(workspaceFrom([file(kind, text)])).toEqual(unknownWorkspace);
});
