/** An element and its negation in one statement: IAM takes one of the two. */
import { memberOf } from '../../tree/walk.ts';
import { defineRule, fix } from '../rule.ts';

const pairs = [
  ['Action', 'NotAction'],
  ['Principal', 'NotPrincipal'],
] as const;

export const rule = defineRule({
  id: 'conflicting-elements',
  category: 'grammar',
  severity: 'error',
  supersedes: ['not-principal-not-allowed'],
  when: ['element NotAction', 'element NotPrincipal'],
  *check({ statements }) {
    for (const { node } of statements) {
      for (const [name, negation] of pairs) {
        const plain = memberOf(node, name);
        const negated = memberOf(node, negation);
        if (plain === undefined || negated === undefined) continue;
        yield {
          at: negated.key,
          message: `IAM refuses a statement with both ${name} and ${negation}. Keep ${name} and take ${negation} out.`,
          fixes: fix(`Remove "${negation}"`, [{ kind: 'remove', node: negated }]),
          related: [{ at: plain.key, message: `${name} stands here.` }],
        };
      }
    }
  },
});
