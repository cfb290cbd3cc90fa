/** Some keys repeat what the caller says of itself: they let in, and keep out, whoever chooses to say so. */
import { replaceTest } from '../../policy/replace-test.ts';
import type { Statement, Test } from '../../policy/policy.ts';
import { placeholder } from '../../tree/change.ts';
import { defineRule, type Fix, fix } from '../rule.ts';

const said: ReadonlySet<string> = new Set(['aws:referer', 'aws:useragent']);

export const rule = defineRule({
  id: 'untrustworthy-condition-key',
  category: 'condition',
  severity: 'warning',
  when: ['key aws:referer', 'key aws:useragent'],
  *check({ statements }) {
    for (const statement of statements) {
      for (const test of statement.tests.filter(({ key }) => said.has(key.toLowerCase()))) {
        yield {
          at: test.member.key,
          message: `Callers send any ${test.key} they like, so this ${statement.effect === 'Deny' ? 'keeps nobody out' : 'proves nothing'}. Use a key that AWS sets, such as aws:PrincipalArn.`,
          fixes: fixesFor(statement, test),
        };
      }
    }
  },
});

/** A Deny would need other words: what it should bar is not known. */
function fixesFor({ effect, principals }: Statement, test: Test): readonly Fix[] {
  const forAws = principals.every(({ type }) => type === 'AWS');
  if (effect !== 'Allow' || !forAws || test.operator?.negated !== false) return [];
  const account = principals.map((principal) =>
    principal.kind === 'account' ? principal.account : undefined,
  );
  const role = `arn:aws:iam::${account[0] ?? placeholder('ACCOUNT_ID')}:role/${placeholder('ROLE_NAME')}`;
  return fix('Compare aws:PrincipalArn instead', replaceTest(test, 'ArnLike', 'aws:PrincipalArn', role));
}
