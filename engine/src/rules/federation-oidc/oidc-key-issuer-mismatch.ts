/** A claim key names its issuer: one of another issuer is never in the tokens of the provider that is trusted. */
import { replaceValue } from '../../policy/amend.ts';
import { claimKey, claimTests, isOf, oidcGrants } from '../../policy/oidc.ts';
import type { OidcPrincipal, Test } from '../../policy/policy.ts';
import { memberOf } from '../../tree/walk.ts';
import { defineRule, type Fix, fix } from '../rule.ts';

export const rule = defineRule({
  id: 'oidc-key-issuer-mismatch',
  category: 'federation-oidc',
  severity: 'error',
  *check(policy) {
    for (const { principal, statement } of oidcGrants(policy)) {
      // With several providers a key may belong to another one of them.
      if (statement.principals.length > 1 || statement.open.principals) continue;
      for (const found of claimTests(statement).filter((test) => !isOf(principal, test))) {
        yield {
          at: found.test.member.key,
          message: found.issuer.includes(':oidc-provider/')
            ? `IAM answers "Condition can contain only one colon": keys begin with the issuer, not with the ARN of the provider. Use ${claimKey(principal, found.claim)}.`
            : `Tokens of ${principal.issuer} have no key ${found.test.key}: it belongs to another issuer, so the condition does not work. Use ${claimKey(principal, found.claim)}.`,
          fixes: [...renameKey(principal, found.test, found.claim), ...trustIssuer(principal, found.issuer)],
          related: [{ at: principal.node, message: `The provider is ${principal.issuer}.` }],
        };
      }
    }
  },
});

function renameKey(principal: OidcPrincipal, { member }: Test, claim: string): readonly Fix[] {
  const key = claimKey(principal, claim);
  return memberOf(member.parent, key) ? [] : fix(`Use ${key}`, [{ kind: 'rename', member, key }]);
}

/** The other way round: perhaps the keys are right and the provider is not. */
function trustIssuer({ node, text, issuer, builtIn }: OidcPrincipal, other: string): readonly Fix[] {
  if (builtIn || other.includes(':')) return [];
  return fix(`Trust ${other} instead`, replaceValue(node, text.slice(0, -issuer.length) + other));
}
