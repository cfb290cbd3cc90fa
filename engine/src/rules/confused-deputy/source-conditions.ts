/** Source conditions that do not tie a service to one's account, or that it never meets. */
import { replaceValue, requireTest } from '../../policy/amend.ts';
import { isAccountId } from '../../policy/arn.ts';
import { testsOn } from '../../policy/grants.ts';
import type { Statement, TestValue } from '../../policy/policy.ts';
import {
  documentedArn,
  namesAccount,
  serviceGrants,
  type SourceArn,
  sourceArns,
} from '../../policy/source.ts';
import { hasWildcard } from '../../text/glob.ts';
import { placeholder } from '../../tree/change.ts';
import { defineRule, type Fix, fix } from '../rule.ts';

const requireAccount = (statement: Statement): readonly Fix[] =>
  fix(
    'Require aws:SourceAccount',
    requireTest(statement, 'StringEquals', 'aws:SourceAccount', placeholder('ACCOUNT_ID')),
  );

/** The text of an ARN with another account. */
const withAccount = (text: string, account: string): string =>
  text
    .split(':')
    .map((part, index) => (index === 4 ? account : part))
    .join(':');

/** Whether a pattern of ARNs leaves the account open. */
const leavesAccountOpen = ({ test, value, arn }: SourceArn): boolean =>
  test.operator?.wildcards === true && (arn ? hasWildcard(arn.account) : hasWildcard(value.text));

/** The account ids that a statement compares `aws:SourceAccount` with, if that is all of them. */
function sourceAccounts(statement: Statement): readonly TestValue[] {
  const tests = testsOn(statement, 'aws:SourceAccount').filter(({ operator }) => operator?.negated === false);
  const values = tests.flatMap((test) => test.values);
  return tests.some(({ open }) => open) || !values.every(({ text }) => isAccountId(text)) ? [] : values;
}

export const rules = [
  defineRule({
    id: 'source-wildcard',
    category: 'confused-deputy',
    severity: 'warning',
    supersedes: ['service-principal-no-source', 'redundant-condition-value'],
    when: ['principal service'],
    *check(policy) {
      for (const grant of serviceGrants(policy).filter((each) => !namesAccount(each))) {
        const { principal, service, statement } = grant;
        const found = sourceArns(statement).find(leavesAccountOpen);
        if (found === undefined) continue;
        const { value, arn } = found;
        const named = arn
          ? withAccount(value.text, placeholder('ACCOUNT_ID'))
          : service?.source?.arn && documentedArn(service.source.arn);
        yield {
          at: value.node,
          about: principal.node,
          // Where the role is handed out within the account, the condition is idle rather than missed.
          severity: service?.source?.kind === 'exempt' ? 'information' : 'warning',
          message: `"${value.text}" matches resources of every account, so others can have ${principal.host} use this role. Name your account in it, or by aws:SourceAccount.`,
          fixes: [
            ...(named === undefined ? [] : fix('Name the account', replaceValue(value.node, named))),
            ...requireAccount(statement),
          ],
          related: [{ at: principal.node, message: 'The service that is trusted.' }],
        };
      }
    },
  }),
  defineRule({
    id: 'source-arn-without-account',
    category: 'confused-deputy',
    severity: 'warning',
    when: ['principal service'],
    *check(policy) {
      for (const grant of serviceGrants(policy).filter((each) => !namesAccount(each))) {
        const found = sourceArns(grant.statement).find(({ arn }) => arn?.account === '');
        if (found === undefined) continue;
        yield {
          at: found.value.node,
          message: `This ARN has no account, and who owns the resource can change. Require aws:SourceAccount too.`,
          fixes: requireAccount(grant.statement),
        };
      }
    },
  }),
  defineRule({
    id: 'source-arn-account-mismatch',
    category: 'confused-deputy',
    severity: 'warning',
    when: ['key aws:sourceaccount'],
    *check({ statements }) {
      for (const statement of statements.filter(({ effect, open }) => effect === 'Allow' && !open.tests)) {
        const accounts = sourceAccounts(statement);
        const values = testsOn(statement, 'aws:SourceArn').flatMap((test) => test.values);
        const arns = sourceArns(statement);
        const [account] = accounts;
        const [first] = arns;
        if (account === undefined || first?.arn === undefined || arns.length < values.length) continue;
        const meets = ({ arn }: SourceArn): boolean =>
          !isAccountId(arn?.account ?? '') || accounts.some(({ text }) => text === arn?.account);
        if (arns.some(meets)) continue;
        yield {
          at: first.value.node,
          message: `aws:SourceAccount asks for ${account.text} and this ARN is of ${first.arn.account}: no call meets both. Name the same account in both.`,
          fixes: [
            ...fix(
              `Use ${account.text} in the ARN`,
              replaceValue(first.value.node, withAccount(first.value.text, account.text)),
            ),
            ...fix(
              `Use ${first.arn.account} in aws:SourceAccount`,
              replaceValue(account.node, first.arn.account),
            ),
          ],
          related: [{ at: account.node, message: 'The other account is here.' }],
        };
      }
    },
  }),
];
