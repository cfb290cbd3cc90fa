/** Forms of values, at their edges. */
import { describe, expect, it } from 'vitest';
import {
  isArnPattern,
  isDate,
  isExternalId,
  isNetwork,
  isOrganizationId,
  isRoleArn,
  isRoleName,
  isSeconds,
  isSessionPattern,
  tagIn,
} from './value-form.ts';

const long = (length: number): string => 'a'.repeat(length);
const arn = 'arn:aws:iam::111122223333';

describe.each<[string, (text: string) => boolean, readonly string[], readonly string[]]>([
  [
    'an organization',
    isOrganizationId,
    ['o-a1b2c3d4e5', `o-${long(32)}`],
    ['o-a1b2c3d4e', `o-${long(33)}`, 'xo-a1b2c3d4e5', 'o-a1b2c3d4e5/r', 'O-a1b2c3d4e5', 'r-ab12'],
  ],
  [
    'an external ID',
    isExternalId,
    ['ab', 'a+=,.@:/\\-_9', long(1224)],
    ['a', '', long(1225), 'a b', 'é1', 'ab*'],
  ],
  [
    'seconds',
    isSeconds,
    ['1', '3600', '999999999'],
    ['0', '01', '1000000000', '1.5', '-1', '', '12s', 's12'],
  ],
  [
    'the name of a role',
    isRoleName,
    ['a', 'deploy_+=,.@-', 'team/deep/role', long(64), `p/${long(64)}`],
    ['', long(65), 'a/', '/a', 'a b', 'a*', 'a//b'],
  ],
  [
    'the ARN of a role',
    isRoleArn,
    [`${arn}:role/deploy`, `${arn}:role/path/deploy`],
    [
      `${arn}:user/ana`,
      `${arn}:role/`,
      `${arn}:role/a*`,
      `${arn}:role/a?`,
      `${arn}:xrole/a`,
      'arn:aws:iam::1:role/a',
      'arn:aws:sts::111122223333:role/a',
      'role/a',
    ],
  ],
  [
    'a pattern of ARNs',
    isArnPattern,
    [`${arn}:role/*`, 'arn:aws:s3:::*'],
    [`${arn}:role/a b`, 'arn:aws:s3', '*', 'arn:aws:s3:::x\n'],
  ],
  [
    'a network',
    isNetwork,
    [
      ...['0.0.0.0', '255.255.255.255', '10.0.0.0/8', '192.0.2.0/32', '192.0.2.1/0'],
      ...[
        '2001:db8::',
        '2001:db8::/32',
        '::1',
        '::/0',
        '::1/128',
        '1:2:3:4:5:6:7:8',
        'ABCD::ffff',
        '1:2:3:4:5:6:7::',
      ],
    ],
    [
      ...[
        '256.0.0.0',
        '0.256.0.0',
        '0.0.256.0',
        '0.0.0.256',
        '10.0.0.0/33',
        '10.0.0/8',
        '1.2.3.4.5',
        'x10.0.0.0',
      ],
      ...['10.0.0.0/', '10.0.0.0/8/8', '10.0.0.0/8x', '1234.0.0.0', '10.0.0.0/123', ''],
      ...['2001:db8::/129', '2001::db8::1', '1:2:3:4:5:6:7', '1:2:3:4:5:6:7:8:9', '1:2:3:4:5:6::7:8:9:a'],
      ...[
        '12345::',
        'g::',
        '::/',
        '::/x',
        '::/1234',
        '::/8/8',
        '1:2:3:4:5:6:7:',
        ':2:3:4:5:6:7:8',
        'x2001::',
        '::x',
      ],
    ],
  ],
  [
    'a date',
    isDate,
    [
      ...['2026-01-31', '2026-09-01', '2026-10-10', '2026-12-29', '2026-06-30'],
      ...['2026-01-01T00:00Z', '2026-01-01T09:59:59Z', '2026-01-01T19:30Z', '2026-01-01T23:00:00Z'],
    ],
    [
      ...[
        '2026-00-01',
        '2026-13-01',
        '2026-1-01',
        '2026-01-00',
        '2026-01-32',
        '2026-01-40',
        '26-01-01',
        '2026',
      ],
      ...[
        '2026-01-01T24:00Z',
        '2026-01-01T00:60Z',
        '2026-01-01T00:00',
        '2026-01-01T00:00:60Z',
        '2026-01-01T30:00Z',
      ],
      ...['2026-01-01 00:00Z', 'x2026-01-01', '2026-01-01x', '2026-01-01T0:00Z', '2026-01-01T00:0Z'],
    ],
  ],
  [
    'a session name or a pattern',
    isSessionPattern,
    ['a', 'build-*', 'a+=,.@?_-', '${aws:username}', 'x-${aws:PrincipalTag/team}', '${*}', long(256)],
    ['', 'a b', long(257), 'a/b', '${a b}', '${}', '$x', 'é'],
  ],
])('%s', (_, has, right, wrong) => {
  it.each(right)('is %j', (text) => {
    expect(has(text)).toBe(true);
  });
  it.each(wrong)('is not %j', (text) => {
    expect(has(text)).toBe(false);
  });
});

it.each([
  ['team=blue', { key: 'team', value: 'blue' }],
  ['team=', { key: 'team', value: '' }],
  ['team=a=b', { key: 'team', value: 'a=b' }],
  [`${long(128)}=${long(256)}`, { key: long(128), value: long(256) }],
  ['team', undefined],
  ['=blue', undefined],
  [`${long(129)}=b`, undefined],
  [`a=${long(257)}`, undefined],
  ['', undefined],
])('the tag in %j', (text, tag) => {
  expect(tagIn(text)).toEqual(tag);
});
