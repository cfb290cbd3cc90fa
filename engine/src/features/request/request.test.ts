/** What tokens, assertions and events become, and what callers a policy suggests. */
import { describe, expect, it } from 'vitest';
import { readDocument } from '../../index.ts';
import { readPolicy } from '../../policy/read.ts';
import type { JsonValue } from '../../tree/walk.ts';
import { requestFromAssertion } from './assertion.ts';
import { decodedText } from './base64.ts';
import { requestFromEvent } from './cloudtrail.ts';
import { elementsOf } from './markup.ts';
import { suggestionsFor } from './suggest.ts';
import { requestFromToken } from './token.ts';

const account = '111122223333';
const policyOf = (...statements: JsonValue[]): ReturnType<typeof readPolicy> => {
  const text = JSON.stringify({ Version: '2012-10-17', Statement: statements });
  const [region] = readDocument({ uri: 'file:///trust-policy.json', languageId: 'json', text }).regions;
  if (region === undefined) throw new Error('There is no policy.');
  return readPolicy(region.node);
};
const none = policyOf();
const github = 'token.actions.githubusercontent.com';
const federated = (provider: string): ReturnType<typeof readPolicy> =>
  policyOf({
    Effect: 'Allow',
    Principal: { Federated: `arn:aws:iam::${account}:${provider}` },
    Action: ['sts:AssumeRoleWithWebIdentity', 'sts:AssumeRoleWithSAML'],
  });

describe('Base64', () => {
  it.each([
    ['eyJhIjoiw7w_In0', '{"a":"ü?"}'],
    ['PDw/Pz8+Pg==', '<<???>>'],
    ['', ''],
  ])('%s is %s', (encoded, text) => {
    expect(decodedText(encoded)).toBe(text);
  });
  it.each(['a b', '%', '_w'])('%j is none', (encoded) => {
    expect(decodedText(encoded)).toBeUndefined();
  });
});

describe('a token', () => {
  const claims = {
    iss: `https://${github}`,
    sub: 'repo:octo/app:ref:refs/heads/main',
    aud: 'sts.amazonaws.com',
    repository: 'octo/app',
    run_id: '1',
    head_ref: '',
    exp: 1,
  };

  it('becomes the keys that AWS makes of its claims', () => {
    const result = requestFromToken(JSON.stringify(claims), federated(`oidc-provider/${github}`), account);
    expect(result).toMatchObject({
      request: {
        action: 'sts:AssumeRoleWithWebIdentity',
        principal: { type: 'Federated', value: `arn:aws:iam::${account}:oidc-provider/${github}` },
        context: {
          [`${github}:sub`]: claims.sub,
          [`${github}:aud`]: claims.aud,
          [`${github}:repository`]: 'octo/app',
        },
      },
      notes: ['AWS makes no condition keys of these claims: run_id.'],
    });
  });

  it('is read whole, too', () => {
    const encoded = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
    const whole = ` ${encoded({ alg: 'RS256' })}.${encoded(claims)}.c2ln\n`;
    expect(requestFromToken(whole, none, account)).toEqual(
      requestFromToken(JSON.stringify(claims), none, account),
    );
  });

  it('has azp for its audience, and keeps the original one', () => {
    const google = { iss: 'https://accounts.google.com', azp: 'a', aud: 'b', sub: '1' };
    expect(requestFromToken(JSON.stringify(google), none, account)).toMatchObject({
      request: {
        principal: { value: 'accounts.google.com' },
        context: {
          'accounts.google.com:aud': 'a',
          'accounts.google.com:oaud': 'b',
          'accounts.google.com:sub': '1',
        },
      },
    });
  });

  it('brings session tags and a source identity, each with its action', () => {
    const tagged = {
      iss: 'https://id.example.com/',
      sub: 'a',
      'https://aws.amazon.com/tags': { principal_tags: { team: ['red'] }, transitive_tag_keys: ['team'] },
      'https://aws.amazon.com/source_identity': 'alice',
    };
    expect(
      requestFromToken(JSON.stringify(tagged), federated('oidc-provider/id.example.com'), account),
    ).toMatchObject({
      request: {
        action: ['sts:AssumeRoleWithWebIdentity', 'sts:TagSession', 'sts:SetSourceIdentity'],
        principal: { value: `arn:aws:iam::${account}:oidc-provider/id.example.com` },
        context: {
          'id.example.com:sub': 'a',
          'aws:RequestTag/team': 'red',
          'aws:TagKeys': ['team'],
          'sts:TransitiveTagKeys': ['team'],
          'sts:SourceIdentity': 'alice',
        },
      },
    });
  });

  it.each(['', 'x', '[]', '{"sub": "a"}', 'a.b.c', '{'])('%j is none', (text) => {
    expect(requestFromToken(text, none, account)).toHaveProperty('problem');
  });
});

