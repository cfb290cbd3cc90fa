/** `IfExists` on a guard of an Allow statement lets in every caller whose request does not carry the key. */
import { conditionKeyNamed, type PresenceFor } from '../../catalog/catalog.ts';
import { moveTest, requireTest } from '../../policy/amend.ts';
import { hasKnownValues, isEffective, withoutIfExists } from '../../policy/condition.ts';
import { grantsByStatement, testsOn } from '../../policy/grants.ts';
import { isUnknown } from '../../policy/known.ts';
import { claimTest, isOf, oidcGrants, requiredKey } from '../../policy/oidc.ts';
import type { Grant, Statement, Test } from '../../policy/policy.ts';
import { callerOf } from '../../policy/presence.ts';
import { isBypassed, isNarrowed } from '../../policy/strength.ts';
import type { Severity } from '../../settings.ts';
import { defineRule, fix } from '../rule.ts';

export const rule = defineRule({
  id: 'ifexists-weakens-allow',
  category: 'condition',
  severity: 'warning',
  when: ['operator IfExists'],
  *check(policy) {
    for (const [statement, grants] of grantsByStatement(policy.grants)) {
      if (statement.open.tests) continue;
      // Where the whole of AWS gets in, that is the finding, and mending the operator is one of its fixes.
      if (grants.some((grant) => grant.principal.kind === 'anyone' && !isNarrowed(grant))) continue;
      for (const test of statement.tests.filter(isBypassed)) {
        if (!hasKnownValues(test) || isOfMfa(test) || isDemanded(statement, test) || !mayLack(test, grants))
          continue;
        const plain = withoutIfExists(test);
        yield {
          at: test.operatorMember.key,
          severity: severityFor(test, grants),
          message: `IfExists lets in callers whose requests do not carry ${test.key}. Use ${plain}, or demand the key as well.`,
          fixes: [
            ...fix(`Use ${plain}`, moveTest(test, plain)),
            ...fix(`Demand that ${test.key} is there`, requireTest(statement, 'Null', test.key, 'false')),
          ],
        };
      }
    }
  },
});

/** MFA has a rule of its own. */
const isOfMfa = ({ key }: Test): boolean => key.toLowerCase() === 'aws:multifactorauthpresent';

/** Whether the key must be there all the same, by `Null` or by a plain test. */
const isDemanded = (statement: Statement, { key }: Test): boolean =>
  isUnknown(key) || testsOn(statement, key).some((other) => isEffective(other, statement.tests));

/** Whether a caller may come without the key while another comes with it: else IfExists changes nothing. */
function mayLack(test: Test, grants: readonly Grant[]): boolean {
  const claim = claimTest(test);
  if (claim) return grants.some(({ principal }) => principal.kind === 'oidc' && isOf(principal, claim));
  const presence = grants
    .filter(({ principal }) => principal.kind !== 'unknown')
    .map(({ principal }) => conditionKeyNamed(test.key)?.presence[callerOf(principal)]);
  const some = (wanted: PresenceFor): boolean => presence.includes(wanted);
  return some('sometimes') || some('unknown') || (some('yes') && some('no'));
}

/** An error where IAM demands the key; less where the key is optional by nature and something else is a guard. */
function severityFor(test: Test, grants: readonly Grant[]): Severity {
  const required = oidcGrants({ grants }).some(
    (grant) => requiredKey(grant.principal)?.toLowerCase() === test.key.toLowerCase(),
  );
  if (required) return 'error';
  const optional = test.key.toLowerCase().startsWith('aws:requesttag/') && grants.every(isNarrowed);
  const mixed = new Set(grants.map(({ principal }) => callerOf(principal))).size > 1;
  return optional || mixed ? 'information' : 'warning';
}
