/** Calls put to policies, and what of the text decided. */
import { describe, expect, it } from 'vitest';
import { readDocument } from '../index.ts';
import { slice } from '../text/span.ts';
import {
  answerInWords,
  answerMarkdown,
  callersFor,
  type CallInput,
  isCallInput,
  roleAccountIn,
  simulate,
} from './simulate.ts';
import { readPolicy } from '../policy/read.ts';

const github = 'token.actions.githubusercontent.com';
const text = `{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Principal": { "AWS": "444455556666" },
      "Action": "sts:AssumeRole",
      "Condition": { "StringEquals": { "sts:ExternalId": "secret" }, "Bool": { "aws:MultiFactorAuthPresent": "true" } }
    },
    {
      "Effect": "Allow",
      "Principal": { "Federated": "arn:aws:iam::111122223333:oidc-provider/${github}" },
      "Action": "sts:AssumeRoleWithWebIdentity",
      "Condition": { "StringLike": { "${github}:sub": "repo:octo/app:*" } }
    },
    { "Sid": "No", "Effect": "Deny", "Principal": { "AWS": "arn:aws:iam::444455556666:user/mallory" }, "Action": "sts:*" }
  ]
}`;
const [region] = readDocument({ uri: 'file:///trust-policy.json', languageId: 'json', text }).regions;
if (region === undefined) throw new Error('There is no policy.');

const put = (input: CallInput): { readonly answer: string; readonly deciding: readonly string[] } => {
  const result = simulate(region, input);
  if ('problem' in result) throw new Error(result.problem);
  return {
    answer: answerInWords(result.evaluation),
    deciding: result.deciding.map((span) => slice(text, span)),
  };
};
const user = (name: string, context: Readonly<Record<string, string>> = {}): CallInput => ({
  kind: 'request',
  request: {
    action: 'sts:AssumeRole',
    principal: { type: 'AWS', arn: `arn:aws:iam::444455556666:user/${name}` },
    context,
  },
});
const met = { 'sts:ExternalId': 'secret', 'aws:MultiFactorAuthPresent': 'true' };

describe('a call', () => {
  it('is let through by what names the caller and is met', () => {
    expect(put(user('alice', met))).toEqual({
      answer: 'Allowed: The trust policy lets the call through (statement 1).',
      deciding: ['"444455556666"', '"sts:AssumeRole"', '"sts:ExternalId"', '"aws:MultiFactorAuthPresent"'],
    });
  });

  it('is kept out by the condition that is not met', () => {
    expect(put(user('alice', { ...met, 'sts:ExternalId': 'guess' }))).toEqual({
      answer: 'Denied: A condition is not met (statement 1).',
      deciding: ['"sts:ExternalId"'],
    });
  });

  it('is kept out by a Deny', () => {
    expect(put(user('mallory', met))).toEqual({
      answer: 'Denied: A Deny keeps the caller out (statement 3).',
      deciding: ['"arn:aws:iam::444455556666:user/mallory"', '"sts:*"'],
    });
  });

  it('of a token is decided by its claims', () => {
    const token = (sub: string): CallInput => ({
      kind: 'token',
      text: JSON.stringify({ iss: `https://${github}`, sub }),
    });
    expect(put(token('repo:octo/app:pull_request')).answer).toContain('Allowed');
    expect(put(token('repo:octo/other:pull_request'))).toEqual({
      answer: 'Denied: A condition is not met (statement 2).',
      deciding: [`"${github}:sub"`],
    });
  });

  it('that a policy suggests is let through by it', () => {
    const calls = callersFor(region);
    expect(calls).toHaveLength(2);
    for (const { request } of calls) expect(put({ kind: 'request', request }).answer).toContain('Allowed');
  });

  it('is explained as text only', () => {
    const result = simulate(region, user('alice', { 'sts:ExternalId': '](command:evil) ```' }));
    if ('problem' in result) throw new Error(result.problem);
    const markdown = answerMarkdown(result);
    expect(markdown).toContain('Denied: A condition is not met');
    expect(markdown.split('\n').filter((line) => line.startsWith('```'))).toEqual(['```json', '```']);
    expect(markdown).toMatch(/- ✗ statement 1, condition: `{1,4}/);
  });

  it.each<CallInput>([
    { kind: 'request', request: 1 },
    { kind: 'request', request: { action: 'sts:AssumeRole' } },
    { kind: 'token', text: 'no' },
    { kind: 'event', text: '{}' },
    { kind: 'assertion', text: '' },
  ])('that cannot be taken has a problem: %j', (input) => {
    expect(simulate(region, input)).toHaveProperty('problem');
  });
});

it('inputs are told from other values', () => {
  expect(isCallInput({ kind: 'token', text: '' })).toBe(true);
  for (const value of [null, 1, {}, { kind: 'token' }, { kind: 'other', text: '' }, { kind: 'request' }])
    expect(isCallInput(value)).toBe(false);
});

it('the account of the role is that of its providers', () => {
  expect(roleAccountIn(readPolicy(region.node))).toBe('111122223333');
});
