/** Set prefixes belong to keys of several values: what is wrong where they stand without need, or are missing. */
import { conditionKeyNamed } from '../../catalog/catalog.ts';
import { moveTest, requireTest } from '../../policy/amend.ts';
import { withoutIfExists } from '../../policy/condition.ts';
import { demandsKey } from '../../policy/demand.ts';
import { grantsByStatement, testsOn } from '../../policy/grants.ts';
import { claimTest } from '../../policy/oidc.ts';
import type { Grant, Policy, Quantifier, Statement, Test } from '../../policy/policy.ts';
import { isNarrowed } from '../../policy/strength.ts';
import type { Severity } from '../../settings.ts';
import type { Change } from '../../tree/change.ts';
import { defineRule, type Fix, fix } from '../rule.ts';

interface Found {
  readonly statement: Statement;
  readonly test: Test;
}

/** The tests of a policy with a prefix, or without, by whether their key is known to have one value or several. */
const testsWith = (
  { statements }: Policy,
  prefix: Quantifier | undefined,
  multivalued: boolean,
): readonly Found[] =>
  statements.flatMap((statement) =>
    statement.tests
      .filter(
        ({ operator, quantifier, key }) =>
          operator !== undefined &&
          operator.type !== 'null' &&
          quantifier === prefix &&
          conditionKeyNamed(key)?.multivalued === multivalued,
      )
      .map((test) => ({ statement, test })),
  );

const plain = ({ operatorText, quantifier }: Test): string =>
  quantifier === undefined ? operatorText : operatorText.slice(quantifier.length + 1);

/** Whether callers without the key are kept out all the same. */
const isDemanded = ({ statement, test }: Found): boolean =>
  statement.open.tests || testsOn(statement, test.key).some(demandsKey);

/** What a third party or a token is told apart by; without it, anyone of the issuer or the vendor gets in. */
const tellsApart = (test: Test): boolean =>
  test.key.toLowerCase() === 'sts:externalid' || /^(?:aud|sub)$/i.test(claimTest(test)?.claim ?? '');

function severityOfPrefix(found: Found): Severity {
  if (found.statement.effect !== 'Allow') return 'information';
  if (found.test.operator?.negated === true) return 'warning';
  if (isDemanded(found)) return 'hint';
  return tellsApart(found.test) ? 'error' : 'warning';
}

/** Keys of what a caller may pass to its session: whoever passes nothing is none that they should keep out. */
const limitsSession = ({ key }: Test): boolean =>
  /^(?:aws:TagKeys|sts:TransitiveTagKeys|sts:RequestContextProviders)$/i.test(key);

/** AWS documents attributes of SAML assertions as lists in one place and as plain text in another. */
const isOfSaml = ({ key }: Test): boolean => key.toLowerCase().startsWith('saml:');

export const rules = [
  defineRule({
    id: 'forallvalues-single-valued',
    category: 'condition',
    severity: 'warning',
    when: ['operator ForAllValues'],
    *check(policy) {
      for (const found of testsWith(policy, 'ForAllValues', false)) {
        const { test } = found;
        yield {
          at: test.operatorMember.key,
          severity: severityOfPrefix(found),
          message: isDemanded(found)
            ? `${test.key} has one value, so ForAllValues does nothing but mislead. Use ${plain(test)}.`
            : `ForAllValues is also true for requests without ${test.key}, which has one value and needs no prefix. Use ${plain(test)}.`,
          fixes: fix(`Use ${plain(test)}`, moveTest(test, plain(test))),
        };
      }
    },
  }),
  defineRule({
    id: 'foranyvalue-single-valued',
    category: 'quality',
    severity: 'hint',
    when: ['operator ForAnyValue'],
    *check(policy) {
      for (const { test } of testsWith(policy, 'ForAnyValue', false)) {
        // The audience of a token has a rule of its own, and negated the prefix decides about requests without the key.
        if (/:(?:aud|app_id)$/i.test(test.key) || test.operator?.negated !== false) continue;
        // Behind the prefix IfExists does nothing; without it, it would let in requests without the key.
        const same = plain({ ...test, operatorText: withoutIfExists(test) });
        yield {
          at: test.operatorMember.key,
          message: `${test.key} has one value, so ForAnyValue only makes readers wonder. Use ${same}.`,
          fixes: fix(`Use ${same}`, moveTest(test, same), true),
        };
      }
    },
  }),
  defineRule({
    id: 'forallvalues-without-null-check',
    category: 'condition',
    severity: 'warning',
    when: ['operator ForAllValues'],
    *check(policy) {
      const grants = grantsByStatement(policy.grants);
      for (const found of testsWith(policy, 'ForAllValues', true)) {
        const { statement, test } = found;
        const granted = grants.get(statement);
        // A statement that only adds to a session lets nobody in.
        if (granted === undefined || granted.some(({ open }) => open) || isDemanded(found)) continue;
        yield {
          at: test.operatorMember.key,
          severity: limitsSession(test) && isHarmless(granted) ? 'information' : 'warning',
          message: `ForAllValues is also true for requests without ${test.key}. Demand the key with "Null", or use ForAnyValue.`,
          fixes: [
            ...fix(`Demand that ${test.key} is there`, requireTest(statement, 'Null', test.key, 'false')),
            ...(limitsSession(test) ? [] : useForAnyValue(test)),
          ],
        };
      }
    },
  }),
  defineRule({
    id: 'missing-set-operator',
    category: 'condition',
    severity: 'error',
    *check(policy) {
      for (const { statement, test } of testsWith(policy, undefined, true)) {
        if (isOfSaml(test) || test.operator?.quantifiers !== true) continue;
        yield {
          at: test.operatorMember.key,
          message: `${test.key} can have several values, and AWS does not say what ${test.operatorText} makes of them. Use ForAnyValue, or ForAllValues together with a test that the key is there.`,
          fixes: [
            ...fix(
              `Use ForAnyValue:${test.operatorText}`,
              moveTest(test, `ForAnyValue:${test.operatorText}`),
            ),
            ...fix(`Use ForAllValues:${test.operatorText}, and demand the key`, forAll(statement, test)),
          ],
        };
      }
    },
  }),
];

/** Whether something else keeps strangers out. */
const isHarmless = (grants: readonly Grant[]): boolean =>
  grants.every((grant) => isNarrowed(grant) || !/^(?:account|anyone)$/.test(grant.principal.kind));

const useForAnyValue = (test: Test): readonly Fix[] =>
  fix(`Use ForAnyValue:${plain(test)}`, moveTest(test, `ForAnyValue:${plain(test)}`));

function forAll(statement: Statement, test: Test): readonly Change[] | undefined {
  const moved = moveTest(test, `ForAllValues:${test.operatorText}`);
  const demanded = requireTest(statement, 'Null', test.key, 'false');
  return moved && demanded && [...moved, ...demanded];
}
