/**
 * Callers that two policies can tell apart: everybody whom one of them names, somebody of each account, and strangers.
 * What holds for them holds for everybody, unless the policies look at the ARN of a caller.
 */
import { isAccountId, parseArn } from '../policy/arn.ts';
import { accountOf } from '../policy/grants.ts';
import { isUnknown } from '../policy/known.ts';
import { partitionOf, writtenPartition } from '../policy/partition.ts';
import type { Policy, Principal } from '../policy/policy.ts';
import { principalsIn } from '../policy/read.ts';
import { roleNameOf } from '../policy/session.ts';
import { valueOf } from '../tree/walk.ts';
import type { WrittenCaller } from './caller.ts';

/** Nobody's account, unless a policy names it. */
const strangers = ['999999999999', '888888888888', '777777777777'] as const;
const services = [
  'ec2.amazonaws.com',
  'lambda.amazonaws.com',
  'ecs-tasks.amazonaws.com',
  'glue.amazonaws.com',
];

/** The callers to try for some policies, each once. */
export function callersFor(policies: readonly Policy[], roleAccount: string): readonly WrittenCaller[] {
  const named = policies.flatMap(principalsOf);
  const partition = policies.map(partitionOf).find((known) => known !== undefined) ?? 'aws';
  const accounts = [
    ...new Set([...named.flatMap((principal) => accountOf(principal) ?? []), ...accountsTested(policies)]),
  ];
  const stranger = strangers.find((account) => !accounts.includes(account)) ?? strangers[0];
  const texts = named.map(({ text }) => text);
  const service = services.find((host) => !texts.includes(host)) ?? 'example.amazonaws.com';
  // The widest first, since they show most plainly what a change does.
  const callers: readonly WrittenCaller[] = [
    ...[stranger, ...accounts].flatMap((account) => members(partition, account)),
    ...named.flatMap((principal) => callersNamed(principal)),
    ...arnsTested(policies, [...accounts, stranger]).flatMap((arn) => identity(arn)),
    ...named.flatMap((principal) =>
      principal.kind === 'account' && principal.account !== undefined
        ? members(writtenPartition(principal) ?? partition, principal.account)
        : [],
    ),
    { type: 'Service', value: service },
    ...['oidc-provider/example.com', 'saml-provider/Example'].map((name) => ({
      type: 'Federated' as const,
      value: `arn:${partition}:iam::${roleAccount}:${name}`,
    })),
  ];
  return [...new Map(callers.map((caller) => [JSON.stringify(caller), caller])).values()];
}

/** All that a policy names, by `Principal` or `NotPrincipal`. */
export const principalsOf = ({ statements }: Policy): readonly Principal[] =>
  statements.flatMap(({ node, principals }) => [
    ...principals,
    ...principalsIn(valueOf(node, 'NotPrincipal')),
  ]);

/** A user and a session of an account who are not named anywhere. */
const members = (partition: string, account: string): readonly WrittenCaller[] => [
  { type: 'AWS', arn: `arn:${partition}:iam::${account}:user/somebody` },
  sessionOf(`arn:${partition}:iam::${account}:role/some-role`, partition, account, 'some-role'),
];

const sessionOf = (issuer: string, partition: string, account: string, role: string): WrittenCaller => ({
  type: 'AWS',
  arn: `arn:${partition}:sts::${account}:assumed-role/${role}/some-session`,
  issuer,
});

function callersNamed(principal: Principal): readonly WrittenCaller[] {
  const { kind, text } = principal;
  if (isUnknown(text)) return [];
  switch (kind) {
    case 'user':
    case 'federatedUser':
    case 'session':
      return principal.account === undefined ? [] : [{ type: 'AWS', arn: text }];
    case 'role':
      return principal.account === undefined
        ? []
        : [sessionOf(text, principal.partition, principal.account, roleNameOf(principal))];
    case 'service':
      return [{ type: 'Service', value: text }];
    case 'oidc':
    case 'saml':
      return [{ type: 'Federated', value: text }];
    default:
      return [];
  }
}

const valuesOf = (policies: readonly Policy[], key: string): readonly string[] =>
  policies.flatMap(({ statements }) =>
    statements.flatMap(({ tests }) =>
      tests
        .filter((test) => test.key.toLowerCase() === key)
        .flatMap(({ values }) => values.map(({ text }) => text)),
    ),
  );

const accountsTested = (policies: readonly Policy[]): readonly string[] => [
  ...valuesOf(policies, 'aws:principalaccount').filter(isAccountId),
  ...valuesOf(policies, 'aws:principalarn').flatMap((text) => {
    const account = parseArn(text)?.account ?? '';
    return isAccountId(account) ? [account] : [];
  }),
];

/** ARNs that meet what is asked of the caller's, for each account that is left open. */
function arnsTested(policies: readonly Policy[], accounts: readonly string[]): readonly string[] {
  return valuesOf(policies, 'aws:principalarn').flatMap((text) => {
    const arn = isUnknown(text) ? undefined : parseArn(text);
    if (arn === undefined) return [];
    const resource = arn.resource.replaceAll('*', 'x').replaceAll('?', 'x');
    const partition = arn.partition.includes('*') ? 'aws' : arn.partition;
    return (isAccountId(arn.account) ? [arn.account] : accounts).map(
      (account) => `arn:${partition}:iam::${account}:${resource}`,
    );
  });
}

/** The caller that has an ARN: the user, or a session of the role. */
function identity(text: string): readonly WrittenCaller[] {
  const arn = parseArn(text);
  if (arn === undefined) return [];
  const name = arn.resource.split('/').at(-1) ?? '';
  if (arn.resource.startsWith('user/')) return [{ type: 'AWS', arn: text }];
  return arn.resource.startsWith('role/') ? [sessionOf(text, arn.partition, arn.account, name)] : [];
}
