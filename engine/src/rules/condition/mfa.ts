/** MFA demanded the wrong way round, of the wrong callers, or by a test that does not ask for it. */
import { moveTest, replaceValue, requireTest } from '../../policy/amend.ts';
import { guardsOn, includes, testsOn } from '../../policy/grants.ts';
import type { Grant, Policy, Statement, Test } from '../../policy/policy.ts';
import { defineRule, fix } from '../rule.ts';

const KEY = 'aws:MultiFactorAuthPresent';

const isAll = ({ values, open }: Test, word: string): boolean =>
  !open && values.length > 0 && values.every(({ text }) => text.toLowerCase() === word);

const mfaTests = (policy: Policy, effect: Statement['effect']) =>
  policy.statements
    .filter((statement) => statement.effect === effect)
    .flatMap((statement) => testsOn(statement, KEY).map((test) => ({ statement, test })));

/** Callers that come with long-term keys, or may do so: their requests say nothing of MFA. */
const hasKeysOfPeople: ReadonlySet<Grant['principal']['kind']> = new Set([
  'account',
  'anyone',
  'user',
] as const);

/** The grants to people that a Deny is about and that nothing but the given test ties to MFA. */
const untied = ({ grants }: Policy, deny: Statement, test: Test): readonly Grant[] =>
  grants.filter(
    (grant) =>
      !grant.open &&
      hasKeysOfPeople.has(grant.principal.kind) &&
      deny.principals.some((principal) => includes(principal, grant.principal)) &&
      guardsOn(grant, KEY).every((guard) => guard.test === test),
  );

/** Whether a Deny is about callers with or without MFA and about nothing else. */
const isAlone = ({ tests }: Statement, test: Test): boolean =>
  tests.every((other) => other === test || /^aws:(?:principalisaws|viaaws)service$/i.test(other.key));

export const rules = [
  defineRule({
    id: 'mfa-allow-false',
    category: 'condition',
    severity: 'warning',
    when: ['key aws:multifactorauthpresent'],
    *check(policy) {
      for (const { test } of mfaTests(policy, 'Allow')) {
        if (test.operator?.type !== 'bool' || !isAll(test, 'false')) continue;
        const [value] = test.values;
        if (value === undefined) continue;
        yield {
          at: value.node,
          about: test.member.key,
          message:
            'This lets callers in only if they did not use MFA, which is hardly meant. Demand "true" with Bool.',
          fixes: fix(
            'Require MFA',
            test.operatorText === 'Bool'
              ? test.member.value && replaceValue(test.member.value, 'true')
              : moveTest(test, 'Bool', 'true'),
          ),
        };
      }
    },
  }),
  defineRule({
    id: 'mfa-deny-bool-false',
    category: 'condition',
    severity: 'warning',
    scope: 'policy',
    when: ['key aws:multifactorauthpresent'],
    *check(policy) {
      for (const { statement, test } of mfaTests(policy, 'Deny')) {
        const isPlain = test.operator?.type === 'bool' && !test.ifExists && test.quantifier === undefined;
        if (!isPlain || !isAll(test, 'false') || !isAlone(statement, test)) continue;
        if (untied(policy, statement, test).length === 0) continue;
        yield {
          at: test.operatorMember.key,
          message:
            'Requests with long-term access keys do not carry this key at all, so the Deny passes them over. Use BoolIfExists, which bars them too.',
          fixes: fix('Use BoolIfExists', moveTest(test, 'BoolIfExists')),
        };
      }
    },
  }),
  defineRule({
    id: 'mfa-null-check',
    category: 'condition',
    severity: 'warning',
    scope: 'policy',
    when: ['key aws:multifactorauthpresent'],
    *check(policy) {
      for (const { statement, test } of mfaTests(policy, 'Allow')) {
        const asksForMore = testsOn(statement, KEY).length > 1 || statement.open.tests;
        if (test.operator?.type !== 'null' || !isAll(test, 'false') || asksForMore) continue;
        yield {
          at: test.member.key,
          message:
            'Sessions without MFA carry this key, too, with the value "false", so its presence proves nothing. Demand "true" with Bool.',
          fixes: fix('Require MFA', moveTest(test, 'Bool', 'true')),
        };
      }
      for (const { statement, test } of mfaTests(policy, 'Deny')) {
        if (test.operator?.type !== 'null' || !isAll(test, 'true') || !isAlone(statement, test)) continue;
        if (untied(policy, statement, test).length === 0) continue;
        yield {
          at: test.member.key,
          message:
            'Sessions without MFA carry this key, too, with the value "false", so the Deny passes them over. Deny "false" with BoolIfExists.',
          fixes: fix('Deny callers without MFA', moveTest(test, 'BoolIfExists', 'false')),
        };
      }
    },
  }),
  defineRule({
    id: 'mfa-deny-blocks-nonhuman',
    category: 'condition',
    severity: 'information',
    scope: 'policy',
    when: ['key aws:multifactorauthpresent'],
    *check(policy) {
      for (const { statement, test } of mfaTests(policy, 'Deny')) {
        if (!barsWithoutMfa(test) || !isAlone(statement, test) || statement.open.tests) continue;
        const barred = policy.grants.find((grant) => isMachine(grant) && shareActions(grant, statement));
        if (barred === undefined) continue;
        yield {
          at: test.member.key,
          message: `Programs do not present MFA, so this Deny may lock out ${barred.principal.text}. Limit it to IAM users.`,
          fixes: fix(
            'Limit the Deny to IAM users',
            requireTest(statement, 'ArnLike', 'aws:PrincipalArn', 'arn:aws:iam::*:user/*'),
          ),
          related: [{ at: barred.principal.node, message: 'Trusted here, and without MFA.' }],
        };
      }
    },
  }),
];

const barsWithoutMfa = (test: Test): boolean =>
  test.operator?.type === 'null'
    ? isAll(test, 'true')
    : test.operator?.type === 'bool' && test.ifExists && isAll(test, 'false');

const isMachine = ({ principal }: Grant): boolean =>
  principal.kind === 'role' ||
  principal.kind === 'service' ||
  principal.kind === 'saml' ||
  principal.kind === 'oidc';

const shareActions = ({ actions }: Grant, deny: Statement): boolean => {
  const denied = new Set(deny.actions.flatMap(({ matches }) => matches));
  return actions.some(({ matches }) => matches.some((action) => action.assumes && denied.has(action)));
};
