/** A subject pattern of nothing but wildcards is no condition, wherever it stands in the list: values are ORed. */
import { replaceValue } from '../../policy/amend.ts';
import { isVacuous } from '../../policy/condition.ts';
import { isGitHub, subjectOf, subjectTests } from '../../policy/oidc.ts';
import { defineRule, fix } from '../rule.ts';

export const rule = defineRule({
  id: 'oidc-sub-wildcard-only',
  category: 'federation-oidc',
  severity: 'error',
  supersedes: ['redundant-condition-value'],
  *check(policy) {
    for (const { test, issuer, provider } of subjectTests(policy)) {
      // Of shared issuers IAM demands the subject: that such a value does not count is said by the rule on those.
      const judged =
        provider?.shared === true && !isGitHub(provider) && provider.requiredClaim?.key === 'sub';
      if (judged || test.operator?.wildcards !== true) continue;
      for (const { node, text } of test.values.filter((value) => isVacuous(value.text))) {
        yield {
          at: node,
          message: `"${text}" accepts every subject of ${issuer}, as if there were no condition. Name the subject that you mean.`,
          fixes: [
            ...fix('Name a subject', replaceValue(node, subjectOf(issuer, provider))),
            ...(test.values.length > 1 ? fix(`Remove "${text}"`, [{ kind: 'remove', node }]) : []),
          ],
        };
      }
    }
  },
});
