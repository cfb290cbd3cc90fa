/** Denials and what they come from: the first causes, whose matter they are, and what is left when this policy allows. */
import { describe, expect, it } from 'vitest';
import { defaultSettings, findingsIn, readDocument } from '../index.ts';
import type { JsonValue } from '../tree/walk.ts';
import { asText } from './explain/phrase.ts';
import { whyDenied, whyMarkdown, whyText, type Why } from './why.ts';

const account = '111122223333';
const role = `arn:aws:iam::${account}:role/target`;
const alice = 'arn:aws:iam::444455556666:user/alice';
const github = 'token.actions.githubusercontent.com';

const allow = (principal: JsonValue, more: Readonly<Record<string, JsonValue>> = {}): JsonValue => ({
  Effect: 'Allow',
  Principal: principal,
  Action: 'sts:AssumeRole',
  ...more,
});

function why(statements: readonly JsonValue[], text: string): Why {
  const document = readDocument({
    uri: 'file:///trust-policy.json',
    languageId: 'json',
    text: JSON.stringify({ Version: '2012-10-17', Statement: statements }),
  });
  const [region] = document.regions;
  if (region === undefined) throw new Error('There is no policy.');
  const answer = whyDenied(region, text, findingsIn(document, defaultSettings));
  if ('problem' in answer) throw new Error(answer.problem);
  return answer;
}

const denied = (caller = alice, action = 'sts:AssumeRole', more = ''): string =>
  `An error occurred (AccessDenied) when calling the AssumeRole operation: User: ${caller} is not authorized to perform: ${action} on resource: ${role}${more}`;
const briefly = ({ causes }: Why): readonly string[] =>
  causes.map(({ certainty, side, what }) => `${certainty} ${side}: ${asText(what)}`);

describe('a message', () => {
  it('tells caller, action and role', () => {
    const { denial } = why([allow({ AWS: '444455556666' })], denied());
    expect(denial).toMatchObject({ caller: alice, action: 'sts:AssumeRole', role });
  });

  it.each([
    [
      'with an explicit deny in a service control policy',
      'certain organization: A Deny in a service control policy refused sts:AssumeRole, not the trust policy.',
    ],
    [
      'because no identity-based policy allows the sts:AssumeRole action',
      'certain caller: No identity-based policy allows sts:AssumeRole; the trust policy is not what refused.',
    ],
    [
      'because no permissions boundary allows the sts:AssumeRole action',
      'certain caller: No permissions boundary allows sts:AssumeRole; the trust policy is not what refused.',
    ],
  ])('%s is another policy’s matter', (more, cause) => {
    expect(
      briefly(why([allow({ AWS: '999988887777' })], denied(alice, 'sts:AssumeRole', ` ${more}`))),
    ).toEqual([cause]);
  });

  it.each([
    ['(InvalidIdentityToken): Incorrect token audience', 'certain provider', 'audience'],
    [
      'No OpenIDConnect provider found in your account for https://token.actions.githubusercontent.com',
      'certain provider',
      'no OIDC provider',
    ],
    [
      "(InvalidIdentityToken) Couldn't retrieve verification key from your identity provider, please reference AssumeRoleWithWebIdentity documentation for requirements",
      'certain provider',
      'public keys',
    ],
    [
      "OpenIDConnect provider's HTTPS certificate doesn't match configured thumbprint",
      'certain provider',
      'thumbprint',
    ],
    [
      'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
      'certain session',
      'longer session',
    ],
    [
      'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.',
      'certain session',
      'one hour',
    ],
    ['(AccessDenied): Roles may not be assumed by root accounts.', 'certain caller', 'root user'],
    ['MultiFactorAuthentication failed with invalid MFA one time pass code.', 'certain caller', 'MFA device'],
    [
      '(MalformedPolicyDocument) Invalid principal in policy: "AWS":"arn:aws:iam::111122223333:role/gone"',
      'certain trust',
      'does not exist',
    ],
  ])('%s is known', (text, start, part) => {
    const [first] = briefly(why([allow({ Service: 'ec2.amazonaws.com' })], text));
    expect(first?.startsWith(start)).toBe(true);
    expect(first).toContain(part);
  });

  it.each(['', 'hello', '{}', 'is not authorized to perform: s3:GetObject on resource: x'])(
    '%j is none',
    (text) => {
      expect(() => why([], text)).toThrow('This is no denial');
    },
  );
});

