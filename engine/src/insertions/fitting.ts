/** Whom a statement lets in and how, for insertions: who can send a key, and whether it is asked for already. */
import { conditionKeyNamed, type TrustAction } from '../catalog/catalog.ts';
import { isEffective, mayGuard } from '../policy/condition.ts';
import { canUse } from '../policy/fit.ts';
import type { Policy, Principal, Statement, Test } from '../policy/policy.ts';
import { callerNames, callerOf, presenceOf } from '../policy/presence.ts';
import { isUnknown } from '../policy/known.ts';

/** The kinds of callers that insertions tell apart. */
export type Caller = keyof typeof callerNames | 'saml' | 'oidc';

const kindsOf = (principal: Principal): readonly Caller[] => {
  const caller = callerOf(principal);
  if (caller !== 'federated') return [caller];
  return principal.kind === 'saml' || principal.kind === 'oidc'
    ? ['federated', principal.kind]
    : ['federated', 'saml', 'oidc'];
};

/** What is said of callers that a key is not for. */
const names = {
  ...callerNames,
  saml: 'SAML providers',
  oidc: 'OIDC providers',
} as const satisfies Record<Caller, string>;

/** Why a statement has callers that are not meant; nothing where all of them are, or may be. */
export function strangers({ principals, open }: Statement, meant: readonly Caller[]): string | undefined {
  if (principals.length === 0 && !open.principals) return 'The statement names no principal.';
  const stranger = principals.find((each) => !kindsOf(each).some((kind) => meant.includes(kind)));
  if (stranger === undefined) return undefined;
  const whom = meant.map((kind) => names[kind]).join(', ');
  return `This is for ${whom}; the statement lets in others.`;
}

/** The assume actions that the callers of a statement can use by it. */
export const assumedBy = ({ actions, principals }: Statement): readonly TrustAction[] => {
  const named = actions.flatMap(({ matches }) => matches.filter(({ assumes }) => assumes));
  return named.filter(
    (action) =>
      principals.every((each) => each.kind === 'unknown') || principals.some((each) => canUse(each, action)),
  );
};

/** Why some caller of a statement cannot send a key, so that it would be locked out; nothing where all may. */
export function lockedOut(statement: Statement, key: string): string | undefined {
  const without = statement.principals.find((principal) => presenceOf(key, principal) === 'no');
  if (without) return `Requests of ${without.text} do not carry ${key}.`;
  const carriers = conditionKeyNamed(key)?.actions;
  const assumed = assumedBy(statement);
  if (assumed.length === 0 && !statement.open.actions)
    return 'The statement allows nobody to assume the role.';
  const other = carriers && assumed.find(({ id }) => !carriers.includes(id));
  return other && `Requests for ${other.id} do not carry ${key}.`;
}

/** How a key is tested: the test, and whether it keeps anybody out. */
export interface Tested {
  readonly test: Test;
  readonly effective: boolean;
}

/** The first test of a key, effective ones before others; `key` may end in `/` for any name behind it. */
export function testedIn({ tests }: Statement, key: string): Tested | undefined {
  const name = key.toLowerCase();
  const isMeant = (test: Test): boolean =>
    name.endsWith('/') ? test.key.toLowerCase().startsWith(name) : test.key.toLowerCase() === name;
  const own = tests.filter((test) => isMeant(test) || mayGuard(test, name));
  const strong = own.find(
    (test) => isUnknown(test.key) || test.operator === undefined || isEffective(test, tests),
  );
  const [first] = own;
  if (strong) return { test: strong, effective: true };
  return first && { test: first, effective: false };
}

/** Whether a Deny keeps out callers without a key, for every principal of a statement. */
export function isDeniedWithout({ grants }: Policy, statement: Statement, key: string): boolean {
  const own = grants.filter((grant) => grant.statement === statement);
  return (
    own.length > 0 &&
    own.every(({ guards }) =>
      guards.some((guard) => guard.from === 'deny' && guard.key === key.toLowerCase()),
    )
  );
}
