/** Each kind of principal assumes a role by one action; with another one it never gets in. */
import type { TrustAction } from '../../catalog/catalog.ts';
import { addActions, replaceValue } from '../../policy/amend.ts';
import { actionFor, callerKind, canUse } from '../../policy/fit.ts';
import type { ActionRef, Principal, Statement } from '../../policy/policy.ts';
import { defineRule, type Fix, fix, type Report } from '../rule.ts';

const assumed = ({ matches }: ActionRef): readonly TrustAction[] => matches.filter(({ assumes }) => assumes);

const callers = {
  aws: 'AWS identities',
  service: 'AWS services',
  saml: 'SAML providers',
  oidc: 'OIDC providers',
} as const;

const named = (principal: Principal): string => {
  const kind = callerKind(principal);
  return kind === undefined ? 'these principals' : callers[kind];
};

export const rule = defineRule({
  id: 'action-principal-mismatch',
  category: 'action',
  severity: 'error',
  *check({ statements }) {
    for (const statement of statements) {
      const { effect, principals, actions, open } = statement;
      const allowed = actions.flatMap(assumed);
      if (effect !== 'Allow' || allowed.length === 0 || principals.length === 0 || open.principals) continue;
      const useless = actions.filter((ref) => isUseless(ref, principals));
      for (const ref of useless) yield onAction(ref, statement, allowed);
      // A principal without its action is a second sight of the same slip.
      if (useless.length > 0 || open.actions) continue;
      for (const principal of principals)
        if (!allowed.some((action) => canUse(principal, action))) yield onPrincipal(principal, statement);
    }
  },
});

/** Whether an action is written out and no principal of the statement can use it. */
const isUseless = (ref: ActionRef, principals: readonly Principal[]): boolean => {
  const [action, ...others] = assumed(ref);
  const literal = others.length === 0 && action?.id.toLowerCase() === ref.pattern.toLowerCase();
  return literal && !principals.some((principal) => canUse(principal, action));
};

function onAction(ref: ActionRef, { principals }: Statement, allowed: readonly TrustAction[]): Report {
  const [first] = principals;
  const fitting = new Set(principals.flatMap((principal) => actionFor(principal) ?? []));
  const missing = [...fitting].filter((id) => !allowed.some((action) => action.id === id));
  const superfluous = missing.length === 0;
  const who = first ? named(first) : 'these principals';
  return {
    at: ref.node,
    severity: superfluous ? 'warning' : 'error',
    message: superfluous
      ? `${capital(who)} cannot use ${ref.pattern}, so it is of no use here. Take it out.`
      : `${capital(who)} cannot use ${ref.pattern}, so nobody can assume the role. Use ${missing.join(' and ')}.`,
    fixes: superfluous
      ? removal(ref)
      : missing.flatMap((id) => fix(`Change to "${id}"`, replaceValue(ref.node, id))),
    related: first ? [{ at: first.node, message: 'Who is trusted.' }] : [],
  };
}

function onPrincipal(principal: Principal, statement: Statement): Report {
  const id = actionFor(principal) ?? 'sts:AssumeRole';
  return {
    at: principal.node,
    message: `${capital(named(principal))} assume a role by ${id}, which this statement does not allow. Add it, or give them a statement of their own.`,
    fixes: fix(`Add "${id}"`, addActions(statement, [id])),
    related: statement.actions.slice(0, 1).map(({ node }) => ({ at: node, message: 'What is allowed.' })),
  };
}

const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);

const removal = ({ node }: ActionRef): readonly Fix[] =>
  node.parent?.kind === 'array' ? fix('Remove the action', [{ kind: 'remove', node }], true) : [];
