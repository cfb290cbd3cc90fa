/** A principal element, a type in it, or a value that is empty: nobody is trusted by it. */
import { removePrincipal, replaceValue } from '../../policy/amend.ts';
import { principalTypes, type Statement } from '../../policy/policy.ts';
import type { Node } from '../../tree/tree.ts';
import { textOf, valueOf } from '../../tree/walk.ts';
import { defineRule, type Fix, fix } from '../rule.ts';
import { principalSkeletons } from '../skeletons.ts';

export const rule = defineRule({
  id: 'empty-principal',
  category: 'principal',
  severity: 'error',
  *check({ statements }) {
    for (const statement of statements) {
      const alone =
        statement.principals.every(({ fault }) => fault?.kind === 'empty') && !statement.open.principals;
      for (const node of emptyParts(statement)) {
        const harmless = node.kind === 'array' && !alone;
        yield {
          at: node,
          severity: harmless ? 'warning' : 'error',
          message: harmless
            ? 'This list is empty, so nobody is trusted by it. Name somebody or take it out.'
            : 'IAM refuses an empty principal: nobody is trusted by it. Name the account, role, service or provider.',
          fixes: alone ? filling(statement) : fix('Remove the empty entry', removePrincipal(node), true),
        };
      }
    }
  },
});

/** Where nobody at all is named, somebody has to be. */
function filling(statement: Statement): readonly Fix[] {
  const principal = valueOf(statement.node, 'Principal');
  return principalSkeletons(statement).flatMap(({ title, value }) =>
    fix(title, principal && replaceValue(principal, value)),
  );
}

function emptyParts({ node, principals }: Statement): readonly Node[] {
  const principal = valueOf(node, 'Principal');
  if (textOf(principal)?.trim() === '') return principal ? [principal] : [];
  if (principal?.kind !== 'object' || !principal.complete) return [];
  if (principal.members.length === 0) return [principal];
  const lists = principalTypes
    .map((type) => valueOf(principal, type))
    .filter((value) => value?.kind === 'array' && value.items.length === 0);
  const texts = principals.filter(({ fault }) => fault?.kind === 'empty').map((each) => each.node);
  return [...lists, ...texts].filter((each) => each !== undefined);
}
