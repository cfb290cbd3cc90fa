/** The lookups of the catalogue, as rules, completion and hover use them. */
import { describe, expect, test } from 'vitest';
import {
  conditionKeyNamed,
  conditionKeys,
  knownAccount,
  nearestServicePrincipal,
  oidcProviderFor,
  operatorNamed,
  partitions,
  samlEndpoints,
  servicePrincipalNamed,
  servicePrincipals,
  stsActionNamed,
  trustActions,
  trustActionsMatching,
} from './catalog.ts';

describe('operators and actions', () => {
  test('operators are found by exact name only', () => {
    expect(operatorNamed('StringEquals')?.like).toBe('StringLike');
    expect(operatorNamed('stringequals')).toBeUndefined();
    expect(operatorNamed('StringEqualsIfExists')).toBeUndefined();
  });

  test('actions are found in any case, with or without meaning in a trust policy', () => {
    expect(stsActionNamed('STS:assumerole')?.id).toBe('sts:AssumeRole');
    expect(stsActionNamed('sts:GetCallerIdentity')?.trust).toBe(false);
    expect(stsActionNamed('s3:GetObject')).toBeUndefined();
  });

  test('three actions assume, three only permit', () => {
    expect(trustActions().map((action) => action.assumes)).toEqual([true, true, true, false, false, false]);
  });

  test.each([
    ['*', 6],
    ['sts:*', 6],
    ['sts:AssumeRole', 1],
    ['sts:assumerole*', 3],
    ['sts:Tag?ession', 1],
    ['sts:Get*', 0],
  ])('%s covers %i trust actions', (pattern, count) => {
    expect(trustActionsMatching(pattern)).toHaveLength(count);
  });
});

describe('condition keys', () => {
  test.each([
    ['sts:externalid', 'sts:ExternalId'],
    ['SAML:aud', 'saml:aud'],
    ['aws:principaltag/Team', 'aws:PrincipalTag/'],
    ['gitlab.com:sub', 'gitlab.com:sub'],
    [
      'oidc.circleci.com/org/x:oidc.circleci.com/project-id',
      'oidc.circleci.com/org/x:oidc.circleci.com/project-id',
    ],
  ])('%s', (name, id) => {
    expect(conditionKeyNamed(name)?.id).toBe(id);
  });

  test.each(['aws:Nope', 'aws:PrincipalTag/', 'gitlab.com:email', 'unknown.example:sub', 'sub', ''])(
    '%s is none',
    (name) => {
      expect(conditionKeyNamed(name)).toBeUndefined();
    },
  );

  test('defaults are filled in', () => {
    expect(conditionKeyNamed('aws:SourceArn')).toMatchObject({
      prefix: false,
      multivalued: false,
      actions: ['sts:AssumeRole', 'sts:SetContext', 'sts:TagSession', 'sts:SetSourceIdentity'],
      url: expect.stringContaining('#condition-keys-sourcearn') as string,
    });
    expect(conditionKeyNamed('aws:TagKeys')?.multivalued).toBe(true);
    expect(conditionKeyNamed('aws:SourceIp')?.actions).toContain('sts:AssumeRoleWithSAML');
  });

  test('claims that survive chaining are present for AWS callers too', () => {
    expect(conditionKeyNamed('cognito-identity.amazonaws.com:amr')).toMatchObject({
      multivalued: true,
      presence: { aws: 'sometimes', service: 'no', federated: 'sometimes' },
    });
    expect(conditionKeyNamed('gitlab.com:sub')?.presence.aws).toBe('no');
  });

  test('keys that no assume call carries have no action', () => {
    const never = conditionKeys().filter((key) => Object.values(key.presence).every((each) => each === 'no'));
    expect(never.every((key) => key.actions.length === 0)).toBe(true);
  });
});

