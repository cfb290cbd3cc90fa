/** AWS knows of MFA only for its own identities: services and federated sign-ins never meet a condition on it. */
import { dropTest } from '../../policy/amend.ts';
import { isEffective } from '../../policy/condition.ts';
import { testsOn } from '../../policy/grants.ts';
import type { Statement } from '../../policy/policy.ts';
import { defineRule, fix } from '../rule.ts';

const keys = ['aws:MultiFactorAuthPresent', 'aws:MultiFactorAuthAge'];

/** Who a statement is for, if none of them can carry MFA. */
function callersWithoutMfa({ principals, actions, open }: Statement): string | undefined {
  const types = new Set(principals.map(({ type }) => type));
  const assumed = actions.flatMap(({ matches }) => matches.filter(({ assumes }) => assumes));
  if (open.principals || open.actions || types.size === 0 || assumed.length === 0) return undefined;
  if ([...types].every((type) => type === 'Service')) return 'Services';
  const federated = assumed.every(({ id }) => id !== 'sts:AssumeRole');
  return federated || [...types].every((type) => type === 'Federated' || type === 'Service')
    ? 'Federated sign-ins'
    : undefined;
}

export const rule = defineRule({
  id: 'mfa-never-present',
  category: 'condition',
  severity: 'warning',
  supersedes: ['mfa-allow-false'],
  when: ['key aws:multifactorauthpresent', 'key aws:multifactorauthage'],
  *check({ statements }) {
    for (const statement of statements.filter(({ effect }) => effect === 'Allow')) {
      const callers = callersWithoutMfa(statement);
      if (callers === undefined) continue;
      const tests = keys.flatMap((key) => testsOn(statement, key));
      for (const test of tests.filter((each) => isEffective(each, statement.tests))) {
        yield {
          at: test.member.key,
          message: `${callers} carry no AWS information on MFA, so this statement lets nobody in. Enforce MFA where people sign in, and remove the condition here.`,
          fixes: fix('Remove the MFA condition', dropTest(test)),
          related: statement.principals
            .slice(0, 1)
            .map(({ node }) => ({ at: node, message: 'Trusted here.' })),
        };
      }
    }
  },
});
