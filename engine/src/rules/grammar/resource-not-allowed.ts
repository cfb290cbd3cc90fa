/** A trust policy is about the role that it is attached to, so it names no resource. */
import { memberOf } from '../../tree/walk.ts';
import { defineRule, fix } from '../rule.ts';

export const rule = defineRule({
  id: 'resource-not-allowed',
  category: 'grammar',
  severity: 'error',
  when: ['element Resource', 'element NotResource'],
  *check({ statements }) {
    for (const { node } of statements) {
      for (const name of ['Resource', 'NotResource']) {
        const member = memberOf(node, name);
        if (member === undefined) continue;
        yield {
          at: member.key,
          message: `IAM answers "Has prohibited field ${name}": a trust policy always is about the role it is attached to. Take it out.`,
          fixes: fix(`Remove "${name}"`, [{ kind: 'remove', node: member }], true),
        };
      }
    }
  },
});
