/** Two services hand over session tags, and one of them a source identity, whenever they assume a role. */
import { companionsOf, mayUse } from '../../policy/allowed.ts';
import { addActions } from '../../policy/amend.ts';
import type { Policy, Principal, Statement } from '../../policy/policy.ts';
import type { RuleId } from '../ids.gen.ts';
import { defineRule, fix } from '../rule.ts';

/** A service, once per policy, with the actions that it is not given. */
interface Handicapped {
  readonly statement: Statement;
  readonly principal: Principal;
  readonly needed: readonly string[];
  readonly missing: readonly string[];
}

function handicapped(policy: Policy, host: string): Handicapped | undefined {
  for (const statement of policy.statements.filter(({ effect }) => effect === 'Allow')) {
    const principal = statement.principals.find((each) => each.kind === 'service' && each.host === host);
    if (principal === undefined) continue;
    const needed = ['sts:AssumeRole', ...companionsOf(principal)] as const;
    const missing = needed.filter((action) => !mayUse(principal, action, policy));
    return missing.length > 0 && missing.length < needed.length
      ? { statement, principal, needed, missing }
      : undefined;
  }
  return undefined;
}

const services: readonly (readonly [id: RuleId, host: string, name: string])[] = [
  ['roles-anywhere-missing-actions', 'rolesanywhere.amazonaws.com', 'IAM Roles Anywhere'],
  ['pod-identity-missing-tagsession', 'pods.eks.amazonaws.com', 'EKS Pod Identity'],
];

export const rules = services.map(([id, host, name]) =>
  defineRule({
    id,
    category: 'action',
    severity: 'error',
    scope: 'policy',
    when: ['principal service'],
    *check(policy) {
      const found = handicapped(policy, host);
      if (found === undefined) return;
      const { statement, principal, needed, missing } = found;
      yield {
        at: principal.node,
        message: `${name} needs ${needed.join(', ')} to assume the role: without ${missing.join(' and ')} every request of it fails. Add ${missing.length === 1 ? 'it' : 'them'}.`,
        fixes: fix(
          `Add ${missing.map((action) => `"${action}"`).join(' and ')}`,
          addActions(statement, missing),
        ),
      };
    },
  }),
);
