/** A positive test of a key that no request of the trusted callers carries: the Allow never applies to them. */
import { isEffective } from '../../policy/condition.ts';
import { actionFor } from '../../policy/fit.ts';
import { assumeActionsOf, grantsByStatement } from '../../policy/grants.ts';
import { claimTest } from '../../policy/oidc.ts';
import type { Grant, Statement, Test } from '../../policy/policy.ts';
import { callerNames, callerOf, presenceOf } from '../../policy/presence.ts';
import { replaceTest } from '../../policy/replace-test.ts';
import { placeholder } from '../../tree/change.ts';
import { defineRule, type Fix, fix } from '../rule.ts';

/** Where AWS calls from is not where its customer is: these keys have a rule of their own for services. */
const network = /^aws:(?:sourceip|vpcsourceip|sourcevpc|sourcevpcarn|sourcevpce)$/;

/** What services say of the account and organization for which they act. */
const forServices: Readonly<Record<string, string>> = {
  'aws:principalorgid': 'aws:SourceOrgID',
  'aws:principalorgpaths': 'aws:SourceOrgPaths',
};

/** Statements whose principals are known and can use what is allowed, so that only a condition can stop them. */
const judged = (granted: readonly Grant[], { open }: Statement): boolean =>
  !open.principals &&
  !open.actions &&
  granted.every((grant) => {
    const action = actionFor(grant.principal) ?? 'sts:AssumeRole';
    return assumeActionsOf(grant).has(action);
  });

/** Keys that other rules speak of: MFA, external IDs and the claims of other issuers. */
const isSpokenOf = (test: Test, federated: boolean): boolean =>
  /^(?:aws:multifactorauth|sts:externalid$|aws:vpce)/i.test(test.key) ||
  (federated && claimTest(test) !== undefined);

export const rules = [
  defineRule({
    id: 'key-never-present',
    category: 'condition',
    severity: 'warning',
    *check({ grants }) {
      for (const [statement, granted] of grantsByStatement(grants)) {
        const callers = new Set(granted.map(({ principal }) => callerOf(principal)));
        const [caller] = callers;
        if (caller === undefined || callers.size > 1 || !judged(granted, statement)) continue;
        for (const test of statement.tests.filter((each) => isEffective(each, statement.tests))) {
          if (isSpokenOf(test, caller === 'federated')) continue;
          if (caller === 'service' && network.test(test.key.toLowerCase())) continue;
          if (!granted.every(({ principal }) => presenceOf(test.key, principal) === 'no')) continue;
          yield {
            at: test.member.key,
            message: `Requests of ${callerNames[caller]} that are trusted here never carry ${test.key}, so this statement lets nobody in. Test a key that they carry.`,
            fixes: caller === 'service' ? renamed(test) : [],
            related: granted
              .slice(0, 1)
              .map(({ principal }) => ({ at: principal.node, message: 'Trusted here.' })),
          };
        }
      }
    },
  }),
  defineRule({
    id: 'mixed-principal-types-with-condition',
    category: 'principal',
    severity: 'warning',
    *check({ grants }) {
      for (const [statement, granted] of grantsByStatement(grants)) {
        const callers = new Set(granted.map(({ principal }) => callerOf(principal)));
        if (callers.size < 2 || statement.open.principals) continue;
        for (const test of statement.tests.filter((each) => isEffective(each, statement.tests))) {
          const without = granted.filter(({ principal }) => presenceOf(test.key, principal) === 'no');
          const [first] = without;
          if (first === undefined || without.length === granted.length) continue;
          yield {
            at: test.member.key,
            message: `Requests of ${callerNames[callerOf(first.principal)]} never carry ${test.key}, so ${first.principal.text} cannot use this statement. Give each kind of principal a statement of its own.`,
            related: [{ at: first.principal.node, message: `Its requests do not carry ${test.key}.` }],
          };
        }
      }
    },
  }),
  defineRule({
    id: 'network-key-on-service-principal',
    category: 'condition',
    severity: 'warning',
    when: ['principal service'],
    *check({ grants }) {
      for (const [statement, granted] of grantsByStatement(grants)) {
        const onlyServices = granted.every(({ principal }) => principal.kind === 'service');
        if (!onlyServices || statement.open.principals) continue;
        for (const test of statement.tests.filter((each) => isEffective(each, statement.tests))) {
          if (!network.test(test.key.toLowerCase())) continue;
          yield {
            at: test.member.key,
            message: `AWS services call from networks of AWS and not from yours, so a test of ${test.key} keeps them out. If the service sends aws:SourceAccount, test that instead.`,
            fixes: fix(
              'Test aws:SourceAccount instead',
              replaceTest(test, 'StringEquals', 'aws:SourceAccount', placeholder('ACCOUNT_ID')),
            ),
            related: granted
              .slice(0, 1)
              .map(({ principal }) => ({ at: principal.node, message: 'Trusted here.' })),
          };
        }
      }
    },
  }),
];

function renamed(test: Test): readonly Fix[] {
  const key = forServices[test.key.toLowerCase()];
  if (key === undefined) return [];
  const taken = test.member.parent.members.some(
    (other) => other.key.value?.toLowerCase() === key.toLowerCase(),
  );
  return taken ? [] : fix(`Test ${key}`, [{ kind: 'rename', member: test.member, key }]);
}
