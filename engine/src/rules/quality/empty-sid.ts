/** An empty name of a statement is as good as none. */
import { memberOf, textOf } from '../../tree/walk.ts';
import { defineRule, fix } from '../rule.ts';

export const rule = defineRule({
  id: 'empty-sid',
  category: 'quality',
  severity: 'hint',
  tag: 'unnecessary',
  *check({ statements }) {
    for (const { node } of statements) {
      const member = memberOf(node, 'Sid');
      if (member?.value === undefined || !member.value.complete || textOf(member.value) !== '') continue;
      yield {
        at: member.value,
        message: 'An empty Sid names nothing. Give the statement a name or leave the Sid out.',
        fixes: fix('Remove the Sid', [{ kind: 'remove', node: member }], true),
      };
    }
  },
});
