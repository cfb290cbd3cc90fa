/** Who may do what, under which guards: the one notion of effective trust that all rules share. */
import type { TrustAction } from '../catalog/catalog.ts';
import { isEffective, isVacuous, mayGuard } from './condition.ts';
import { isUnknown } from './known.ts';
import type { ActionRef, Grant, Guard, Principal, Statement, Test } from './policy.ts';

/** Every edge of trust: each principal of each Allow statement that allows an assume action. */
export function grantsOf(statements: readonly Statement[]): readonly Grant[] {
  const denies = statements.filter(({ effect }) => effect === 'Deny');
  return statements
    .filter(({ effect }) => effect === 'Allow')
    .flatMap((statement) => {
      const actions = statement.actions.filter(({ matches }) => matches.some(({ assumes }) => assumes));
      if (actions.length === 0) return [];
      const own = guardsIn(statement);
      const open = statement.open.tests || statement.tests.some(isUnclear);
      return statement.principals.map((principal) => {
        const barring = denies.filter((deny) => bars(deny, principal, actions));
        const guards = [...own, ...barring.flatMap(guardsFromDeny)];
        return {
          statement,
          principal,
          actions,
          guards,
          open: open || barring.some((deny) => deny.open.tests),
        };
      });
    });
}

/** A test with an operator that IAM does not have, or an unknown one, may turn out to be anything. */
const isUnclear = (test: Test): boolean => test.operator === undefined || isUnknown(test.key);

const guardsIn = ({ tests }: Statement): readonly Guard[] =>
  tests
    .filter((test) => isEffective(test, tests))
    .map((test) => ({ key: test.key.toLowerCase(), test, from: 'allow' }));

/**
 * `Deny` unless a condition holds narrows like an Allow with that condition. Several tests are ANDed, which makes the
 * Deny narrower, so only a single one counts, besides the usual exemption of AWS services.
 */
function guardsFromDeny({ tests }: Statement): readonly Guard[] {
  const telling = tests.filter(({ key }) => key.toLowerCase() !== 'aws:principalisawsservice');
  const [test] = telling;
  if (telling.length !== 1 || test?.operator === undefined) return [];
  return barsTheRest(test) ? [{ key: test.key.toLowerCase(), test, from: 'deny' }] : [];
}

function barsTheRest({ operator, quantifier, values, key, ifExists }: Test): boolean {
  if (operator === undefined || quantifier === 'ForAnyValue') return false;
  const texts = values.map(({ text }) => text.toLowerCase());
  if (operator.negated) return !texts.some((text) => operator.wildcards && isVacuous(text));
  if (operator.type === 'null') return texts.length > 0 && texts.every((text) => text === 'true');
  // Only with IfExists does `false` catch callers without the key.
  return (
    key.toLowerCase() === 'aws:multifactorauthpresent' && ifExists && texts.every((text) => text === 'false')
  );
}

/** Whether a Deny statement covers a principal for all the actions that it was granted. */
function bars(deny: Statement, principal: Principal, actions: readonly ActionRef[]): boolean {
  const denied = assumed(deny.actions);
  const covers = deny.principals.some((other) => includes(other, principal));
  return covers && assumed(actions).every((action) => denied.includes(action));
}

const assumed = (actions: readonly ActionRef[]): readonly TrustAction[] =>
  actions.flatMap(({ matches }) => matches.filter(({ assumes }) => assumes));

/** Whether one principal stands for the other too. `*` under AWS is taken to mean AWS identities only. */
export function includes(wide: Principal, narrow: Principal): boolean {
  if (wide.kind === 'unknown' || narrow.kind === 'unknown') return false;
  if (wide.kind === 'anyone') return wide.bare || narrow.type === 'AWS' || narrow.kind === 'anyone';
  if (wide.kind === 'account') return wide.account !== undefined && accountOf(narrow) === wide.account;
  return wide.text === narrow.text && wide.type === narrow.type && !isUnknown(wide.text);
}

/** The AWS account that a principal belongs to, where it is known. Providers belong to the role's own account. */
export function accountOf(principal: Principal): string | undefined {
  switch (principal.kind) {
    case 'account':
    case 'role':
    case 'user':
    case 'session':
    case 'federatedUser':
      return principal.account;
    default:
      return undefined;
  }
}

/** The guards of a grant on a key; the name is compared without regard to case. */
export const guardsOn = (grant: Grant, key: string): readonly Guard[] =>
  grant.guards.filter((guard) => guard.key === key.toLowerCase());

/** Whether a grant is guarded by one of the keys, or may be by something that is not known. */
export function isGuarded(grant: Grant, ...keys: readonly string[]): boolean {
  return (
    grant.open ||
    keys.some(
      (key) =>
        guardsOn(grant, key).length > 0 ||
        grant.statement.tests.some((test) => mayGuard(test, key.toLowerCase())),
    )
  );
}

/** Every test of a statement on a key, effective or not. */
export const testsOn = (statement: Statement, key: string): readonly Test[] =>
  statement.tests.filter((test) => test.key.toLowerCase() === key.toLowerCase());

/** The assume actions that a grant allows. */
export const assumeActionsOf = (grant: Grant): ReadonlySet<TrustAction['id']> =>
  new Set(assumed(grant.actions).map(({ id }) => id));

/** Whether a grant allows the plain way to a session, which AWS identities and services take. */
export const allowsAssumeRole = (grant: Grant): boolean => assumeActionsOf(grant).has('sts:AssumeRole');
