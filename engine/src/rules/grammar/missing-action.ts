/** A statement of a trust policy says how the role is assumed. */
import { actionFor } from '../../policy/fit.ts';
import { defineRule, fix } from '../rule.ts';
import { nameOf, missesElement } from '../statements.ts';

export const rule = defineRule({
  id: 'missing-action',
  category: 'grammar',
  severity: 'error',
  *check({ statements }) {
    for (const statement of statements) {
      if (!missesElement(statement, 'Action', 'NotAction')) continue;
      const { node, principals } = statement;
      const fitting = [...new Set(principals.flatMap((principal) => actionFor(principal) ?? []))];
      const [first = 'sts:AssumeRole'] = fitting;
      yield {
        at: nameOf(node),
        message:
          'IAM refuses this statement: it has no Action. Say how the role is assumed, mostly by sts:AssumeRole.',
        fixes: fix(`Add ${fitting.length > 1 ? 'the actions' : `"${first}"`}`, [
          { kind: 'set', object: node, key: 'Action', value: fitting.length > 1 ? fitting : first },
        ]),
      };
    }
  },
});
