/** The roles of IAM Identity Center are made anew, under other names, when a permission set is provisioned again. */
import { replaceValue, requireTest } from '../../policy/amend.ts';
import { testsOn } from '../../policy/grants.ts';
import type { NamedPrincipal, Statement } from '../../policy/policy.ts';
import { isIdentityCenterRole, permissionSetPattern } from '../../policy/session.ts';
import { defineRule, type Fix, fix } from '../rule.ts';

export const rule = defineRule({
  id: 'sso-reserved-role-principal',
  category: 'principal',
  severity: 'warning',
  // The account that is trusted in its place is one's own: Identity Center is of the organization.
  supersedes: ['cross-account-missing-external-id'],
  when: ['principal role'],
  *check({ statements }) {
    for (const statement of statements.filter(({ effect }) => effect === 'Allow')) {
      for (const principal of statement.principals) {
        if (principal.kind !== 'role' || !isIdentityCenterRole(principal)) continue;
        yield {
          at: principal.node,
          message:
            'IAM Identity Center makes this role anew, with another name, when its permission set is provisioned again, and then nobody gets in. Trust the account, with ArnLike on aws:PrincipalArn.',
          fixes: remedies(statement, principal),
        };
      }
    }
  },
});

function remedies(statement: Statement, principal: NamedPrincipal): readonly Fix[] {
  const pattern = permissionSetPattern(principal);
  const { partition, account, node } = principal;
  // The condition would be asked of the other principals too, or take the place of one that is there.
  const alone = statement.principals.length === 1 && testsOn(statement, 'aws:PrincipalArn').length === 0;
  if (pattern === undefined || account === undefined || !alone) return [];
  const condition = requireTest(statement, 'ArnLike', 'aws:PrincipalArn', pattern);
  return fix(
    'Trust the account, with ArnLike on aws:PrincipalArn',
    condition && [...replaceValue(node, `arn:${partition}:iam::${account}:root`), ...condition],
  );
}
