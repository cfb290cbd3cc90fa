/** White space around a principal, or a line break in it: copied along, and hard to see. */
import { replaceValue } from '../../policy/amend.ts';
import { isSpaced, withoutSpace } from '../../policy/known.ts';
import { textOf } from '../../tree/walk.ts';
import { defineRule, fix } from '../rule.ts';

export const rule = defineRule({
  id: 'whitespace-in-principal',
  category: 'principal',
  severity: 'error',
  supersedes: [
    'federated-invalid-format',
    'group-principal',
    'invalid-account-id',
    'invalid-principal-arn',
    'invalid-principal-format',
    'invalid-service-principal-format',
    'partial-wildcard-principal',
    'principal-under-wrong-type',
    'unknown-service-principal',
  ],
  *check({ statements }) {
    for (const { node, text } of statements.flatMap(({ principals }) => principals)) {
      if (node.kind !== 'string' || text.trim() === '' || !isSpaced(text)) continue;
      const known = textOf(node);
      yield {
        at: node,
        message:
          'IAM answers "Invalid principal in policy": there is white space in this value, so it is the name of nobody. Take it out.',
        fixes:
          known === undefined
            ? []
            : fix('Remove the white space', replaceValue(node, withoutSpace(known)), true),
      };
    }
  },
});
