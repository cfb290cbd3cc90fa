/** What an answer must not keep quiet about: what other policies decide, and what AWS does apart from any policy. */
import { conditionKeyNamed, stsActionNamed, trustActions } from '../catalog/catalog.ts';
import { callerKind } from '../policy/fit.ts';
import { presenceOf } from '../policy/presence.ts';
import type { Policy, Principal } from '../policy/policy.ts';
import { principalArnOf } from './caller.ts';
import type { AssumeRequest } from './request.ts';
import { applies, type Ruling } from './statement.ts';

/** The notes on a request, the most general last. */
export function notesOn(
  policy: Policy,
  request: AssumeRequest,
  rulings: readonly Ruling[],
): readonly string[] {
  return [
    ...callerNotes(request),
    ...actionNotes(request),
    ...keyNotes(policy, request),
    ...undocumentedNotes(request, rulings),
    ...permissionNotes(request, rulings),
    'Service and resource control policies, permissions boundaries and session policies can still deny the call; a trust policy does not show them.',
  ];
}

/** https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
function* callerNotes({ caller, roleAccount, derived }: AssumeRequest): Generator<string> {
  const { principal, issuer } = caller;
  if (principal.kind === 'account')
    yield 'AWS STS refuses AssumeRole to root users, whatever the policy says.';
  if (principal.kind === 'federatedUser')
    yield 'A session of GetFederationToken may call no action of AWS STS but GetCallerIdentity.';
  if (principal.kind === 'session' && issuer === undefined && derived.has('aws:principalarn'))
    yield `The role of the session was not given as issuer, so aws:PrincipalArn is taken to be ${principalArnOf(caller) ?? ''}, a role without a path.`;
  if (
    (principal.kind === 'oidc' || principal.kind === 'saml') &&
    principal.account !== undefined &&
    roleAccount !== undefined &&
    principal.account !== roleAccount
  )
    yield `The provider lies in account ${principal.account}: AWS STS looks for it in the account of the role, ${roleAccount}.`;
}

function* actionNotes({ caller, actions }: AssumeRequest): Generator<string> {
  const kind = callerKind(caller.principal);
  const known = trustActions().filter(({ id }) => actions.includes(id));
  for (const action of actions.filter((id) => stsActionNamed(id)?.trust !== true))
    yield `${action} has no meaning in a trust policy.`;
  for (const { id } of known.filter(({ principals }) => kind !== undefined && !principals.includes(kind)))
    yield `This kind of caller cannot call ${id}, so the request cannot occur.`;
  if (known.length > 0 && !known.some(({ assumes }) => assumes))
    yield 'No call is made of these actions alone: they come along with an action that assumes the role.';
}

/** Keys that AWS always sends count as absent where the request leaves them out; those that it never sends, as given. */
function keyNotes({ statements }: Policy, { caller, context, derived }: AssumeRequest): readonly string[] {
  const tested = new Set(
    statements
      .flatMap(({ tests }) => tests.map(({ key }) => key))
      .map((key) => conditionKeyNamed(key)?.id ?? key),
  );
  return [...tested].flatMap((key) => {
    const presence = presenceOf(key, caller.principal);
    const isGiven = context.has(key.toLowerCase());
    if (presence === 'yes' && !isGiven)
      return [
        `The request has no ${key}, although AWS sends it with every such call: it counts as absent here.`,
      ];
    return presence === 'no' && isGiven && !derived.has(key.toLowerCase())
      ? [`AWS sends no ${key} with such a call, so the request cannot occur.`]
      : [];
  });
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-anonymous */
function undocumentedNotes({ caller }: AssumeRequest, rulings: readonly Ruling[]): readonly string[] {
  const isBroad = ({ kind, type }: Principal): boolean => kind === 'anyone' && type === 'AWS';
  return caller.principal.type !== 'AWS' &&
    rulings.some(({ statement }) => statement.principals.some(isBroad))
    ? ['AWS does not say whether "AWS": "*" covers services and identity providers, too: here it does not.']
    : [];
}

/**
 * Whose own policies must allow the call, too.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic-cross-account.html
 */
function permissionNotes(request: AssumeRequest, rulings: readonly Ruling[]): readonly string[] {
  const { caller, roleAccount, actions } = request;
  const granting = rulings.find(
    (ruling) =>
      ruling.statement.effect === 'Allow' && actions.some((_, action) => applies(ruling, action) === 'yes'),
  );
  if (granting === undefined || caller.account === undefined) return [];
  const isNamedItself = granting.concern.principal?.kind !== 'account';
  if (roleAccount === undefined && isNamedItself)
    return [
      `Unless the role lies in account ${caller.account}, too, the caller's own policies must allow ${actions.join(' and ')} on it.`,
    ];
  if (roleAccount !== undefined && caller.account !== roleAccount)
    return [
      `The caller is of another account, so its own policies must allow ${actions.join(' and ')} on the role, too.`,
    ];
  if (!isNamedItself)
    return [
      `The account is trusted as a whole, so the caller's own policies must allow ${actions.join(' and ')} on the role.`,
    ];
  return ['Caller and role are of one account, so no policy of the caller has to allow the call.'];
}
