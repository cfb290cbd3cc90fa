/** When a claim beside the subject says whose workflow runs. */
import { expect, it } from 'vitest';
import { look } from '../../../test/harness/look.ts';
import { isPinnedByClaim } from './github-claims.ts';
import { readPolicy } from './read.ts';

const issuer = 'token.actions.githubusercontent.com';
const claims = ['repository', 'repository_id', 'job_workflow_ref'];

it.each<[operator: string, claim: string, value: string, owner: boolean, repository: boolean]>([
  ['StringEquals', 'repository', 'octo-org/app', true, true],
  ['StringEquals', 'repository', '*/app', true, true], // no pattern: it matches nothing
  ['StringLike', 'repository', 'octo-org/app', true, true],
  ['StringLike', 'repository', 'octo-org/app-*', true, true],
  ['StringLike', 'repository', 'octo-org/*', true, false],
  ['StringLike', 'repository', 'octo-*/app', false, true],
  ['StringLike', 'repository', '*/app', false, true],
  ['StringLike', 'repository_id', '12*', false, false],
  ['StringLike', 'repository_id', '123', true, true],
  ['StringLike', 'job_workflow_ref', '*/deploy.yml@*', false, false],
  ['StringLike', 'job_workflow_ref', 'octo-org/shared/.github/workflows/deploy.yml@*', true, true],
  ['StringLike', 'job_workflow_ref', '${var.workflow}', true, true],
  ['StringNotLike', 'repository', 'octo-org/app', false, false],
])('%s %s %s', (operator, claim, value, owner, repository) => {
  const text = JSON.stringify({
    Version: '2012-10-17',
    Statement: {
      Effect: 'Allow',
      Principal: { Federated: `arn:aws:iam::111122223333:oidc-provider/${issuer}` },
      Action: 'sts:AssumeRoleWithWebIdentity',
      Condition: { [operator]: { [`${issuer}:${claim}`]: value } },
    },
  });
  const [region] = look({ text, language: 'json' }).document.regions;
  const [grant] = region ? readPolicy(region.node).grants : [];
  if (grant === undefined) throw new Error('Nothing is granted.');
  expect(isPinnedByClaim(grant, issuer, claims, 'owner')).toBe(owner);
  expect(isPinnedByClaim(grant, issuer, claims, 'repository')).toBe(repository);
});
