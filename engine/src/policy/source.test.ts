/** Source conditions of service roles. */
import { expect, it } from 'vitest';
import { policyIn } from '../../../test/harness/policy.ts';
import { documentedArn, namesAccount, serviceGrants, sourceArns } from './source.ts';

const grantWith = (condition: object, service = 'scheduler.amazonaws.com') => {
  const statement = {
    Effect: 'Allow',
    Principal: { Service: service },
    Action: 'sts:AssumeRole',
    Condition: condition,
  };
  const [grant] = serviceGrants(policyIn({ Statement: statement }));
  if (grant === undefined) throw new Error('There is no grant.');
  return grant;
};
const arn = 'arn:aws:scheduler:eu-west-1:111122223333:schedule-group/x';

it.each([
  [{ StringEquals: { 'aws:SourceAccount': '111122223333' } }, true],
  [{ StringLike: { 'aws:SourceAccount': '111122223333' } }, true],
  [{ StringLike: { 'aws:SourceAccount': '1111*' } }, false],
  [{ StringLike: { 'aws:SourceAccount': ['111122223333', '4444*'] } }, false],
  [{ StringEquals: { 'aws:SourceAccount': '1111*' } }, true],
  [{ StringEquals: { 'aws:SourceOrgID': 'o-a1b2c3d4e5' } }, true],
  [{ 'ForAnyValue:StringLike': { 'aws:SourceOrgPaths': 'o-a1b2c3d4e5/*' } }, true],
  [{ ArnLike: { 'aws:SourceArn': arn } }, false],
  [{ StringEquals: { '<KEY>': 'x' } }, true],
  [{}, false],
])('the account is named by %j: %s', (condition, names) => {
  expect(namesAccount(grantWith(condition))).toBe(names);
});

it.each([
  [{ ArnLike: { 'aws:SourceArn': [arn, '*'] } }, [arn, '*']],
  [{ ArnLike: { 'aws:SourceArn': [arn, '<ARN>', '${aws:PrincipalTag/x}'] } }, [arn]],
  [{ ArnNotLike: { 'aws:SourceArn': arn } }, []],
  [{ Null: { 'aws:SourceArn': 'false' } }, []],
  [{ Sounds: { 'aws:SourceArn': arn } }, []],
])('the ARNs in %j', (condition, texts) => {
  const found = sourceArns(grantWith(condition).statement);
  expect(found.map(({ value }) => value.text)).toEqual(texts);
  expect(found.map((each) => 'arn' in each)).toEqual(texts.map((text) => text !== '*'));
});

it('only services that assume the role by themselves are asked', () => {
  const of = (more: object) =>
    serviceGrants(
      policyIn({
        Statement: {
          Effect: 'Allow',
          Principal: { Service: 'ec2.amazonaws.com' },
          Action: 'sts:AssumeRole',
          ...more,
        },
      }),
    );
  expect(of({}).map(({ service }) => service?.id)).toEqual(['ec2.amazonaws.com']);
  expect(of({ Principal: { Service: 'brandnew.amazonaws.com' } }).map(({ service }) => service)).toEqual([
    undefined,
  ]);
  expect(of({ Action: 'sts:AssumeRoleWithSAML' })).toEqual([]);
  expect(of({ Principal: { AWS: '111122223333' } })).toEqual([]);
});

it.each([
  [{}, 'arn:aws:x:\uFDD0REGION\uFDD1:\uFDD0ACCOUNT_ID\uFDD1:y'],
  [
    { partition: 'aws-cn', region: 'cn-north-1', account: '111122223333' },
    'arn:aws-cn:x:cn-north-1:111122223333:y',
  ],
  [{ partition: '*', region: '', account: '*' }, 'arn:aws:x:\uFDD0REGION\uFDD1:\uFDD0ACCOUNT_ID\uFDD1:y'],
  [{ region: '*', account: '1111' }, 'arn:aws:x:*:\uFDD0ACCOUNT_ID\uFDD1:y'],
])('the documented form with %j', (known, expected) => {
  expect(documentedArn('arn:{PARTITION}:x:{REGION}:{ACCOUNT}:y', known)).toBe(expected);
});
