/** Federated callers have no identity in IAM yet when they assume a role: a permission to do so is asked of nobody. */
import { removeItem, replaceValue } from '../../policy/amend.ts';
import { hasWildcard } from '../../text/glob.ts';
import { defineRule, fix } from '../rule.ts';

const federated: ReadonlySet<string> = new Set(['sts:AssumeRoleWithSAML', 'sts:AssumeRoleWithWebIdentity']);

export const rule = defineRule({
  id: 'identity-federated-assume-useless',
  category: 'action',
  severity: 'information',
  subject: 'caller',
  *check({ statements }) {
    for (const { actions } of statements.filter(({ effect }) => effect === 'Allow')) {
      const hasPlain = actions.some(({ matches }) => matches.some(({ id }) => id === 'sts:AssumeRole'));
      for (const { node, pattern, matches } of actions) {
        if (hasWildcard(pattern) || !matches.some(({ id }) => federated.has(id))) continue;
        yield {
          at: node,
          message: `${pattern} is called without credentials of AWS, so no permission of an identity is asked for. The trust policy of the role decides; take it out, or allow sts:AssumeRole.`,
          fixes: [
            ...(hasPlain ? [] : fix('Change to "sts:AssumeRole"', replaceValue(node, 'sts:AssumeRole'))),
            ...fix('Remove this action', removeItem(node)),
          ],
        };
      }
    }
  },
});
