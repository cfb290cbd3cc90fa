/** `BoolIfExists` in an Allow lets in whoever's request says nothing of MFA: that is, everybody with access keys. */
import { moveTest } from '../../policy/amend.ts';
import { isEffective, withoutIfExists } from '../../policy/condition.ts';
import { holdsIfAbsent } from '../../policy/demand.ts';
import { testsOn } from '../../policy/grants.ts';
import { defineRule, fix } from '../rule.ts';

const KEY = 'aws:MultiFactorAuthPresent';

export const rule = defineRule({
  id: 'mfa-allow-boolifexists',
  category: 'condition',
  severity: 'warning',
  when: ['key aws:multifactorauthpresent'],
  *check({ statements }) {
    for (const statement of statements) {
      // Services and federated callers never carry the key: for them IfExists is not what weakens the statement.
      const forAws = statement.principals.some(({ type }) => type === 'AWS' || type === undefined);
      const demanded = testsOn(statement, KEY).some((test) => isEffective(test, statement.tests));
      if (statement.effect !== 'Allow' || !forAws || demanded || statement.open.tests) continue;
      const tests = testsOn(statement, KEY).filter(
        (test) =>
          test.operator?.type === 'bool' &&
          test.ifExists &&
          holdsIfAbsent(test) &&
          test.values.some(({ text }) => text.toLowerCase() === 'true'),
      );
      for (const test of tests) {
        yield {
          at: test.operatorMember.key,
          message:
            'BoolIfExists lets long-term access keys in without MFA, because their requests do not carry the key. Use Bool to demand MFA.',
          fixes: fix('Use Bool', moveTest(test, withoutIfExists(test))),
        };
      }
    }
  },
});
