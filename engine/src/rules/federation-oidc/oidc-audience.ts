/** Conditions on the audience that do not do what they look like: any audience, an unusual one, a set of one. */
import { issuerParts, type OidcProvider } from '../../catalog/catalog.ts';
import { moveTest, replaceValue } from '../../policy/amend.ts';
import { audienceOf, claimTest, grantedClaimTests } from '../../policy/oidc.ts';
import { isWrittenOut } from '../../policy/condition.ts';
import { isPlaceholderWord } from '../../policy/known.ts';
import type { Test } from '../../policy/policy.ts';
import { globMatches, hasWildcard } from '../../text/glob.ts';
import { defineRule, type Fix, fix } from '../rule.ts';

/** Nothing but wildcards, perhaps behind a scheme. */
const takesAnything = (text: string): boolean => hasWildcard(text) && /^(?:https?:\/\/)?[*?/]+$/.test(text);

/** Whether the condition is one that IAM demands, so that the rule on those speaks of it. */
const isDemanded = (provider: OidcProvider | undefined): boolean => provider?.requiredClaim?.key === 'aud';

/** Whether the audience is one of the usual ones; in China the own name of STS is one, too. */
function isUsual(text: string, issuer: string, provider: OidcProvider): boolean {
  const parts = issuerParts(issuer);
  return provider.audiences
    .map((audience) => audience.replace(/\{(\w+)\}/g, (_, name: string) => parts[name] ?? '*'))
    .some((audience) => globMatches(audience, text) || text === `${audience}.cn`);
}

/** Whether a test is on a key that holds one audience. */
const isOnAudience = (test: Test): boolean =>
  test.key.toLowerCase() === 'saml:aud' || ['aud', 'app_id'].includes(claimTest(test)?.claim ?? '');

const dropPrefix = (test: Test): readonly Fix[] => {
  const plain = test.operatorText.replace('ForAnyValue:', '');
  return fix(`Use ${plain}`, moveTest(test, plain));
};

export const rules = [
  defineRule({
    id: 'oidc-aud-wildcard',
    category: 'federation-oidc',
    severity: 'warning',
    supersedes: ['redundant-condition-value'],
    *check(policy) {
      for (const { test, issuer, provider } of grantedClaimTests(policy, 'aud', 'app_id')) {
        if (test.operator?.wildcards !== true || isDemanded(provider)) continue;
        for (const { node, text } of test.values.filter((value) => takesAnything(value.text))) {
          yield {
            at: node,
            message: `"${text}" accepts tokens for every audience, as if there were no condition. Name the audience that the tokens are for.`,
            fixes:
              test.values.length > 1
                ? fix(`Remove "${text}"`, [{ kind: 'remove', node }])
                : fix(
                    'Require the usual audience',
                    moveTest(test, 'StringEquals', audienceOf(issuer, provider)),
                  ),
          };
        }
      }
    },
  }),
  defineRule({
    id: 'oidc-aud-unexpected',
    category: 'federation-oidc',
    severity: 'information',
    *check(policy) {
      for (const { test, issuer, provider } of grantedClaimTests(policy, 'aud')) {
        if (provider?.fixedAudience !== true) continue;
        for (const { node, text } of test.values) {
          if (!isWrittenOut(text) || hasWildcard(text) || isPlaceholderWord(text)) continue;
          if (isUsual(text, issuer, provider)) continue;
          const usual = audienceOf(issuer, provider);
          yield {
            at: node,
            message: `Tokens of ${provider.name} usually have another audience than "${text}", and then none matches. Compare with the audience that yours are issued for.`,
            fixes: fix('Use the usual audience', replaceValue(node, usual)),
          };
        }
      }
    },
  }),
  defineRule({
    id: 'oidc-aud-set-operator',
    category: 'federation-oidc',
    severity: 'warning',
    *check({ statements }) {
      const allowed = statements.filter(({ effect }) => effect === 'Allow').flatMap(({ tests }) => tests);
      for (const test of allowed) {
        if (test.quantifier !== 'ForAnyValue' || test.operator?.negated !== false || !isOnAudience(test))
          continue;
        yield {
          at: test.operatorMember.key,
          message: `${test.key} has one value, and ForAnyValue is for keys with several. Compare it with a plain operator.`,
          fixes: dropPrefix(test),
        };
      }
    },
  }),
];
