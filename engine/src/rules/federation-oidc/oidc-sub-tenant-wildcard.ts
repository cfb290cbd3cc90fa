/** On an issuer that tenants share, a subject pattern must write its tenant out, or others' tokens match it. */
import { replaceValue } from '../../policy/amend.ts';
import { isVacuous } from '../../policy/condition.ts';
import { isGuarded } from '../../policy/grants.ts';
import { isUnknown } from '../../policy/known.ts';
import { isGitHub, subjectOf, type SubjectTest, subjectTests } from '../../policy/oidc.ts';
import { leavesTenantOpen } from '../../policy/subject.ts';
import { defineRule, fix } from '../rule.ts';

/** Whether the subject is what keeps other tenants out: the issuer is shared, and no other claim pins the tenant. */
function decides({ grant, provider, issuer }: SubjectTest): boolean {
  if (provider?.shared !== true || isGitHub(provider) || provider.requiredClaim?.key !== 'sub') return false;
  const others = provider.identityClaims.filter((claim) => claim !== 'sub');
  return !isGuarded(grant, ...others.map((claim) => `${issuer}:${claim}`));
}

export const rule = defineRule({
  id: 'oidc-sub-tenant-wildcard',
  category: 'federation-oidc',
  severity: 'error',
  supersedes: ['redundant-condition-value'],
  *check(policy) {
    for (const found of subjectTests(policy).filter(decides)) {
      const { test, issuer, provider } = found;
      if (test.operator?.wildcards !== true || provider === undefined) continue;
      for (const { node, text } of test.values.filter(
        (value) => !isUnknown(value.text) && !isVacuous(value.text),
      )) {
        if (!leavesTenantOpen(text, provider.subjectTemplates)) continue;
        yield {
          at: node,
          message: `"${text}" matches subjects of other customers of ${provider.name}, who share the issuer. Write your own tenant out.`,
          fixes: fix('Write the subject out', replaceValue(node, subjectOf(issuer, provider))),
        };
      }
    }
  },
});
