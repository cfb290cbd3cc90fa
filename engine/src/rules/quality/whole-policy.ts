/** What only shows when statements are read together: policies that let nobody in, and statements without effect. */
import { grantsByStatement, takesBack } from '../../policy/grants.ts';
import type { Policy } from '../../policy/policy.ts';
import { isOpen, memberOf, valueOf } from '../../tree/walk.ts';
import { placeholder } from '../../tree/change.ts';
import { defineRule, type Fix, fix } from '../rule.ts';
import { removeStatement } from '../remedies.ts';
import { nameOf } from '../statements.ts';

export const rules = [
  defineRule({
    id: 'deny-only-policy',
    category: 'quality',
    severity: 'warning',
    scope: 'policy',
    when: ['Deny'],
    *check(policy) {
      const statement = memberOf(policy.node, 'Statement');
      const isWhole = policy.strays.length === 0 && policy.node.complete && !isOpen(statement?.value);
      const denies =
        policy.statements.length > 0 && policy.statements.every(({ effect }) => effect === 'Deny');
      if (statement === undefined || !isWhole || !denies) return;
      yield {
        at: statement.key,
        message: 'No statement allows anything, so nobody can assume this role. Add one with "Allow".',
        fixes: allowRole(policy),
      };
    },
  }),
  defineRule({
    id: 'allow-deny-conflict',
    category: 'quality',
    severity: 'warning',
    tag: 'unnecessary',
    scope: 'policy',
    when: ['Deny'],
    *check({ statements, grants }) {
      const granting = grantsByStatement(grants);
      const denies = statements.filter(({ effect }) => effect === 'Deny');
      for (const statement of statements) {
        if (statement.effect !== 'Allow' || granting.has(statement)) continue;
        const deny = denies.find((each) => takesBack(each, statement));
        if (deny === undefined) continue;
        yield {
          at: nameOf(statement.node),
          message:
            'A Deny without conditions takes back all that this statement allows, and a Deny always wins. Remove one of the two, or limit the Deny.',
          fixes: grants.length > 0 ? removeStatement(statement) : [],
          related: [{ at: nameOf(deny.node), message: 'The Deny that wins.' }],
        };
      }
    },
  }),
];

function allowRole({ node }: Policy): readonly Fix[] {
  const list = valueOf(node, 'Statement');
  if (list?.kind !== 'array') return [];
  const role = `arn:aws:iam::${placeholder('ACCOUNT_ID')}:role/${placeholder('ROLE_NAME')}`;
  const value = { Effect: 'Allow', Principal: { AWS: role }, Action: 'sts:AssumeRole' };
  return fix('Allow a role to assume this one', [{ kind: 'append', array: list, value }]);
}
