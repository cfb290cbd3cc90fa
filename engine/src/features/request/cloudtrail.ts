/**
 * A CloudTrail event of a call that assumes a role, as a request. What an event does not record, such as the caller's
 * organization, is absent. https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html
 */
import { parseArn } from '../../policy/arn.ts';
import type { WrittenCaller } from '../../evaluate/caller.ts';
import {
  actionsWith,
  type Context,
  contextOfExtras,
  type Converted,
  type SessionExtras,
} from './conversion.ts';
import { isPlain, parsedJson, type Plain, plainIn, textIn, textsOf } from './plain.ts';

const calls = ['AssumeRole', 'AssumeRoleWithSAML', 'AssumeRoleWithWebIdentity'];

/** Whether a text is an event, or a list of them. */
export const eventIn = (text: string): Plain | undefined => eventsIn(parsedJson(text))[0];

/** Reads an event; of several the first that assumes a role counts. */
export function requestFromEvent(text: string): Converted {
  const event = eventIn(text);
  if (event === undefined)
    return {
      problem: 'This is no CloudTrail event of AssumeRole, AssumeRoleWithSAML or AssumeRoleWithWebIdentity.',
    };
  const identity = plainIn(event, 'userIdentity');
  const parameters = plainIn(event, 'requestParameters');
  const name = textIn(event, 'eventName') ?? '';
  const caller = callerIn(identity, parameters);
  if (caller === undefined)
    return { problem: 'The event does not say who called: it has no userIdentity that a policy could name.' };
  const role = textIn(parameters, 'roleArn');
  const roleAccount =
    (role === undefined ? undefined : parseArn(role)?.account) ?? textIn(event, 'recipientAccountId');
  const extras = extrasIn(parameters);
  return {
    request: {
      action: actionsWith(`sts:${name}`, extras),
      principal: caller.principal,
      context: {
        ...callContext(event),
        ...identityContext(identity, name),
        ...parameterContext(parameters, name),
        ...contextOfExtras(extras),
      },
    },
    ...(role !== undefined && { role }),
    ...(roleAccount !== undefined && { roleAccount }),
    notes: [
      ...caller.notes,
      'The event does not record everything that a policy sees: the caller’s organization and tags, for example, count as absent here.',
    ],
  };
}

/** A single event, a log file, or what `aws cloudtrail lookup-events` prints. */
function eventsIn(value: unknown): readonly Plain[] {
  if (Array.isArray(value)) return value.flatMap(eventsIn);
  if (!isPlain(value)) return [];
  const inner = value['Records'] ?? value['Events'];
  if (inner !== undefined) return eventsIn(inner);
  const written = textIn(value, 'CloudTrailEvent');
  if (written !== undefined) return eventsIn(parsedJson(written));
  return calls.includes(textIn(value, 'eventName') ?? '') ? [value] : [];
}

interface Found {
  readonly principal: WrittenCaller;
  readonly notes: readonly string[];
}

function callerIn(identity: Plain, parameters: Plain): Found | undefined {
  const arn = textIn(identity, 'arn');
  const account = textIn(identity, 'accountId');
  const known = (principal: WrittenCaller): Found => ({ principal, notes: [] });
  switch (textIn(identity, 'type')) {
    case 'AssumedRole': {
      const issuer = textIn(plainIn(plainIn(identity, 'sessionContext'), 'sessionIssuer'), 'arn');
      return arn === undefined
        ? undefined
        : known({ type: 'AWS', arn, ...(issuer !== undefined && { issuer }) });
    }
    case 'IAMUser':
    case 'Root':
    case 'FederatedUser':
    case 'Role':
      return arn === undefined ? undefined : known({ type: 'AWS', arn });
    case 'AWSAccount':
      return account === undefined
        ? undefined
        : ofOtherAccount(account, textIn(identity, 'principalId') ?? '');
    case 'AWSService': {
      const service = textIn(identity, 'invokedBy');
      return service === undefined ? undefined : known({ type: 'Service', value: service });
    }
    case 'WebIdentityUser':
    case 'SAMLUser': {
      const provider = textIn(identity, 'identityProvider') ?? textIn(parameters, 'principalArn');
      return provider === undefined
        ? undefined
        : known({ type: 'Federated', value: textIn(parameters, 'principalArn') ?? provider });
    }
    default:
      return undefined;
  }
}

/** In the role's account an event shows callers of other accounts by their unique ids only. */
function ofOtherAccount(account: string, principalId: string): Found {
  const [, session] = principalId.split(':');
  const note =
    'The event names only the account of the caller and its unique id, so a role or user of that account is assumed that no policy names.';
  const arn =
    session === undefined
      ? `arn:aws:iam::${account}:user/${principalId || 'unknown'}`
      : `arn:aws:sts::${account}:assumed-role/${principalId.split(':')[0] ?? 'unknown'}/${session}`;
  return { principal: { type: 'AWS', arn }, notes: [note] };
}

