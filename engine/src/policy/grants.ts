/** Who may do what, under which guards: the one notion of effective trust that all rules share. */
import type { TrustAction } from '../catalog/catalog.ts';
import { valueOf } from '../tree/walk.ts';
import { allOf, type Certainty } from './certainty.ts';
import { hasKnownValues, isEffective, isVacuous, mayGuard } from './condition.ts';
import { isWayIn } from './fit.ts';
import { isUnknown, knownText } from './known.ts';
import type { ActionRef, Grant, Guard, Policy, Principal, Statement, Test } from './policy.ts';

/**
 * Every edge of trust: each principal of each Allow statement that allows an assume action, unless a Deny without
 * conditions takes it back.
 * @param before an earlier version of the policy, whose statements may be among these
 */
export function grantsOf(
  statements: readonly Statement[],
  before?: Pick<Policy, 'statements' | 'grants'>,
): readonly Grant[] {
  const others = statements.filter(mayDeny);
  const former = before?.statements.filter(mayDeny) ?? [];
  const same = former.length === others.length && former.every((other, index) => other === others[index]);
  const known = before && same ? grantsByStatement(before.grants) : undefined;
  return statements
    .filter(({ effect }) => effect === 'Allow')
    .flatMap((statement) => known?.get(statement) ?? grantsBy(statement, others));
}

function grantsBy(statement: Statement, others: readonly Statement[]): readonly Grant[] {
  const actions = statement.actions.filter(({ matches }) => matches.some(({ assumes }) => assumes));
  if (actions.length === 0) return [];
  const own = guardsIn(statement);
  const open = statement.open.tests || statement.tests.some(isUnclear);
  return statement.principals.flatMap((principal) => {
    const barring = others.filter((deny) => bears(deny, principal, actions) === 'yes');
    if (barring.some(isTotal)) return [];
    const guards = [...own, ...barring.flatMap(guardsFromDeny)];
    const unseen =
      barring.some(mayBarMore) || others.some((deny) => bears(deny, principal, actions) === 'maybe');
    return [{ statement, principal, actions, guards, open: open || unseen }];
  });
}

/** Whether a Deny has no conditions at all. */
const isTotal = ({ tests, open }: Statement): boolean => tests.length === 0 && !open.tests;

/** Whether what is unknown of a Deny's conditions may make them a guard that is not seen. */
const mayBarMore = ({ tests, open }: Statement): boolean =>
  open.tests ||
  tests.some(
    (test) =>
      isUnclear(test) ||
      (test.operator?.negated === false && test.values.some(({ text }) => isUnknown(text))),
  );

/** A test of which the operator, the key or whether it demands or forbids the key is not known may be anything. */
const isUnclear = (test: Test): boolean =>
  test.operator === undefined ||
  isUnknown(test.key) ||
  (test.operator.type === 'null' && !hasKnownValues(test));

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

/** Whether a statement denies a principal all the actions that it was granted. */
function bears(deny: Statement, principal: Principal, actions: readonly ActionRef[]): Certainty {
  return allOf([denies(deny), coversPrincipal(deny, principal), coversActions(deny, actions, principal)]);
}

function denies({ effect, node }: Statement): Certainty {
  if (effect !== undefined) return effect === 'Deny' ? 'yes' : 'no';
  const written = valueOf(node, 'Effect');
  return written?.kind === 'opaque' || isUnknown(knownText(written, 'principal') ?? '') ? 'maybe' : 'no';
}

/** Whether a statement denies, or may as far as the text tells: only then does it bear on what others allow. */
export const mayDeny = (statement: Statement): boolean => denies(statement) !== 'no';

/** Whether a Deny takes back, for certain and whatever the request, all that a statement allows. */
export const takesBack = (deny: Statement, { principals, actions, open }: Statement): boolean => {
  const assuming = actions.filter(({ matches }) => matches.some(({ assumes }) => assumes));
  return (
    isTotal(deny) &&
    assuming.length > 0 &&
    principals.length > 0 &&
    !open.principals &&
    !open.actions &&
    principals.every((principal) => bears(deny, principal, assuming) === 'yes')
  );
};

function coversPrincipal({ principals, open }: Statement, principal: Principal): Certainty {
  if (principals.some((other) => includes(other, principal))) return 'yes';
  // An unknown name may be this one's, but only what is unknown as a whole may be everybody.
  const mayBe = ({ kind, text }: Principal): boolean =>
    kind === 'unknown' || (isUnknown(text) && principal.kind !== 'anyone');
  return open.principals || principals.some(mayBe) ? 'maybe' : 'no';
}

function coversActions(deny: Statement, actions: readonly ActionRef[], principal: Principal): Certainty {
  const denied = assumed(deny.actions);
  // The other ways in are none for this principal.
  const granted = assumed(actions);
  const usable = granted.filter((action) => isWayIn(principal, action));
  if ((usable.length > 0 ? usable : granted).every((action) => denied.includes(action))) return 'yes';
  return deny.open.actions || deny.actions.some(({ pattern }) => isUnknown(pattern)) ? 'maybe' : 'no';
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

/** The grants by the statement that makes them; statements that make none are left out. */
export function grantsByStatement(grants: readonly Grant[]): ReadonlyMap<Statement, readonly Grant[]> {
  const groups = new Map<Statement, Grant[]>();
  for (const grant of grants) {
    const group = groups.get(grant.statement);
    if (group) group.push(grant);
    else groups.set(grant.statement, [grant]);
  }
  return groups;
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
