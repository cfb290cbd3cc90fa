/** A call to AWS STS: what is asked for, by whom, and the context that comes with it. Reading checks all of it. */
import { trustActionsMatching } from '../catalog/catalog.ts';
import { isAccountId } from '../policy/arn.ts';
import { hasWildcard } from '../text/glob.ts';
import { type Caller, principalArnOf, readCaller, type Refusal, type WrittenCaller } from './caller.ts';

/** A request as users write it. */
export interface WrittenRequest {
  readonly action: string | readonly string[];
  readonly principal: WrittenCaller;
  readonly context?: Readonly<Record<string, string | readonly string[]>>;
}

/** A request that has been read. */
export interface AssumeRequest {
  /** The account that the role lies in; nothing where that is not known and decides nothing. */
  readonly roleAccount: string | undefined;
  /** In the letters that AWS uses. */
  readonly actions: readonly string[];
  readonly caller: Caller;
  /** By lower-cased key; what was given and what follows from the caller. A key without values is absent. */
  readonly context: ReadonlyMap<string, readonly string[]>;
  /** The keys that were not given but follow from the caller. */
  readonly derived: ReadonlySet<string>;
}

/** Reads a request from plain data, such as JSON. */
export function readRequest(value: unknown, roleAccount: string | undefined): AssumeRequest | Refusal {
  if (roleAccount !== undefined && !isAccountId(roleAccount))
    return { problem: `"${roleAccount}" is no account id: the account of the role has 12 digits.` };
  if (!isRecord(value)) return { problem: 'A request is an object with action, principal and context.' };
  const stranger = Object.keys(value).find((key) => !['action', 'principal', 'context'].includes(key));
  if (stranger !== undefined)
    return { problem: `A request has action, principal and context, but no "${stranger}".` };
  const actions = actionsOf(value['action']);
  if ('problem' in actions) return actions;
  const context = contextOf(value['context'] ?? {});
  if ('problem' in context) return context;
  const written = writtenCaller(value['principal']);
  if ('problem' in written) return written;
  const caller = readCaller(written, context.get('aws:userid')?.[0]?.split(':')[0]);
  if ('problem' in caller) return caller;
  const derived = [...derivedKeys(caller, roleAccount)].filter(([key]) => !context.has(key));
  return {
    roleAccount,
    actions,
    caller,
    context: new Map([...context, ...derived.map(([key, text]) => [key, [text]] as const)]),
    derived: new Set(derived.map(([key]) => key)),
  };
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isTexts = (values: readonly unknown[]): values is readonly string[] =>
  values.every((value) => typeof value === 'string');

function actionsOf(value: unknown): readonly string[] | Refusal {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  if (!isTexts(list) || list.length === 0 || !list.every(isActionName))
    return {
      problem:
        'The action is a name such as "sts:AssumeRole", or a list of names for a call that needs several.',
    };
  return list.map((action) => trustActionsMatching(action)[0]?.id ?? action);
}

/** A service and a name, without wildcards: a request is for one action, not for a pattern of them. */
function isActionName(text: string): boolean {
  const [service, name, ...rest] = text.split(':');
  return Boolean(service) && Boolean(name) && rest.length === 0 && !hasWildcard(text) && !text.includes(' ');
}

function contextOf(value: unknown): ReadonlyMap<string, readonly string[]> | Refusal {
  if (!isRecord(value)) return { problem: 'The context is an object: keys with a text or a list of texts.' };
  const context = new Map<string, readonly string[]>();
  for (const [key, given] of Object.entries(value)) {
    const values = (Array.isArray(given) ? given : [given]).map(textOf);
    if (!values.every((text) => text !== undefined))
      return { problem: `The context key "${key}" needs a text or a list of texts.` };
    if (context.has(key.toLowerCase()))
      return {
        problem: `The context has "${key}" twice: IAM takes upper and lower case of keys for the same.`,
      };
    context.set(key.toLowerCase(), values);
  }
  return context;
}

/** Numbers and booleans are texts to IAM. */
function textOf(value: unknown): string | undefined {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : undefined;
}

function writtenCaller(value: unknown): WrittenCaller | Refusal {
  if (!isRecord(value))
    return { problem: 'The principal is an object with type and arn, or type and value.' };
  const { type, arn, issuer, value: name } = value;
  if (type === 'AWS') {
    if (typeof arn !== 'string' || (issuer !== undefined && typeof issuer !== 'string'))
      return {
        problem: 'An AWS principal has an arn and, for role sessions, the ARN of the role as issuer.',
      };
    return { type, arn, ...(issuer !== undefined && { issuer }) };
  }
  if (type === 'Service' || type === 'Federated') {
    return typeof name === 'string' ? { type, value: name } : { problem: `A ${type} principal has a value.` };
  }
  return { problem: 'The type of a principal is AWS, Service or Federated.' };
}

const principalTypes = {
  user: 'User',
  account: 'Account',
  role: 'AssumedRole',
  session: 'AssumedRole',
  federatedUser: 'FederatedUser',
} as const;

const hasPrincipalType = (kind: string): kind is keyof typeof principalTypes =>
  Object.hasOwn(principalTypes, kind);

/**
 * What AWS puts into the context because of who calls.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principal-properties
 */
function* derivedKeys(
  caller: Caller,
  roleAccount: string | undefined,
): Generator<readonly [key: string, text: string]> {
  const { principal, account } = caller;
  if (roleAccount !== undefined) yield ['aws:resourceaccount', roleAccount];
  if (account !== undefined) yield ['aws:principalaccount', account];
  const arn = principalArnOf(caller);
  if (arn !== undefined) yield ['aws:principalarn', arn];
  if (hasPrincipalType(principal.kind)) yield ['aws:principaltype', principalTypes[principal.kind]];
  if (principal.kind === 'user') yield ['aws:username', principal.name.split('/').at(-1) ?? principal.name];
  if (principal.kind === 'account' && account !== undefined) yield ['aws:userid', account];
  if (principal.type !== 'Federated')
    yield ['aws:principalisawsservice', String(principal.kind === 'service')];
  if (principal.kind === 'service') yield ['aws:principalservicename', principal.host];
  if (principal.kind === 'oidc') yield ['aws:federatedprovider', principal.text];
  if (principal.kind === 'saml')
    yield ['saml:doc', `${principal.account ?? roleAccount ?? ''}/${principal.name}`];
}
