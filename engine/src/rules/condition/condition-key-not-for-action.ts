/** A key of AWS STS that none of the actions of its statement knows. */
import { conditionKeyNamed } from '../../catalog/catalog.ts';
import { holdsIfAbsent } from '../../policy/demand.ts';
import { callerKind, canUse } from '../../policy/fit.ts';
import { isUnknown } from '../../policy/known.ts';
import type { Statement } from '../../policy/policy.ts';
import { hasWildcard } from '../../text/glob.ts';
import { removeUseless } from '../remedies.ts';
import { defineRule } from '../rule.ts';

/** The actions that a statement names, if it names them one by one and somebody in it can use one of them. */
function namedActions({ actions, open, principals }: Statement): readonly string[] {
  if (open.actions || actions.some(({ pattern }) => hasWildcard(pattern) || isUnknown(pattern))) return [];
  const matches = actions.flatMap((action) => action.matches);
  const fits = matches.some(
    (action) =>
      action.assumes &&
      principals.some(
        (principal) =>
          (principal.kind === 'anyone' || callerKind(principal) !== undefined) && canUse(principal, action),
      ),
  );
  return fits ? matches.map(({ id }) => id) : [];
}

export const rule = defineRule({
  id: 'condition-key-not-for-action',
  category: 'condition',
  severity: 'error',
  supersedes: ['key-never-present'],
  *check({ statements }) {
    for (const statement of statements) {
      const named = namedActions(statement);
      if (named.length === 0) continue;
      for (const test of statement.tests) {
        const known = isUnknown(test.key) ? undefined : conditionKeyNamed(test.key);
        if (known === undefined || test.operator === undefined || known.id.startsWith('aws:')) continue;
        if (known.actions.some((action) => named.includes(action))) continue;
        const idle = holdsIfAbsent(test);
        yield {
          at: test.member.key,
          severity: idle ? 'warning' : 'error',
          message: `Requests for ${named.join(' and ')} never carry ${test.key}, so the condition ${idle ? 'keeps nobody out' : 'is never met'}. ${adviceOn(known.id, known.actions)}`,
          fixes: removeUseless(statement, test),
          related: statement.actions.slice(0, 1).map(({ node }) => ({ at: node, message: 'Allowed here.' })),
        };
      }
    }
  },
});

function adviceOn(key: string, actions: readonly string[]): string {
  if (key === 'sts:DurationSeconds') return 'Limit sessions by the maximum session duration of the role.';
  return actions.length === 0
    ? 'No way to assume a role has this key; test another.'
    : `It is for ${actions.join(', ')}; test another key.`;
}
