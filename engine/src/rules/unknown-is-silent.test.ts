/** What cannot be known, or is not written yet, is no reason for a finding about it. */
import { expect, it } from 'vitest';
import { look } from '../../../test/harness/look.ts';

const rulesIn = (text: string): readonly string[] =>
  look({ text, language: 'json' }).findings.map(({ rule }) => rule);

it.each([
  ['a principal', '{ "Effect": "Allow", "Principal": "<PRINCIPAL>", "Action": "sts:AssumeRole" }'],
  [
    'a service',
    '{ "Effect": "Allow", "Principal": { "Service": "${service}" }, "Action": "sts:AssumeRoleWithSAML" }',
  ],
  [
    'an action',
    '{ "Effect": "Allow", "Principal": { "Service": "ec2.amazonaws.com" }, "Action": "${action}" }',
  ],
  [
    'an action in capitals',
    '{ "Effect": "Allow", "Principal": { "Service": "ec2.amazonaws.com" }, "Action": "ACTION" }',
  ],
  [
    'an effect',
    '{ "Effect": "{{effect}}", "Principal": { "Service": "ec2.amazonaws.com" }, "Action": "sts:AssumeRole" }',
  ],
  ['a statement', '"<STATEMENT>"'],
])('%s that is a stand-in', (_, statement) => {
  expect(rulesIn(`{ "Version": "2012-10-17", "Statement": [${statement}] }`)).toEqual([]);
});

const policy = JSON.stringify(
  {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Service: ['ec2.amazonaws.com', 'lambda.amazonaws.com'] },
        Action: 'sts:AssumeRole',
      },
    ],
  },
  null,
  2,
);

it('a policy that breaks off lacks nothing yet', () => {
  for (let end = 1; end < policy.length; end++) {
    const claims = rulesIn(policy.slice(0, end)).filter(
      (rule) => rule.startsWith('missing-') || rule.startsWith('empty-') || rule === 'policy-not-object',
    );
    expect(claims, policy.slice(0, end)).toEqual([]);
  }
});

it.each([
  ['"Statements": []', 'unknown-top-level-element'],
  ['"statement": []', 'element-name-case'],
])('a slip in a name, %s, is not reported as missing too', (member, rule) => {
  expect(rulesIn(`{ "Version": "2012-10-17", ${member} }`)).toEqual([rule]);
});

it.each([
  [
    '"Principals": { "Service": "ec2.amazonaws.com" }, "Action": "sts:AssumeRole"',
    'unknown-statement-element',
  ],
  ['"principal": { "Service": "ec2.amazonaws.com" }, "Action": "sts:AssumeRole"', 'element-name-case'],
  ['"Principal": { "AWS": 11122223333 }, "Action": "sts:AssumeRole"', 'invalid-account-id'],
  ['"Principal": ["ec2.amazonaws.com"], "Action": "sts:AssumeRole"', 'invalid-principal-format'],
  ['"Principal": { "Services": "ec2.amazonaws.com" }, "Action": "sts:AssumeRole"', 'unknown-principal-type'],
  ['"NotPrincipal": { "AWS": "111122223333" }, "Action": "sts:AssumeRole"', 'not-principal-not-allowed'],
  [
    '"Principal": { "Federated": "arn:aws:iam::111122223333:oidc-provider/*" }, "Action": "sts:AssumeRoleWithWebIdentity"',
    'federated-wildcard-principal',
  ],
])('one problem, one finding: %s', (members, rule) => {
  expect(rulesIn(`{ "Version": "2012-10-17", "Statement": { "Effect": "Allow", ${members} } }`)).toEqual([
    rule,
  ]);
});
