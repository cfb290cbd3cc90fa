/** Service roles, graded: quiet where the role is handed to resources of its own account, never loud elsewhere. */
import { expect, it } from 'vitest';
import { look } from '../../../../test/harness/look.ts';

const grades = (service: string | readonly string[], condition?: object): readonly string[] => {
  const statement = {
    Effect: 'Allow',
    Principal: { Service: service },
    Action: 'sts:AssumeRole',
    ...(condition && { Condition: condition }),
  };
  const text = JSON.stringify({ Version: '2012-10-17', Statement: statement });
  return look({ text, language: 'json' }).findings.map(({ rule, severity }) => `${severity} ${rule}`);
};
const rule = 'service-principal-no-source';

it.each<[string, readonly string[]]>([
  ['ec2.amazonaws.com', []],
  ['ec2.amazonaws.com.cn', []],
  ['lambda.amazonaws.com', []],
  ['ecs-tasks.amazonaws.com', []],
  ['states.amazonaws.com', [`information ${rule}`]],
  ['states.eu-west-1.amazonaws.com', [`information ${rule}`, 'information regional-service-principal']],
  ['codebuild.amazonaws.com', [`information ${rule}`]],
  ['glue.amazonaws.com', [`hint ${rule}`]],
  ['access-analyzer.amazonaws.com', []],
])('%s', (service, expected) => {
  expect(grades(service)).toEqual(expected);
});

it('is said once for a statement', () => {
  expect(grades(['ec2.amazonaws.com', 'states.amazonaws.com', 'glue.amazonaws.com'])).toEqual([
    `information ${rule}`,
  ]);
});

it.each<[string, object]>([
  ['an account', { StringEquals: { 'aws:SourceAccount': '111122223333' } }],
  ['an ARN', { ArnLike: { 'aws:SourceArn': 'arn:aws:glue:eu-west-1:111122223333:*' } }],
  ['an organization', { StringEquals: { 'aws:SourceOrgID': 'o-a1b2c3d4e5' } }],
  ['an external ID, which some services send', { StringEquals: { 'sts:ExternalId': '111122223333' } }],
])('is silent for %s', (_, condition) => {
  expect(grades('glue.amazonaws.com', condition)).toEqual([]);
});
