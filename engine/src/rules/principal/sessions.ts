/** Sessions as principals: whoever begins a session chooses its name, so the role behind it is what can be trusted. */
import { removeItem, replaceValue } from '../../policy/amend.ts';
import type { Grant, NamedPrincipal, Policy, Principal, Statement } from '../../policy/policy.ts';
import { roleArnOf, roleNameOf } from '../../policy/session.ts';
import { defineRule, fix } from '../rule.ts';

interface Found {
  readonly session: NamedPrincipal;
  /** The role of the session, where the same statement names it. */
  readonly role?: Principal;
}

function sessionsIn({ principals }: Statement): readonly Found[] {
  return principals.flatMap((session) => {
    if (session.kind !== 'session') return [];
    const role = principals.find(
      (other) =>
        other.kind === 'role' &&
        other.account !== undefined &&
        other.account === session.account &&
        other.partition === session.partition &&
        roleNameOf(other) === roleNameOf(session),
    );
    return [role ? { session, role } : { session }];
  });
}

const allowing = ({ statements }: Policy): readonly Grant['statement'][] =>
  statements.filter(
    ({ effect, open, principals }) =>
      effect === 'Allow' && !open.principals && !principals.some(({ kind }) => kind === 'unknown'),
  );

export const rules = [
  defineRule({
    id: 'assumed-role-principal',
    category: 'principal',
    severity: 'information',
    when: ['principal session'],
    *check(policy) {
      for (const { session, role } of allowing(policy).flatMap(sessionsIn)) {
        if (role) continue;
        const arn = roleArnOf(session);
        yield {
          at: session.node,
          message: `Whoever assumes the role ${roleNameOf(session)} chooses the name of the session, so naming one says little. Trust the role itself.`,
          // The ARN of a session does not have the path of its role.
          fixes: arn === undefined ? [] : fix(`Trust ${arn}`, replaceValue(session.node, arn)),
        };
      }
    },
  }),
  defineRule({
    id: 'redundant-assumed-role-principal',
    category: 'quality',
    severity: 'hint',
    tag: 'unnecessary',
    when: ['principal session'],
    *check(policy) {
      for (const { session, role } of allowing(policy).flatMap(sessionsIn)) {
        if (!role) continue;
        yield {
          at: session.node,
          message: 'The role of this session is trusted here too, with all its sessions. The session can go.',
          fixes: fix('Remove the session', removeItem(session.node), true),
          related: [{ at: role.node, message: 'The role.' }],
        };
      }
    },
  }),
  defineRule({
    id: 'federated-user-principal',
    category: 'principal',
    severity: 'hint',
    when: ['principal federatedUser'],
    *check(policy) {
      for (const principal of allowing(policy).flatMap(({ principals }) => principals)) {
        if (principal.kind !== 'federatedUser') continue;
        yield {
          at: principal.node,
          message:
            'Sessions of GetFederationToken are made with the long-term keys of a user. AWS recommends to trust a role instead.',
        };
      }
    },
  }),
];