describe('an assertion', () => {
  const xml = `<?xml version="1.0"?>
<saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion">
  <saml:Issuer>https://idp.example.com/a&amp;b</saml:Issuer>
  <saml:Subject>
    <saml:NameID Format="urn:oasis:names:tc:SAML:2.0:nameid-format:persistent">_id</saml:NameID>
    <saml:SubjectConfirmation><saml:SubjectConfirmationData Recipient="https://signin.aws.amazon.com/saml"/></saml:SubjectConfirmation>
  </saml:Subject>
  <saml:AttributeStatement>
    <saml:Attribute Name="https://aws.amazon.com/SAML/Attributes/Role"><saml:AttributeValue>arn:aws:iam::444455556666:role/r,arn:aws:iam::444455556666:saml-provider/okta</saml:AttributeValue></saml:Attribute>
    <saml:Attribute Name="https://aws.amazon.com/SAML/Attributes/RoleSessionName"><saml:AttributeValue>alice</saml:AttributeValue></saml:Attribute>
    <saml:Attribute Name="https://aws.amazon.com/SAML/Attributes/PrincipalTag:team"><saml:AttributeValue>red</saml:AttributeValue></saml:Attribute>
    <saml:Attribute Name='urn:oid:1.3.6.1.4.1.5923.1.1.1.1'><saml:AttributeValue>staff</saml:AttributeValue><saml:AttributeValue>alum</saml:AttributeValue></saml:Attribute>
    <saml:Attribute Name="department"><saml:AttributeValue>x</saml:AttributeValue></saml:Attribute>
  </saml:AttributeStatement>
</saml:Assertion>`;
  const expected = {
    request: {
      action: ['sts:AssumeRoleWithSAML', 'sts:TagSession'],
      principal: { type: 'Federated', value: 'arn:aws:iam::444455556666:saml-provider/okta' },
      context: {
        'saml:iss': 'https://idp.example.com/a&b',
        'saml:sub': '_id',
        'saml:sub_type': 'persistent',
        'saml:aud': 'https://signin.aws.amazon.com/saml',
        'saml:edupersonaffiliation': ['staff', 'alum'],
        'sts:RoleSessionName': 'alice',
        'aws:RequestTag/team': 'red',
        'aws:TagKeys': ['team'],
      },
    },
    role: 'arn:aws:iam::444455556666:role/r',
    roleAccount: '444455556666',
    notes: ['AWS makes no condition keys of these attributes: department.'],
  };

  it('is read from XML, also in Base64', () => {
    expect(requestFromAssertion(xml, none, account)).toEqual(expected);
    expect(requestFromAssertion(Buffer.from(xml).toString('base64'), none, account)).toEqual(expected);
  });

  it('is read from lines and from JSON', () => {
    const lines = 'saml:aud = https://signin.aws.amazon.com/saml\nedupersonaffiliation = staff\n\nnonsense';
    const json = { 'saml:aud': 'https://signin.aws.amazon.com/saml', eduPersonAffiliation: ['staff'] };
    const result = {
      principal: { value: `arn:aws:iam::${account}:saml-provider/adfs` },
      context: { 'saml:aud': 'https://signin.aws.amazon.com/saml', 'saml:edupersonaffiliation': ['staff'] },
    };
    const policy = federated('saml-provider/adfs');
    expect(requestFromAssertion(lines, policy, account)).toMatchObject({ request: result });
    expect(requestFromAssertion(JSON.stringify(json), policy, account)).toMatchObject({ request: result });
  });

  it.each(['', '{}', '[1]', 'words', '<a'])('%j is none', (text) => {
    expect(requestFromAssertion(text, none, account)).toHaveProperty('problem');
  });

  it('never fails on broken markup', () => {
    for (let end = 0; end <= xml.length; end++)
      expect([...elementsOf(xml.slice(0, end))].length).toBeLessThan(30);
  });
});

