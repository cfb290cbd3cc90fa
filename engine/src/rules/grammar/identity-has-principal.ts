/** A permission policy belongs to an identity, which is its principal; it cannot name one. */
import { memberOf } from '../../tree/walk.ts';
import { defineRule, fix } from '../rule.ts';

export const rule = defineRule({
  id: 'identity-has-principal',
  category: 'grammar',
  severity: 'error',
  subject: 'caller',
  *check({ statements }) {
    for (const { node } of statements) {
      for (const name of ['Principal', 'NotPrincipal']) {
        const member = memberOf(node, name);
        if (member === undefined) continue;
        yield {
          at: member.key,
          message: `IAM answers "Policy document should not specify a principal": a permission policy is for the identity that it is attached to. Take ${name} out, or put the statement into the trust policy of the role.`,
          fixes: fix(`Remove "${name}"`, [{ kind: 'remove', node: member }]),
        };
      }
    }
  },
});
