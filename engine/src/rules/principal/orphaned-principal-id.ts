/** IAM shows a unique id in place of the ARN when a role or user was deleted. */
import { removePrincipal, replaceValue } from '../../policy/amend.ts';
import { placeholder } from '../../tree/change.ts';
import { defineRule, fix } from '../rule.ts';

export const rule = defineRule({
  id: 'orphaned-principal-id',
  category: 'principal',
  severity: 'warning',
  when: ['principal uniqueId'],
  *check({ statements }) {
    for (const { node, kind, text } of statements.flatMap(({ principals }) => principals)) {
      if (kind !== 'uniqueId') continue;
      const what = text.startsWith('AROA') ? 'role' : 'user';
      const arn = `arn:aws:iam::${placeholder('ACCOUNT_ID')}:${what}/${placeholder('NAME')}`;
      yield {
        at: node,
        message: `This is the unique id of a ${what} that was probably deleted; one of the same name that is made later is not trusted by it. Name an existing principal by its ARN, or take this one out.`,
        fixes: [
          ...fix('Remove the id', removePrincipal(node)),
          ...fix(`Name a ${what} by its ARN`, replaceValue(node, arn)),
        ],
      };
    }
  },
});