describe('an event', () => {
  const event = (identity: object, parameters: object = {}, more: object = {}): string =>
    JSON.stringify({
      eventName: 'AssumeRole',
      sourceIPAddress: '203.0.113.9',
      awsRegion: 'eu-west-1',
      userAgent: 'aws-cli',
      userIdentity: identity,
      requestParameters: { roleArn: `arn:aws:iam::${account}:role/r`, roleSessionName: 's', ...parameters },
      ...more,
    });

  it('has the caller, the role and what was passed', () => {
    const user = { type: 'IAMUser', principalId: 'AIDAX', arn: 'arn:aws:iam::444455556666:user/alice' };
    const parameters = {
      externalId: 'e',
      serialNumber: 'arn:mfa',
      tags: [{ key: 'a', value: 'b' }],
      sourceIdentity: 'me',
    };
    expect(requestFromEvent(event(user, parameters))).toMatchObject({
      role: `arn:aws:iam::${account}:role/r`,
      roleAccount: account,
      request: {
        action: ['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity'],
        principal: { type: 'AWS', arn: user.arn },
        context: {
          'aws:SourceIp': '203.0.113.9',
          'aws:RequestedRegion': 'eu-west-1',
          'aws:MultiFactorAuthPresent': 'true',
          'aws:userid': 'AIDAX',
          'sts:ExternalId': 'e',
          'sts:RoleSessionName': 's',
          'aws:RequestTag/a': 'b',
          'sts:SourceIdentity': 'me',
        },
      },
    });
  });

  it('knows the role of a session, and its MFA', () => {
    const session = {
      type: 'AssumedRole',
      principalId: 'AROAX:s',
      arn: 'arn:aws:sts::444455556666:assumed-role/deploy/s',
      sessionContext: {
        attributes: { mfaAuthenticated: 'false', creationDate: '2026-01-01T00:00:00Z' },
        sessionIssuer: { arn: 'arn:aws:iam::444455556666:role/ci/deploy' },
      },
    };
    expect(requestFromEvent(event(session))).toMatchObject({
      request: {
        principal: { arn: session.arn, issuer: 'arn:aws:iam::444455556666:role/ci/deploy' },
        context: { 'aws:MultiFactorAuthPresent': 'false', 'aws:TokenIssueTime': '2026-01-01T00:00:00Z' },
      },
    });
  });

  it('says nothing of MFA for long-term keys', () => {
    const result = requestFromEvent(event({ type: 'IAMUser', arn: 'arn:aws:iam::444455556666:user/alice' }));
    expect(JSON.stringify(result)).not.toContain('MultiFactor');
  });

  it.each([
    [
      { type: 'AWSService', invokedBy: 'lambda.amazonaws.com' },
      { type: 'Service', value: 'lambda.amazonaws.com' },
    ],
    [
      { type: 'Root', arn: 'arn:aws:iam::444455556666:root' },
      { type: 'AWS', arn: 'arn:aws:iam::444455556666:root' },
    ],
    [
      { type: 'AWSAccount', accountId: '444455556666', principalId: 'AIDAX' },
      { type: 'AWS', arn: 'arn:aws:iam::444455556666:user/AIDAX' },
    ],
    [
      { type: 'AWSAccount', accountId: '444455556666', principalId: 'AROAX:s' },
      { type: 'AWS', arn: 'arn:aws:sts::444455556666:assumed-role/AROAX/s' },
    ],
  ])('of %j has the caller %j', (identity, principal) => {
    expect(requestFromEvent(event(identity))).toMatchObject({ request: { principal } });
  });

  it('of a web identity has audience and subject', () => {
    const provider = `arn:aws:iam::${account}:oidc-provider/${github}`;
    const identity = {
      type: 'WebIdentityUser',
      principalId: `${provider}:api://aud:repo:octo/app:ref:refs/heads/main`,
      userName: 'repo:octo/app:ref:refs/heads/main',
      identityProvider: provider,
    };
    expect(requestFromEvent(event(identity, {}, { eventName: 'AssumeRoleWithWebIdentity' }))).toMatchObject({
      request: {
        action: 'sts:AssumeRoleWithWebIdentity',
        principal: { type: 'Federated', value: provider },
        context: { [`${github}:aud`]: 'api://aud', [`${github}:sub`]: 'repo:octo/app:ref:refs/heads/main' },
      },
    });
  });

  it('of SAML has the subject', () => {
    const identity = {
      type: 'SAMLUser',
      principalId: 'hash=:alice',
      userName: 'alice',
      identityProvider: 'https://idp',
    };
    const parameters = { principalArn: `arn:aws:iam::${account}:saml-provider/okta` };
    expect(requestFromEvent(event(identity, parameters, { eventName: 'AssumeRoleWithSAML' }))).toMatchObject({
      request: {
        action: 'sts:AssumeRoleWithSAML',
        principal: { type: 'Federated', value: parameters.principalArn },
        context: { 'saml:sub': 'alice', 'saml:namequalifier': 'hash=' },
      },
    });
  });

  it('is found in log files and in what the AWS CLI prints', () => {
    const one = event({ type: 'AWSService', invokedBy: 'ec2.amazonaws.com' });
    const other = JSON.stringify({ eventName: 'GetCallerIdentity' });
    const expected = requestFromEvent(one);
    expect(requestFromEvent(`{"Records": [${other}, ${one}]}`)).toEqual(expected);
    expect(requestFromEvent(JSON.stringify({ Events: [{ CloudTrailEvent: one }] }))).toEqual(expected);
  });

  it.each([
    '',
    '{}',
    'text',
    '{"eventName": "PutObject"}',
    '{"eventName": "AssumeRole"}',
    '{"eventName": "AssumeRole", "userIdentity": {"type": "Unknown"}}',
  ])('%j is none', (text) => {
    expect(requestFromEvent(text)).toHaveProperty('problem');
  });
});