describe('service principals', () => {
  test('the most used come first', () => {
    const [first, second] = servicePrincipals();
    expect([first?.id, second?.id]).toEqual(['lambda.amazonaws.com', 'ec2.amazonaws.com']);
  });

  test.each([
    ['lambda.amazonaws.com', 'lambda.amazonaws.com'],
    ['states.us-east-1.amazonaws.com', 'states.amazonaws.com'],
    ['ec2.amazonaws.com.cn', 'ec2.amazonaws.com'],
    ['monitoring.rds.amazonaws.com', 'monitoring.rds.amazonaws.com'],
    ['ecs-tasks.c2s.ic.gov', 'ecs-tasks.amazonaws.com'],
    ['Lambda.amazonaws.com', undefined],
    ['lambda', undefined],
    ['us-east-1.amazonaws.com', undefined],
    ['fargate.amazonaws.com', undefined],
  ])('%s names %s', (host, id) => {
    expect(servicePrincipalNamed(host)?.id).toBe(id);
  });

  test.each([
    ['lamda.amazonaws.com', 'lambda.amazonaws.com'],
    ['gleu.amazonaws.com', 'glue.amazonaws.com'],
    ['stepfunctions.amazonaws.com', 'states.amazonaws.com'],
    ['eventbridge.eu-west-1.amazonaws.com', 'events.amazonaws.com'],
    ['lambda', 'lambda.amazonaws.com'],
    ['https://EC2.amazonaws.com/', 'ec2.amazonaws.com'],
    ['ec2.amazon.aws.com', 'ec2.amazonaws.com'],
    ['lambda.amazoanws.com', 'lambda.amazonaws.com'],
    ['foo.amazonaws.com', undefined],
    ['', undefined],
  ])('%s means %s', (text, id) => {
    expect(nearestServicePrincipal(text)?.id).toBe(id);
  });

  test('each has a sentence and a page', () => {
    expect(servicePrincipalNamed('detective.amazonaws.com')?.doc).toMatch(
      /^Service-linked role of Amazon Detective/,
    );
    expect(servicePrincipalNamed('sqs.amazonaws.com')?.doc).toMatch(/not in roles/);
    expect(servicePrincipalNamed('credentials.deadline.amazonaws.com')).toMatchObject({
      evidence: 'medium',
      doc: expect.stringContaining('(credentials.deadline)') as string,
    });
    expect(servicePrincipals().every((each) => each.url.startsWith('https://'))).toBe(true);
  });

  test('what is known of source conditions', () => {
    expect(servicePrincipalNamed('scheduler.amazonaws.com')?.source).toMatchObject({ kind: 'documented' });
    expect(servicePrincipalNamed('lambda.amazonaws.com')?.source).toMatchObject({ kind: 'exempt' });
    expect(servicePrincipalNamed('glue.amazonaws.com')?.source).toBeUndefined();
  });
});

describe('OIDC providers', () => {
  test.each([
    ['token.actions.githubusercontent.com', 'github-actions'],
    ['token.actions.githubusercontent.com/octo-enterprise', 'github-enterprise-slug'],
    ['token.actions.acme.ghe.com', 'github-data-residency'],
    ['github.example.com/_services/token', 'github-enterprise-server'],
    ['oidc.eks.us-gov-west-1.amazonaws.com/id/0123456789ABCDEF', 'eks'],
    ['oidc.eks.cn-north-1.amazonaws.com.cn/id/0123456789ABCDEF', 'eks'],
    ['GitLab.com', 'gitlab'],
    ['gitlab.example.com', 'gitlab-self-managed'],
    ['oidc.vercel.com', 'vercel-global'],
    ['oidc.vercel.com/acme', 'vercel'],
    ['sts.windows.net/33e01921-4d64-4f8c-a055-5bdaffd5e33d', 'azure-sentinel'],
    ['sts.windows.net/11111111-2222-3333-4444-555555555555/', 'entra'],
    ['acme.eu.auth0.com/', 'auth0'],
    ['unknown.example', undefined],
    ['', undefined],
  ])('%s is %s', (issuer, id) => {
    expect(oidcProviderFor(issuer)?.id).toBe(id);
  });
});

describe('accounts, endpoints, partitions', () => {
  test('known accounts are named', () => {
    expect(knownAccount('464622532012')).toMatchObject({ name: 'Datadog', kind: 'vendor' });
    expect(knownAccount('127311923021')?.kind).toBe('aws-service');
    expect(knownAccount('111122223333')).toBeUndefined();
  });

  test('the endpoint of the AWS partition is there', () => {
    expect(samlEndpoints().map((endpoint) => endpoint.value)).toContain('https://signin.aws.amazon.com/saml');
  });

  test('partitions', () => {
    expect(partitions()).toEqual(
      expect.arrayContaining(['aws', 'aws-cn', 'aws-us-gov', 'aws-iso', 'aws-eusc']) as string[],
    );
    expect(partitions()).toHaveLength(8);
  });
});
