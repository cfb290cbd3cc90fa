/** Small words of the policy: names of statements, characters, sizes, partitions, sessions. */
import { describe, expect, it } from 'vitest';
import { json } from '../syntax/json.ts';
import { codeOf, inPlainCharacters, refusedCharacter } from './characters.ts';
import { nearestPartition, withPartition } from './partition.ts';
import { plainSid, uniqueSid } from './sid.ts';
import { sizeOf } from './size.ts';

describe('characters', () => {
  it.each([
    ['Trust\u2013EC2', 'Trust-EC2'],
    ['\u201cx\u201d', '"x"'],
    ['ec2\u200b', 'ec2'],
    ['\u4e16', undefined],
  ])('%j in plain characters', (text, plain) => {
    expect(refusedCharacter(text)).toBeDefined();
    expect(inPlainCharacters(text)).toBe(plain);
  });

  it('takes what IAM takes', () => {
    expect(refusedCharacter('Zürich\t\n ÿ')).toBeUndefined();
    expect(codeOf('\u{1F600}')).toBe('U+1F600');
  });
});

it.each([
  ['allow-ec2', 'AllowEc2'],
  ['Allow EC2 (prod)', 'AllowEC2Prod'],
  ['--', undefined],
])('the name %s in letters and digits', (text, plain) => {
  expect(plainSid(text)).toBe(plain);
});

it('numbers names from 2 on', () => {
  expect(uniqueSid('Trust', ['Trust', 'Trust2'])).toBe('Trust3');
  expect(uniqueSid('Trust', [])).toBe('Trust');
});

it('counts what JSON without white space has', () => {
  const value = { Version: '2012-10-17', Statement: [{ Sid: 'a b', N: [1, true, null] }, {}] };
  const { root } = json.parse(JSON.stringify(value, null, 4));
  expect(root && sizeOf(root)).toBe(JSON.stringify(value).replaceAll(' ', '').length);
});

it.each([
  ['amazon', 'aws'],
  ['awss', 'aws'],
  ['aws-china', 'aws-cn'],
  ['AWS-CN', 'aws-cn'],
  ['aws-us-gov-west', 'aws-us-gov'],
])('the partition that %s means', (text, meant) => {
  expect(withPartition(`arn:${text}:iam::111122223333:root`, nearestPartition(text))).toBe(
    `arn:${meant}:iam::111122223333:root`,
  );
});
