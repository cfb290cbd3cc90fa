/** `"AWS": "*"` opens a role to every account of AWS; conditions may take that back, well or badly. */
import { conditionKeyNamed } from '../../catalog/catalog.ts';
import { moveTest, replaceValue } from '../../policy/amend.ts';
import { withoutIfExists } from '../../policy/condition.ts';
import { allowsAssumeRole } from '../../policy/grants.ts';
import type { Grant, Statement } from '../../policy/policy.ts';
import { isBypassed, narrowing, strengthOf } from '../../policy/strength.ts';
import type { Settings } from '../../settings.ts';
import { placeholder } from '../../tree/change.ts';
import { restrictToOrganization } from '../remedies.ts';
import { defineRule, type Fix, fix } from '../rule.ts';

/** The grants to everybody that nothing strong takes back. A bare `*` is refused by IAM and another rule's business. */
const openGrants = (grants: readonly Grant[]): readonly Grant[] =>
  grants.filter(
    (grant) =>
      grant.principal.kind === 'anyone' &&
      !grant.principal.bare &&
      !grant.open &&
      allowsAssumeRole(grant) &&
      !narrowing(grant).some((guard) => strengthOf(guard) === 'strong'),
  );

export const rules = [
  defineRule({
    id: 'public-principal',
    category: 'principal',
    severity: 'error',
    when: ['principal anyone'],
    *check({ grants }, { settings }) {
      for (const grant of openGrants(grants).filter((each) => narrowing(each).length === 0)) {
        yield {
          at: grant.principal.node,
          message:
            'Anyone with any AWS account can assume this role. Name the accounts or roles, or restrict it to your organization.',
          fixes: [...mendGuards(grant.statement), ...fixesFor(grant, settings)],
        };
      }
    },
  }),
  defineRule({
    id: 'public-principal-weak-condition',
    category: 'principal',
    severity: 'warning',
    when: ['principal anyone'],
    *check({ grants }, { settings }) {
      for (const grant of openGrants(grants).filter((each) => narrowing(each).length > 0)) {
        const keys = [...new Set(narrowing(grant).map(({ test }) => test.key))].join(' and ');
        yield {
          at: grant.principal.node,
          message: `Any AWS account can assume this role if it meets ${keys}, which strangers can arrange or find out. Name the accounts or restrict the role to your organization.`,
          fixes: fixesFor(grant, settings),
          related: narrowing(grant).map(({ test }) => ({ at: test.member.key, message: 'The only guard.' })),
        };
      }
    },
  }),
];

const fixesFor = ({ principal, statement }: Grant, settings: Settings): readonly Fix[] => [
  ...restrictToOrganization(statement, settings),
  ...fix(
    'Trust one account instead',
    replaceValue(
      principal.node,
      `arn:aws:iam::${settings.trustedAccounts[0] ?? placeholder('ACCOUNT_ID')}:root`,
    ),
  ),
  ...(statement.principals.length > 1
    ? fix(
        'Remove "*"',
        principal.node.parent?.kind === 'array' ? [{ kind: 'remove', node: principal.node }] : undefined,
      )
    : []),
];

/** Takes `IfExists` off the tests that would keep outsiders away without it. */
const mendGuards = ({ tests }: Statement): readonly Fix[] =>
  tests
    .filter((test) => isBypassed(test) && conditionKeyNamed(test.key)?.guard === 'strong')
    .flatMap((test) => fix(`Demand ${test.key}, without IfExists`, moveTest(test, withoutIfExists(test))));
