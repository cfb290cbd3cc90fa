/** A statement of a trust policy says who is trusted. */
import { defineRule, fix } from '../rule.ts';
import { principalSkeletons } from '../skeletons.ts';
import { missesElement, nameOf } from '../statements.ts';

export const rule = defineRule({
  id: 'missing-principal',
  category: 'grammar',
  severity: 'error',
  *check({ statements }) {
    for (const statement of statements) {
      if (!missesElement(statement, 'Principal', 'NotPrincipal')) continue;
      const { node } = statement;
      yield {
        at: nameOf(node),
        message:
          'IAM answers "Missing required field Principal": the statement does not say whom it is about.',
        fixes: principalSkeletons(statement).flatMap(({ title, value }) =>
          fix(title, [{ kind: 'set', object: node, key: 'Principal', value }]),
        ),
      };
    }
  },
});
