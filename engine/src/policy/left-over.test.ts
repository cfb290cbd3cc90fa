/** Placeholders in texts: what instructions leave to fill in, and what only looks like it. */
import { expect, it } from 'vitest';
import { leftOverIn } from './left-over.ts';

it.each([
  ['arn:aws:iam::ACCOUNT_ID:root', 'ACCOUNT_ID'],
  ['arn:aws:iam::AWS_ACCOUNT_ID:root', 'AWS_ACCOUNT_ID'],
  ['arn:aws:iam::ACCOUNT-ID-WITHOUT-HYPHENS:root', 'ACCOUNT-ID-WITHOUT-HYPHENS'],
  ['arn:aws:iam::<account-id>:root', '<account-id>'],
  ['arn:aws:iam::{{ account }}:root', '{{ account }}'],
  ['repo:YOUR_ORG/app:*', 'YOUR_ORG'],
  ['repo:your-org/app:*', 'your-org'],
  ['REPLACE_ME', 'REPLACE_ME'],
  ['CHANGEME', 'CHANGEME'],
  ['arn:aws:iam::xxxxxxxxxxxx:root', 'xxxxxxxxxxxx'],
  ['o-xxxxxxxxxx', 'o-xxxxxxxxxx'],
])('%s has one', (text, expected) => {
  expect(leftOverIn(text)?.text).toBe(expected);
});

it.each([
  'arn:aws:iam::111122223333:root',
  'arn:aws:iam::${AWS::AccountId}:root',
  '${aws:username}',
  '{{resolve:ssm:/accounts/audit}}',
  'repo:octo-org/yours:*',
  'repo:octo-org/replacement:*',
  'o-a1b2c3d4e5',
  'AROADBQP57FF2AEXAMPLE',
])('%s has none', (text) => {
  expect(leftOverIn(text)).toBeUndefined();
});
