/** Services are found by what people call them, and a wrong name is put right. */
import { describe, expect, it } from 'vitest';
import { completeAt, defaultSettings, readDocument } from '#engine';
import { nearestServicePrincipal } from '../../engine/src/catalog/catalog.ts';

const called: readonly (readonly [name: string, host: string])[] = [
  ['step functions', 'states'],
  ['stepfunctions', 'states'],
  ['fargate', 'ecs-tasks'],
  ['ecs task', 'ecs-tasks'],
  ['eventbridge', 'events'],
  ['cloudwatch events', 'events'],
  ['lambda', 'lambda'],
  ['lamda', 'lambda'],
  ['api gateway', 'apigateway'],
  ['emr', 'elasticmapreduce'],
  ['mwaa', 'airflow'],
  ['flow logs', 'vpc-flow-logs'],
  ['pod identity', 'pods.eks'],
  ['roles anywhere', 'rolesanywhere'],
  ['kinesis firehose', 'firehose'],
  ['cognito', 'cognito-idp'],
  ['msk', 'kafka'],
];

/** As VS Code does: every letter in order, blanks apart. */
const matches = (typed: string, text: string): boolean => {
  let at = 0;
  for (const letter of typed.toLowerCase().replace(/ /g, '')) {
    at = text.indexOf(letter, at) + 1;
    if (at === 0) return false;
  }
  return true;
};

describe('a service is found as', () => {
  const text = '{"Statement":{"Effect":"Allow","Principal":{"Service":""},"Action":"sts:AssumeRole"}}';
  const document = readDocument({ uri: 'file:///trust-policy.json', languageId: 'json', text });
  const items = completeAt(document, text.indexOf('""') + 1, defaultSettings);

  it.each(called)('%s', (name, host) => {
    const item = items.find(({ label }) => label === `${host}.amazonaws.com`);
    expect(matches(name, item?.filterText.toLowerCase() ?? '')).toBe(true);
  });

  it('the most used come first', () => {
    expect(items.slice(0, 3).map(({ label }) => label)).toEqual([
      'lambda.amazonaws.com',
      'ec2.amazonaws.com',
      'ecs-tasks.amazonaws.com',
    ]);
  });
});

describe('a wrong name is put right', () => {
  it.each(called.filter(([name, host]) => name !== host))('%s', (name, host) => {
    const written = `${name.replace(/ /g, '-')}.amazonaws.com`;
    expect(nearestServicePrincipal(written)?.id).toBe(`${host}.amazonaws.com`);
  });
});
