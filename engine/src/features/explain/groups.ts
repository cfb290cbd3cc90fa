/** Who can assume a role, counted by kind: what the line above a policy says. Rests on the grants that rules judge, too. */
import { oidcProviderFor, trustActions } from '../../catalog/catalog.ts';
import { isWayIn } from '../../policy/fit.ts';
import { demandsKey } from '../../policy/demand.ts';
import { assumeActionsOf, guardsOn } from '../../policy/grants.ts';
import { isUnknown } from '../../policy/known.ts';
import { claimTest, isGitHub } from '../../policy/oidc.ts';
import type { Grant, Guard, Policy } from '../../policy/policy.ts';
import { presenceOf } from '../../policy/presence.ts';
import { isNarrowed, strengthOf } from '../../policy/strength.ts';
import { memberOf } from '../../tree/walk.ts';
import { asText } from './phrase.ts';
import { speak, spokenOf } from './unknown.ts';
import { repositoriesOf } from './subject.ts';
import { describeCaller } from './caller.ts';

/** The kinds of callers, in the order in which they are named. */
const kinds = {
  everyone: ['everyone in AWS', ''],
  arns: ['principals by ARN', ''],
  narrowed: ['everyone in AWS under conditions', ''],
  excluded: ['everybody but some', ''],
  service: ['service', 'services'],
  organization: ['organization', 'organizations'],
  account: ['account', 'accounts'],
  role: ['role', 'roles'],
  user: ['user', 'users'],
  session: ['session', 'sessions'],
  federatedUser: ['federated user', 'federated users'],
  repository: ['GitHub repository', 'GitHub repositories'],
  repositories: ['GitHub repositories by pattern', ''],
  workflows: ['GitHub by other claims', ''],
  github: ['all of GitHub', ''],
  oidc: ['OIDC provider', 'OIDC providers'],
  saml: ['SAML provider', 'SAML providers'],
  unknown: ['unknown caller', 'unknown callers'],
} as const satisfies Readonly<Record<string, readonly [one: string, many: string]>>;

export type CallerKind = keyof typeof kinds;

/** Callers of one kind. */
export interface CallerGroup {
  readonly kind: CallerKind;
  /** What they are called, each once. */
  readonly names: readonly string[];
}

interface Named {
  readonly kind: CallerKind;
  readonly name: string;
}

/** The callers that a policy lets in, by kind. */
export function callerGroups(policy: Policy): readonly CallerGroup[] {
  const found = [...policy.grants.filter(canBeUsed).flatMap(callersOf), ...openCallers(policy)];
  return Object.keys(kinds)
    .filter(isKind)
    .map((kind) => ({
      kind,
      names: [...new Set(found.filter((each) => each.kind === kind).map(({ name }) => name))],
    }))
    .filter(({ names }) => names.length > 0);
}

const isKind = (text: string): text is CallerKind => Object.hasOwn(kinds, text);

/** The groups in one line: `1 service · 2 accounts`. */
export const groupsInWords = (groups: readonly CallerGroup[]): string =>
  groups.length === 0 ? 'nobody' : groups.map(groupInWords).join(' · ');

function groupInWords({ kind, names }: CallerGroup): string {
  const [one, many] = kinds[kind];
  if (many === '') return one;
  return names.length === 1 ? `1 ${one}` : `${names.length} ${many}`;
}

/** Whether any request can use a grant: with an action for its principal, and without a key that such requests lack. */
function canBeUsed(grant: Grant): boolean {
  const { principal, statement } = grant;
  const ways = trustActions().filter(({ assumes }) => assumes);
  const allowed = assumeActionsOf(grant);
  if (!ways.some((action) => allowed.has(action.id) && isWayIn(principal, action))) return false;
  return !statement.tests.some((test) => demandsKey(test) && presenceOf(test.key, principal) === 'no');
}

