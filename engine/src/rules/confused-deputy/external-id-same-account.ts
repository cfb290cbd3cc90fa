/** An external ID tells the customers of a third party apart; callers of one's own accounts need none. */
import { knownAccount } from '../../catalog/catalog.ts';
import { dropTest } from '../../policy/amend.ts';
import { isEffective } from '../../policy/condition.ts';
import { accountOf, testsOn } from '../../policy/grants.ts';
import { defineRule, fix } from '../rule.ts';

export const rule = defineRule({
  id: 'external-id-same-account',
  category: 'confused-deputy',
  severity: 'information',
  when: ['key sts:externalid'],
  *check({ statements }, { settings, role }) {
    for (const statement of statements) {
      const { effect, open, principals, tests } = statement;
      if (effect !== 'Allow' || open.principals || principals.length === 0) continue;
      const isOwn = principals.every((principal) => {
        const account = accountOf(principal);
        if (account === undefined || knownAccount(account)?.kind === 'vendor') return false;
        return account === role?.account || settings.trustedAccounts.includes(account);
      });
      const test = testsOn(statement, 'sts:ExternalId').find((each) => isEffective(each, tests));
      if (!isOwn || test === undefined) continue;
      yield {
        at: test.member.key,
        message:
          'An external ID guards against other customers of a third party, and only accounts of your own are trusted here. It adds nothing but a value to pass around.',
        fixes: fix('Remove the external ID', dropTest(test)),
        related: principals.slice(0, 1).map(({ node }) => ({ at: node, message: 'Your own account.' })),
      };
    }
  },
});
