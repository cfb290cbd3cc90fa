/** Requests: what is refused and why, and what follows from the caller. */
import { describe, expect, it } from 'vitest';
import { readRequest } from './request.ts';

const account = '123456789012';
const user = { type: 'AWS', arn: 'arn:aws:iam::111122223333:user/alice' };
const good = { action: 'sts:AssumeRole', principal: user, context: {} };

function problemOf(request: unknown, roleAccount = account): string {
  const read = readRequest(request, roleAccount);
  return 'problem' in read ? read.problem : 'none';
}

const contextOf = (principal: object, context: object = {}): Readonly<Record<string, readonly string[]>> => {
  const read = readRequest({ ...good, principal, context }, account);
  if ('problem' in read) throw new Error(read.problem);
  return Object.fromEntries(read.context);
};

describe('readRequest', () => {
  it.each([
    ['a list', [good], 'A request is an object'],
    ['nothing', null, 'A request is an object'],
    ['another field', { ...good, resource: '*' }, 'no "resource"'],
    ['no action', { principal: user }, 'The action is a name'],
    ['no actions', { ...good, action: [] }, 'The action is a name'],
    ['a pattern of actions', { ...good, action: 'sts:*' }, 'The action is a name'],
    ['an action without service', { ...good, action: 'AssumeRole' }, 'The action is a name'],
    ['a number as action', { ...good, action: 5 }, 'The action is a name'],
    ['no principal', { action: 'sts:AssumeRole' }, 'The principal is an object'],
    [
      'another type',
      { ...good, principal: { type: 'CanonicalUser', value: 'x' } },
      'AWS, Service or Federated',
    ],
    ['an AWS principal without arn', { ...good, principal: { type: 'AWS' } }, 'has an arn'],
    ['a service without value', { ...good, principal: { type: 'Service', arn: 'x' } }, 'has a value'],
    ['an unsigned call', { ...good, principal: { type: 'AWS', arn: '*' } }, '"*" is no caller'],
    ['an account id', { ...good, principal: { type: 'AWS', arn: '111122223333' } }, 'is no caller'],
    [
      'a group',
      { ...good, principal: { type: 'AWS', arn: 'arn:aws:iam::111122223333:group/x' } },
      'is no caller',
    ],
    [
      'a placeholder',
      { ...good, principal: { type: 'AWS', arn: 'arn:aws:iam::ACCOUNT:user/x' } },
      'is no caller',
    ],
    [
      'an unknown host',
      { ...good, principal: { type: 'Federated', value: 'example.com' } },
      'no Federated principal',
    ],
    ['a context that is a list', { ...good, context: [] }, 'The context is an object'],
    ['a value that is an object', { ...good, context: { a: {} } }, 'The context key "a" needs a text'],
    ['a key twice', { ...good, context: { 'sts:ExternalId': 'x', 'STS:externalid': 'y' } }, 'twice'],
  ])('refuses %s', (_, request, part) => {
    expect(problemOf(request)).toContain(part);
  });

  it('refuses sessions of other roles', () => {
    const session = 'arn:aws:sts::111122223333:assumed-role/worker/x';
    const issued = (issuer: string): string =>
      problemOf({ ...good, principal: { type: 'AWS', arn: session, issuer } });
    expect(issued('arn:aws:iam::111122223333:role/app/worker')).toBe('none');
    expect(issued('arn:aws:iam::111122223333:role/other')).toContain('is no session of the role');
    expect(issued('arn:aws:iam::444455556666:role/worker')).toContain('is no session of the role');
    expect(issued('arn:aws:iam::111122223333:user/worker')).toContain('does not fit');
  });

  it('refuses what is no account', () => {
    expect(problemOf(good, '12345')).toContain('12 digits');
    expect(problemOf(good)).toBe('none');
  });

  it('adds what follows from the caller, unless it is given', () => {
    expect(contextOf(user)).toEqual({
      'aws:principalaccount': ['111122223333'],
      'aws:principalarn': ['arn:aws:iam::111122223333:user/alice'],
      'aws:principalisawsservice': ['false'],
      'aws:principaltype': ['User'],
      'aws:resourceaccount': [account],
      'aws:username': ['alice'],
    });
    expect(contextOf(user, { 'AWS:UserName': 'bob', 'aws:PrincipalType': [] })).toMatchObject({
      'aws:principaltype': [],
      'aws:username': ['bob'],
    });
    expect(contextOf({ type: 'Service', value: 'ec2.amazonaws.com' })).toEqual({
      'aws:principalisawsservice': ['true'],
      'aws:principalservicename': ['ec2.amazonaws.com'],
      'aws:resourceaccount': [account],
    });
  });

  it('takes the role of a session for its ARN', () => {
    const arn = 'arn:aws:sts::111122223333:assumed-role/worker/x';
    const issuer = 'arn:aws:iam::111122223333:role/app/worker';
    expect(contextOf({ type: 'AWS', arn, issuer })['aws:principalarn']).toEqual([issuer]);
    expect(contextOf({ type: 'AWS', arn })['aws:principalarn']).toEqual([
      'arn:aws:iam::111122223333:role/worker',
    ]);
  });

  it('takes numbers and booleans for texts', () => {
    expect(
      contextOf(user, { 'aws:MultiFactorAuthPresent': true, 'aws:MultiFactorAuthAge': 60 }),
    ).toMatchObject({
      'aws:multifactorauthpresent': ['true'],
      'aws:multifactorauthage': ['60'],
    });
  });
});
