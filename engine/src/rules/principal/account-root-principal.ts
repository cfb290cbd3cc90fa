/** A whole account is trusted: graded by whether the account is one's own and by whether anything narrows the trust. */
import { knownAccount } from '../../catalog/catalog.ts';
import { replaceValue } from '../../policy/amend.ts';
import { allowsAssumeRole } from '../../policy/grants.ts';
import type { Grant } from '../../policy/policy.ts';
import { isAttempted, isBypassed, isNarrowed } from '../../policy/strength.ts';
import { placeholder } from '../../tree/change.ts';
import { requireExternalId, requireMfa, restrictToOrganization } from '../remedies.ts';
import { defineRule, fix } from '../rule.ts';

/** The account that a grant hands the decision to, where nothing narrows it. */
function delegatedTo(grant: Grant): string | undefined {
  if (grant.principal.kind !== 'account' || !allowsAssumeRole(grant) || isNarrowed(grant)) return undefined;
  if (isAttempted(grant, 'sts:ExternalId') || grant.statement.tests.some(isBypassed)) return undefined;
  return grant.principal.account;
}

export const rule = defineRule({
  id: 'account-root-principal',
  category: 'principal',
  severity: 'warning',
  supersedes: ['cross-account-missing-external-id'],
  when: ['principal account'],
  *check({ grants }, { settings }) {
    for (const grant of grants) {
      const { principal, statement } = grant;
      const account = delegatedTo(grant);
      const owner = account === undefined ? undefined : knownAccount(account);
      const listed = settings.trustedAccounts.some((trusted) => trusted === account);
      // A vendor's account is named by the rule on external IDs.
      if (account === undefined || (owner?.kind === 'vendor' && !listed)) continue;
      const quiet = listed || owner !== undefined || statement.tests.length > 0;
      const named = `arn:${partitionOf(grant)}:iam::${account}:role/${placeholder('ROLE_NAME')}`;
      yield {
        at: principal.node,
        severity: quiet ? 'information' : 'warning',
        message: listed
          ? `Every identity that account ${account} lets use sts:AssumeRole can assume this role. Name the roles if fewer are meant.`
          : `Every identity that account ${account} lets use sts:AssumeRole can assume this role. If it is a third party's, require an external ID; if it is yours, require MFA or name the roles.`,
        fixes: [
          ...(listed ? [] : requireExternalId(statement)),
          ...requireMfa(statement),
          ...fix('Name a role of the account', replaceValue(principal.node, named)),
          ...restrictToOrganization(statement, settings),
        ],
      };
    }
  },
});

const partitionOf = ({ principal }: Grant): string =>
  principal.kind === 'account' ? (principal.partition ?? 'aws') : 'aws';
