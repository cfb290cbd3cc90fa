/** IAM takes over a fixed list of GitHub's claims: a key of any other is in no request. */
import { dropTest, replaceValue } from '../../policy/amend.ts';
import { holdsIfAbsent } from '../../policy/demand.ts';
import { generalClaims, unsupportedClaims } from '../../policy/claims.ts';
import { claimKey, isGitHub } from '../../policy/oidc.ts';
import type { OidcPrincipal, Test } from '../../policy/policy.ts';
import { placeholder } from '../../tree/change.ts';
import { memberOf } from '../../tree/walk.ts';
import { defineRule, type Fix, fix } from '../rule.ts';

/** The claim that says the same by an id, where there is one. */
const byId: ReadonlyMap<string, string> = new Map([
  ['enterprise', 'enterprise_id'],
  ['repository_owner', 'repository_owner_id'],
]);

export const rule = defineRule({
  id: 'github-unsupported-claim',
  category: 'federation-oidc',
  severity: 'warning',
  *check(policy) {
    for (const { principal, test, claim, known } of unsupportedClaims(policy)) {
      if (!isGitHub(principal.provider)) continue;
      const others = known.filter((each) => !generalClaims.includes(each));
      yield {
        at: test.member.key,
        message: `IAM has no condition key for GitHub's claim ${claim}, so the condition ${effectOf(test)}. Test ${others.join(', ') || 'sub'} or the subject instead.`,
        fixes: fixesFor(principal, test, byId.get(claim.toLowerCase())),
      };
    }
  },
});

const effectOf = (test: Test): string => (holdsIfAbsent(test) ? 'keeps nobody out' : 'is never met');

/** A condition that is never met cannot be taken out without letting somebody in. */
function fixesFor(principal: OidcPrincipal, test: Test, better: string | undefined): readonly Fix[] {
  const { member } = test;
  if (better !== undefined && member.value) {
    const key = claimKey(principal, better);
    if (memberOf(member.parent, key)) return [];
    const value = replaceValue(member.value, placeholder(better.toUpperCase()));
    return fix(`Test ${better} instead`, [{ kind: 'rename', member, key }, ...value]);
  }
  return holdsIfAbsent(test) ? fix('Remove the test, which does nothing', dropTest(test)) : [];
}
