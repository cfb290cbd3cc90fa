/** An external ID that anybody can guess is none: another customer of the third party can have it use the role. */
import { knownAccount } from '../../catalog/catalog.ts';
import { replaceValue } from '../../policy/amend.ts';
import { externalIds } from '../../policy/external-id.ts';
import { accountOf } from '../../policy/grants.ts';
import type { Statement } from '../../policy/policy.ts';
import { externalIdFixes } from '../remedies.ts';
import { defineRule } from '../rule.ts';

/** Shorter ones can be tried one by one. */
const SHORT = 8;

/** Words that stand in examples, without what separates them. */
const words =
  /^(?:my|your|the)?(?:externalid|external|extid|test|example|demo|changeme|secret|password|default)\d*$/i;

const isGuessable = (text: string): boolean =>
  text.length < SHORT || /^\d+$/.test(text) || words.test(text.replace(/[-_.\s]/g, ''));

/** Whether an account of the statement belongs to a vendor, who gives the ID, or the caller is a service. */
const isPrescribed = ({ principals }: Statement): boolean =>
  principals.length === 0 ||
  principals.some(
    (principal) => principal.type !== 'AWS' || knownAccount(accountOf(principal) ?? '')?.kind === 'vendor',
  );

export const rule = defineRule({
  id: 'external-id-guessable',
  category: 'confused-deputy',
  severity: 'information',
  when: ['key sts:externalid'],
  *check(policy) {
    for (const { statement, value } of externalIds(policy)) {
      if (isPrescribed(statement) || !isGuessable(value.text)) continue;
      yield {
        at: value.node,
        message: `"${value.text}" is easy to guess, and another customer of the third party may have it use this role. Let the third party issue a long random ID for you.`,
        fixes: externalIdFixes((externalId) => replaceValue(value.node, externalId)),
      };
    }
  },
});
