/** ARNs that `aws:PrincipalArn` does not have, or that mean less than they seem to. */
import { replaceValue } from '../../policy/amend.ts';
import { isUnknown } from '../../policy/known.ts';
import type { Policy, Statement, Test, TestValue } from '../../policy/policy.ts';
import { replaceTest } from '../../policy/replace-test.ts';
import { defineRule, fix } from '../rule.ts';

interface Found {
  readonly statement: Statement;
  readonly test: Test;
  readonly value: TestValue;
}

/** The values that `aws:PrincipalArn` is compared with. */
const comparedArns = ({ statements }: Policy): readonly Found[] =>
  statements.flatMap((statement) =>
    statement.tests
      .filter(
        ({ key, operator }) =>
          key.toLowerCase() === 'aws:principalarn' && /^(?:arn|string)$/.test(operator?.type ?? ''),
      )
      .flatMap((test) => test.values.map((value) => ({ statement, test, value }))),
  );

const session = /^arn:([^:]+):sts::([^:]*):assumed-role\/([^/]+)/;
const root = /^arn:[^:]+:iam::([^:]*):root$/;

export const rules = [
  defineRule({
    id: 'principalarn-session-arn',
    category: 'condition',
    severity: 'warning',
    when: ['key aws:principalarn'],
    *check(policy) {
      for (const { value } of comparedArns(policy)) {
        const [, partition = '', account = '', role = ''] = session.exec(value.text) ?? [];
        if (role === '') continue;
        const arn = `arn:${partition}:iam::${account}:role/${role}`;
        yield {
          at: value.node,
          message:
            'For a session this key holds the ARN of its role, so the ARN of a session never matches. Compare with the role.',
          fixes: isUnknown(value.text) ? [] : fix('Use the ARN of the role', replaceValue(value.node, arn)),
        };
      }
    },
  }),
  defineRule({
    id: 'principalarn-root',
    category: 'condition',
    severity: 'warning',
    when: ['key aws:principalarn'],
    *check(policy) {
      for (const { statement, test, value } of comparedArns(policy)) {
        const [, account] = root.exec(value.text) ?? [];
        if (account === undefined || statement.effect !== 'Allow' || test.operator?.negated !== false)
          continue;
        const isWhole = /^\d{12}$/.test(account) && test.values.length === 1;
        yield {
          at: value.node,
          message:
            'In this key the ARN of an account means its root user and nobody else. To trust the whole account, compare aws:PrincipalAccount.',
          fixes: isWhole
            ? fix(
                'Compare aws:PrincipalAccount',
                replaceTest(test, 'StringEquals', 'aws:PrincipalAccount', account),
              )
            : [],
        };
      }
    },
  }),
];