function callersOf(grant: Grant): readonly Named[] {
  const { principal } = grant;
  switch (principal.kind) {
    case 'anyone':
      return anyone(grant);
    case 'account':
      return [{ kind: 'account', name: principal.account ?? describe(grant) }];
    case 'service':
    case 'role':
    case 'user':
    case 'session':
    case 'federatedUser':
    case 'saml':
      return [{ kind: principal.kind, name: describe(grant) }];
    case 'oidc':
      return federated(grant);
    case 'unknown':
      return principal.type === 'Federated' ? federated(grant) : [{ kind: 'unknown', name: describe(grant) }];
    case 'canonicalUser':
    case 'malformed':
    case 'uniqueId':
      return [];
  }
}

const describe = ({ principal }: Grant): string => asText(describeCaller(principal));

/** Everyone is somebody in particular where a condition says so. */
function anyone(grant: Grant): readonly Named[] {
  for (const [key, kind] of [
    ['aws:PrincipalOrgID', 'organization'],
    ['aws:PrincipalAccount', 'account'],
    ['aws:PrincipalArn', 'arns'],
  ] as const) {
    const guard = guardsOn(grant, key).find((each) => strengthOf(each) === 'strong');
    if (guard)
      return guard.test.values.map(({ text, node }) => ({
        kind: isUnknown(text) ? 'unknown' : kind,
        name: asText(speak(spokenOf(text, node, 'value'))),
      }));
  }
  return [{ kind: isNarrowed(grant) ? 'narrowed' : 'everyone', name: '*' }];
}

/** Federated users; where an expression stands for the provider, the keys of the conditions tell whose they are. */
function federated(grant: Grant): readonly Named[] {
  const { principal, guards } = grant;
  const issuer =
    principal.kind === 'oidc' && !isUnknown(principal.issuer)
      ? principal.issuer
      : guards.map(({ test }) => claimTest(test)?.issuer).find((each) => each !== undefined);
  if (issuer === undefined) return [{ kind: 'unknown', name: describe(grant) }];
  const provider = oidcProviderFor(issuer);
  if (!isGitHub(provider)) return [{ kind: 'oidc', name: provider?.name ?? issuer }];
  const [subject] = guardsOn(grant, `${issuer}:sub`);
  if (subject) return repositoriesIn(subject);
  const isOther = guards.some(
    ({ key, test }) =>
      key !== `${issuer}:aud`.toLowerCase() && strengthOf({ key, test, from: 'allow' }) === 'strong',
  );
  return [{ kind: isOther ? 'workflows' : grant.open ? 'unknown' : 'github', name: describe(grant) }];
}

function repositoriesIn({ test }: Guard): readonly Named[] {
  const { named, open, unknown } = repositoriesOf(test);
  return [
    ...named.map((name) => ({ kind: 'repository', name }) as const),
    ...open.map((phrase) => ({ kind: 'repositories', name: asText(phrase) }) as const),
    ...unknown.map((phrase) => ({ kind: 'unknown', name: asText(phrase) }) as const),
    ...(test.open ? [{ kind: 'unknown', name: test.key } as const] : []),
  ];
}

/** Callers of whom only the place is known. */
const openCallers = ({ statements }: Policy): readonly Named[] =>
  statements
    .filter(({ effect }) => effect === 'Allow')
    .flatMap(({ open, node, index }): readonly Named[] => {
      if (memberOf(node, 'NotPrincipal') && !memberOf(node, 'Principal'))
        return [{ kind: 'excluded', name: String(index) }];
      return open.principals && !hasOpaquePrincipal(node)
        ? [{ kind: 'unknown', name: `statement ${index + 1}` }]
        : [];
    });

/** An expression in a list of principals is a principal of its own, which is counted already. */
const hasOpaquePrincipal = (node: Policy['node']): boolean => {
  const principal = memberOf(node, 'Principal')?.value;
  return principal?.kind === 'object' && principal.members.every(({ key }) => key.value !== undefined);
};
