/** Canonical user ids are names of accounts in policies of buckets; a role does not know them. */
import { replaceValue } from '../../policy/amend.ts';
import { placeholder } from '../../tree/change.ts';
import { memberOf, valueOf } from '../../tree/walk.ts';
import { defineRule, fix } from '../rule.ts';

export const rule = defineRule({
  id: 'canonical-user-not-supported',
  category: 'principal',
  severity: 'error',
  *check({ statements }) {
    for (const { node } of statements) {
      const principal = valueOf(node, 'Principal');
      const member = memberOf(principal, 'CanonicalUser');
      if (member === undefined) continue;
      const taken = memberOf(principal, 'AWS') !== undefined;
      yield {
        at: member.key,
        message:
          'Canonical user ids name accounts in policies of S3 buckets only. Name the account, role or user under "AWS".',
        fixes:
          taken || member.value === undefined
            ? []
            : fix('Name the account under "AWS"', [
                { kind: 'rename', member, key: 'AWS' },
                ...replaceValue(member.value, `arn:aws:iam::${placeholder('ACCOUNT_ID')}:root`),
              ]),
      };
    }
  },
});
