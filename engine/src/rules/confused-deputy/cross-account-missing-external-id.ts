/** A third party acts for many customers: without the external ID of this one it can be made to act for another. */
import { knownAccount } from '../../catalog/catalog.ts';
import { accountOf, allowsAssumeRole, isGuarded } from '../../policy/grants.ts';
import type { Grant } from '../../policy/policy.ts';
import { isAttempted, isBypassed, isNarrowed } from '../../policy/strength.ts';
import { requireExternalId } from '../remedies.ts';
import { defineRule } from '../rule.ts';

/** What keeps a vendor from being used against its customers: its external ID, or that it is of one's organization. */
const vendorGuards = ['sts:ExternalId', 'aws:PrincipalOrgID', 'aws:PrincipalOrgPaths'];

export const rule = defineRule({
  id: 'cross-account-missing-external-id',
  category: 'confused-deputy',
  severity: 'information',
  *check({ grants }, { settings }) {
    for (const grant of grants) {
      const account = accountOf(grant.principal);
      if (account === undefined || settings.trustedAccounts.includes(account)) continue;
      if (!allowsAssumeRole(grant) || isAttempted(grant, 'sts:ExternalId')) continue;
      const owner = knownAccount(account);
      if (owner?.kind === 'vendor' ? isGuarded(grant, ...vendorGuards) : isSettled(grant)) continue;
      yield {
        at: grant.principal.node,
        severity: owner?.kind === 'vendor' ? 'warning' : 'information',
        message: messageFor(account, owner),
        fixes: requireExternalId(grant.statement),
      };
    }
  },
});

const isSettled = (grant: Grant): boolean => isNarrowed(grant) || grant.statement.tests.some(isBypassed);

const messageFor = (account: string, owner: ReturnType<typeof knownAccount>): string =>
  owner?.kind === 'vendor'
    ? `Account ${account} belongs to ${owner.name}, which acts for many customers: another one could have it use this role. Require the external ID that it gave you.`
    : `If account ${account} is a third party's, another of its customers could have it use this role. Require the external ID it gave you, or list the account as trusted.`;
