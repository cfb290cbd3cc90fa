/** A statement must say whether it allows or denies. */
import { memberOf } from '../../tree/walk.ts';
import { defineRule, fix } from '../rule.ts';
import { nameOf, missesElement } from '../statements.ts';

export const rule = defineRule({
  id: 'missing-effect',
  category: 'grammar',
  severity: 'error',
  *check(policy) {
    for (const { node } of policy.statements.filter((statement) => missesElement(statement, 'Effect'))) {
      const after = memberOf(node, 'Sid') ? {} : { first: true as const };
      yield {
        at: nameOf(node),
        message: 'IAM refuses this statement: it has no Effect. Say "Allow" or "Deny".',
        fixes: [
          ...fix('Add "Effect": "Allow"', [
            { kind: 'set', object: node, key: 'Effect', value: 'Allow', ...after },
          ]),
          ...fix(
            'Add "Effect": "Deny"',
            [{ kind: 'set', object: node, key: 'Effect', value: 'Deny', ...after }],
            true,
          ),
        ],
      };
    }
  },
});