/** What every call carries. */
function callContext(event: Plain): Context {
  const address = textIn(event, 'sourceIPAddress');
  const region = textIn(event, 'awsRegion');
  const agent = textIn(event, 'userAgent');
  const time = textIn(event, 'eventTime');
  const endpoint = textIn(event, 'vpcEndpointId');
  return {
    ...(address !== undefined && isAddress(address) && { 'aws:SourceIp': address }),
    ...(region !== undefined && { 'aws:RequestedRegion': region }),
    ...(agent !== undefined && { 'aws:UserAgent': agent }),
    ...(time !== undefined && { 'aws:CurrentTime': time }),
    ...(endpoint !== undefined && { 'aws:SourceVpce': endpoint }),
    'aws:SecureTransport': 'true',
  };
}

/** Services stand in the same place by their names. */
const isAddress = (text: string): boolean => {
  const parts = text.split('.');
  return (
    text.includes(':') || (parts.length === 4 && parts.every((part) => part !== '' && Number(part) < 256))
  );
};

/** What follows from who called. Long-term credentials never say anything of MFA. */
function identityContext(identity: Plain, name: string): Context {
  const session = plainIn(identity, 'sessionContext');
  const { mfaAuthenticated, creationDate }: Plain = plainIn(session, 'attributes');
  const id = textIn(identity, 'principalId');
  const isTemporary = typeof mfaAuthenticated === 'string' || typeof mfaAuthenticated === 'boolean';
  const source = textIn(session, 'sourceIdentity');
  return {
    ...(isTemporary && { 'aws:MultiFactorAuthPresent': String(mfaAuthenticated) }),
    ...(typeof creationDate === 'string' && { 'aws:TokenIssueTime': creationDate }),
    ...(source !== undefined && { 'aws:SourceIdentity': source }),
    ...(id !== undefined &&
      name === 'AssumeRole' &&
      textIn(identity, 'type') !== 'AWSService' && { 'aws:userid': id }),
    ...federatedContext(identity, id ?? ''),
  };
}

/** The id of a federated user is made of what the token or assertion said. */
function federatedContext(identity: Plain, id: string): Context {
  const provider = textIn(identity, 'identityProvider') ?? '';
  if (textIn(identity, 'type') === 'SAMLUser') {
    const [qualifier = '', ...subject] = id.split(':');
    return { 'saml:namequalifier': qualifier, 'saml:sub': textIn(identity, 'userName') ?? subject.join(':') };
  }
  if (textIn(identity, 'type') !== 'WebIdentityUser') return {};
  const mark = 'oidc-provider/';
  const at = provider.indexOf(mark);
  const name = at < 0 ? provider : provider.slice(at + mark.length);
  const subject = textIn(identity, 'userName');
  const audience = between(id, `${provider}:`, `:${subject ?? ''}`);
  return {
    ...(audience !== undefined && { [`${name}:aud`]: audience }),
    ...(subject !== undefined && { [`${name}:sub`]: subject }),
  };
}

const between = (text: string, start: string, end: string): string | undefined =>
  text.startsWith(start) && text.endsWith(end) && text.length > start.length + end.length
    ? text.slice(start.length, -end.length)
    : undefined;

/** What the caller passed along. A code of an MFA device is MFA, whatever the credentials. */
function parameterContext(parameters: Plain, name: string): Context {
  const externalId = textIn(parameters, 'externalId');
  const session = textIn(parameters, 'roleSessionName');
  const mfa = name === 'AssumeRole' && textIn(parameters, 'serialNumber') !== undefined;
  return {
    ...(externalId !== undefined && { 'sts:ExternalId': externalId }),
    ...(session !== undefined && { 'sts:RoleSessionName': session }),
    ...(mfa && { 'aws:MultiFactorAuthPresent': 'true' }),
  };
}

function extrasIn(parameters: Plain): SessionExtras {
  const principalTags = plainIn(parameters, 'principalTags');
  const list: readonly unknown[] = Array.isArray(parameters['tags']) ? parameters['tags'] : [];
  const sourceIdentity = textIn(parameters, 'sourceIdentity');
  const tags = [
    ...Object.entries(principalTags).map(([key, value]) => [key, String(value)] as const),
    ...list.flatMap((tag) => {
      const [key, value] = [textIn(tag, 'key'), textIn(tag, 'value') ?? ''];
      return key === undefined ? [] : [[key, value] as const];
    }),
  ];
  return {
    tags,
    transitive: textsOf(parameters['transitiveTagKeys']),
    ...(sourceIdentity !== undefined && { sourceIdentity }),
  };
}