describe('suggestions', () => {
  it('are the callers that a policy names, with what its statements ask', () => {
    const policy = policyOf(
      {
        Effect: 'Allow',
        Principal: {
          AWS: ['444455556666', 'arn:aws:iam::444455556666:role/ci/deploy', '*', 'nobody@'],
          Service: 'ec2.amazonaws.com',
        },
        Action: 'sts:AssumeRole',
        Condition: {
          StringEquals: { 'sts:ExternalId': ['a', 'b'], 'aws:PrincipalTag/x': '${aws:username}' },
          StringLike: { 'sts:RoleSessionName': 'ci-*' },
          NumericLessThan: { 'aws:MultiFactorAuthAge': '3600' },
          IpAddress: { 'aws:SourceIp': '203.0.113.0/24' },
          'ForAnyValue:StringEquals': { 'aws:TagKeys': 'team' },
          StringNotEquals: { 'aws:PrincipalAccount': '1' },
          Null: { 'sts:ExternalId': 'false', 'sts:SourceIdentity': 'false', 'aws:username': 'true' },
        },
      },
      { Effect: 'Deny', Principal: { AWS: '555566667777' }, Action: 'sts:AssumeRole' },
    );
    const found = suggestionsFor(policy);
    expect(found.map(({ request }) => request.principal)).toEqual([
      { type: 'AWS', arn: 'arn:aws:iam::444455556666:user/somebody' },
      {
        type: 'AWS',
        arn: 'arn:aws:sts::444455556666:assumed-role/deploy/session',
        issuer: 'arn:aws:iam::444455556666:role/ci/deploy',
      },
      { type: 'AWS', arn: 'arn:aws:iam::999988887777:user/somebody' },
      { type: 'Service', value: 'ec2.amazonaws.com' },
    ]);
    expect(found[0]?.request).toMatchObject({
      action: 'sts:AssumeRole',
      context: {
        'sts:ExternalId': 'a',
        'sts:RoleSessionName': 'ci-',
        'aws:MultiFactorAuthAge': '3599',
        'aws:SourceIp': '203.0.113.0',
        'aws:TagKeys': ['team'],
        'sts:SourceIdentity': 'value',
      },
    });
  });
});
