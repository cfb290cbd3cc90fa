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
  simulate,
} from './simulate.ts';
import { roleAccountIn, suggestedRoleAccounts } from './role-account.ts';
import { defaultSettings } from '../settings.ts';
import type { Region } from './document.ts';

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

describe('the account of the role', () => {
  const own = '{ "StringEquals": { "aws:ResourceAccount": "555566667777" } }';
  const policyWith = (condition: string, principal = '{ "AWS": "444455556666" }'): string =>
    `{ "Version": "2012-10-17", "Statement": [{ "Effect": "Allow", "Principal": ${principal}, "Action": "sts:AssumeRole", "Condition": ${condition} }] }`;
  const read = (written: string): Region => {
    const [found] = readDocument({
      uri: 'file:///trust-policy.json',
      languageId: 'json',
      text: written,
    }).regions;
    if (found === undefined) throw new Error('There is no policy.');
    return found;
  };
  const decision = (at: Region, account?: string): string => {
    const result = simulate(at, user('alice'), account);
    if ('needs' in result) return 'needs the account';
    return 'problem' in result ? result.problem : result.evaluation.decision;
  };
  const notes = (at: Region, account?: string): string => {
    const result = simulate(at, user('alice'), account);
    return 'problem' in result ? result.problem : result.evaluation.notes.join(' ');
  };

  it('is that of its providers, or of its ARN', () => {
    expect(roleAccountIn(region)).toBe('111122223333');
    const printed = read(
      `{ "Role": { "RoleName": "r", "RoleId": "AROA1", "Arn": "arn:aws:iam::123456789012:role/r", "AssumeRolePolicyDocument": ${policyWith('{}')} } }`,
    );
    expect(roleAccountIn(printed)).toBe('123456789012');
    expect(roleAccountIn(read(policyWith('{}')))).toBeUndefined();
  });

  it('is asked for where the answer depends on it, and only there', () => {
    expect(decision(read(policyWith(own)))).toBe('needs the account');
    expect(decision(read(policyWith(own)), '555566667777')).toBe('allowed');
    expect(decision(read(policyWith(own)), '555566667778')).toBe('denied');
    const variable = '{ "StringEquals": { "aws:PrincipalAccount": "${aws:ResourceAccount}" } }';
    expect(decision(read(policyWith(variable)))).toBe('needs the account');
    expect(decision(read(policyWith('{ "StringLike": { "aws:ResourceAccount": "5555*" } }')))).toBe(
      'needs the account',
    );
    expect(decision(read(policyWith('{}')))).toBe('allowed');
    // The caller is not named, so that the condition is not looked at.
    expect(decision(read(policyWith(own, '{ "AWS": "111111111111" }')))).toBe('denied');
  });

  it('decides who else must agree', () => {
    const named = read(policyWith('{}', '{ "AWS": "arn:aws:iam::444455556666:user/alice" }'));
    expect(notes(named)).toContain('Unless the role lies in account 444455556666, too,');
    expect(notes(named, '444455556666')).toContain('no policy of the caller has to allow the call');
    expect(notes(named, '123456789012')).toContain('The caller is of another account');
    expect(notes(read(policyWith('{}')))).toContain("so the caller's own policies must allow");
  });

  it('is offered from what the policy asks for, what is one’s own and what is named', () => {
    const settings = { ...defaultSettings, trustedAccounts: ['222233334444'] };
    expect(suggestedRoleAccounts(read(policyWith(own)), settings)).toEqual([
      '555566667777',
      '222233334444',
      '444455556666',
    ]);
  });
});