describe('the trust policy', () => {
  it('does not name the caller, but nearly', () => {
    const [first] = briefly(
      why(
        [
          allow({
            AWS: [
              'arn:aws:iam::999988887777:user/alice',
              'arn:aws:iam::444455556666:user/Alice',
              'arn:aws:iam::444455556666:user/*',
            ],
          }),
        ],
        denied(),
      ),
    );
    expect(first).toBe(
      'certain trust: No statement of the trust policy names arn:aws:iam::444455556666:user/alice; it lets in: 2 users. arn:aws:iam::999988887777:user/alice is not it: it is in another account. arn:aws:iam::444455556666:user/Alice is not it: upper and lower case differ. arn:aws:iam::444455556666:user/* is not it: it names no principal, and wildcards do not work in a principal.',
    );
  });

  it('names the caller for another action', () => {
    const [first] = briefly(why([allow({ AWS: '444455556666' })], denied(alice, 'sts:TagSession')));
    expect(first).toBe('certain trust: Statement 1 names the caller, but does not allow sts:TagSession.');
  });

  it('denies, for sure and perhaps', () => {
    const deny = (more: Readonly<Record<string, JsonValue>>): JsonValue => ({
      Effect: 'Deny',
      Principal: { AWS: '*' },
      Action: 'sts:*',
      ...more,
    });
    expect(briefly(why([allow({ AWS: '444455556666' }), deny({})], denied()))[0]).toBe(
      'certain trust: Statement 2 keeps the caller out, whatever other statements allow.',
    );
    const perhaps = deny({ Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } });
    expect(
      briefly(why([allow({ AWS: '444455556666' }), perhaps], denied())).some((cause) =>
        cause.startsWith('possible trust: Statement 2'),
      ),
    ).toBe(true);
  });

  it('asks for MFA, an external ID and an organization: the usual first', () => {
    const causes = why(
      [
        allow(
          { AWS: '444455556666' },
          {
            Condition: {
              StringEquals: { 'aws:PrincipalOrgID': 'o-abcdefghij', 'sts:ExternalId': 'secret' },
              Bool: { 'aws:MultiFactorAuthPresent': 'true' },
            },
          },
        ),
      ],
      denied(),
    ).causes;
    expect(causes.slice(0, 2).map(({ remedy }) => asText(remedy))).toEqual([
      'Pass --external-id secret.',
      'Long-term access keys never say that MFA was used: pass --serial-number and --token-code, or call with a session of GetSessionToken.',
    ]);
    expect(causes.find(({ side }) => side === 'organization')?.certainty).toBe('possible');
  });

  it('lets the call through, so that the cause lies elsewhere', () => {
    const causes = briefly(why([allow({ AWS: '444455556666' })], denied()));
    expect(causes[0]).toBe(
      'likely caller: The own policies of arn:aws:iam::444455556666:user/alice may not allow sts:AssumeRole on the role.',
    );
    expect(causes.every((cause) => !cause.includes(' trust:'))).toBe(true);
  });

  it('asks for a subject and an audience of a token that the message does not show', () => {
    const provider = `arn:aws:iam::${account}:oidc-provider/${github}`;
    const statement = allow(
      { Federated: provider },
      {
        Action: 'sts:AssumeRoleWithWebIdentity',
        Condition: {
          StringEquals: {
            [`${github}:aud`]: 'sts.amazonaws.com',
            [`${github}:sub`]: 'repo:octo/app:ref:refs/heads/main',
          },
        },
      },
    );
    const causes = why(
      [statement],
      'Error: Could not assume role with OIDC: Not authorized to perform sts:AssumeRoleWithWebIdentity',
    ).causes;
    expect(causes.slice(0, 2).map(({ certainty, side }) => `${certainty} ${side}`)).toEqual([
      'likely provider',
      'likely trust',
    ]);
    expect(asText(causes[1]?.remedy ?? [])).toContain('repo:OWNER@ID/REPOSITORY@ID');
    expect(causes[1]?.fixes.length).toBeGreaterThan(0);
  });

  it('asks for what the caller never sends', () => {
    const text = JSON.stringify({
      eventName: 'AssumeRole',
      errorCode: 'AccessDenied',
      userIdentity: { type: 'AWSService', invokedBy: 'ec2.amazonaws.com' },
      requestParameters: { roleArn: role },
    });
    const [first] = briefly(
      why(
        [
          allow(
            { Service: 'ec2.amazonaws.com' },
            { Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } },
          ),
        ],
        text,
      ),
    );
    expect(first).toBe(
      'certain trust: The policy asks for aws:MultiFactorAuthPresent, which requests of AWS services never carry.',
    );
  });
});

describe('an event', () => {
  const event = (parameters: object): string =>
    JSON.stringify({
      eventName: 'AssumeRole',
      errorCode: 'AccessDenied',
      errorMessage: `User: ${alice} is not authorized to perform: sts:AssumeRole on resource: ${role}`,
      userIdentity: { type: 'IAMUser', arn: alice },
      requestParameters: { roleArn: role, roleSessionName: 's', ...parameters },
    });
  const statement = allow(
    { AWS: '444455556666' },
    { Condition: { StringEquals: { 'sts:ExternalId': 'secret' } } },
  );

  it('tells what was wrong', () => {
    expect(briefly(why([statement], event({ externalId: 'guess' })))[0]).toBe(
      'certain caller: The external ID of the call is guess, but StringEquals asks for secret.',
    );
    expect(briefly(why([statement], event({})))[0]).toBe(
      'certain caller: The external ID of the call is not in the event, but StringEquals asks for secret.',
    );
  });

  it('that the trust policy lets through has its cause elsewhere', () => {
    expect(briefly(why([statement], event({ externalId: 'secret' })))[0]).toContain(
      'likely caller: The own policies',
    );
  });
});

it('answers are text only', () => {
  const answer = why(
    [allow({ AWS: '444455556666' })],
    denied('arn:aws:iam::444455556666:user/x`](command:evil)'),
  );
  expect(whyMarkdown(answer)).not.toMatch(/(?<!`)\]\(command/);
  expect(whyText(answer)).toContain('Action: sts:AssumeRole');
});
