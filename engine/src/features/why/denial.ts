/**
 * A message by which AWS refused a call, or the CloudTrail event of it: who called, which action, which role, and what
 * the message says of the policy that refused. https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
 */
import { denialsIn } from '../../catalog/catalog.ts';
import type { DenialMessage } from '../../catalog/entries.gen.ts';
import type { WrittenRequest } from '../../evaluate/request.ts';
import { parseArn } from '../../policy/arn.ts';
import { eventIn, requestFromEvent } from '../request/cloudtrail.ts';
import { textIn } from '../request/plain.ts';

/** The kinds of policies that a message can name, as it names them. */
const policyKinds = [
  'identity-based policy',
  'permissions boundary',
  'resource control policy',
  'resource-based policy',
  'service control policy',
  'session policy',
  'VPC endpoint policy',
] as const;
export type PolicyKind = (typeof policyKinds)[number];

/** What is known of a refused call. */
export interface Denial {
  readonly caller?: string;
  readonly action?: string;
  readonly role?: string;
  /** The policy that refused, where the message says which. */
  readonly refusedBy?: { readonly policy: PolicyKind; readonly explicit: boolean };
  /** Refusals that have nothing to do with permissions. */
  readonly known: readonly DenialMessage[];
  /** The whole call, where an event tells it. */
  readonly request?: WrittenRequest;
}

/** Reads a message or an event; nothing where it is neither. */
export function readDenial(text: string): Denial | undefined {
  const event = eventIn(text);
  if (event === undefined) return readMessage(text);
  const message = readMessage(`${textIn(event, 'errorCode') ?? ''} ${textIn(event, 'errorMessage') ?? ''}`);
  const converted = requestFromEvent(text);
  if ('problem' in converted) return message;
  const { request, role } = converted;
  const { action } = request;
  return {
    known: [],
    ...message,
    action: typeof action === 'string' ? action : (action[0] ?? 'sts:AssumeRole'),
    ...(request.principal.type === 'AWS' && { caller: request.principal.arn }),
    ...(role !== undefined && { role }),
    request,
  };
}

function readMessage(text: string): Denial | undefined {
  const words = ['\n', '\r', '\t'].reduce((line, space) => line.split(space).join(' '), text);
  const line = words
    .split(' ')
    .filter((word) => word !== '')
    .join(' ');
  const caller = wordBehind(line, 'User: ');
  const action = wordBehind(line, 'authorized to perform: ') ?? wordBehind(line, 'authorized to perform ');
  const role = wordBehind(line, 'on resource: ');
  const known = denialsIn(line);
  if (action?.startsWith('sts:') !== true && known.length === 0) return undefined;
  const refusedBy = refusalIn(line);
  return {
    known,
    ...(caller !== undefined && parseArn(caller) && { caller }),
    ...(action?.startsWith('sts:') === true && { action }),
    ...(role !== undefined && { role }),
    ...(refusedBy && { refusedBy }),
  };
}

/** The word behind a text, without the signs that end or quote it. */
function wordBehind(line: string, text: string): string | undefined {
  const at = line.indexOf(text);
  if (at < 0) return undefined;
  let [word = ''] = line.slice(at + text.length).split(' ');
  while (word !== '' && ['.', ',', '"', "'", ')', ';'].includes(word.slice(-1))) word = word.slice(0, -1);
  while (word.startsWith('"') || word.startsWith("'")) word = word.slice(1);
  return word === '' ? undefined : word;
}

function refusalIn(line: string): Denial['refusedBy'] {
  const explicit = line.indexOf('explicit deny in ');
  const implicit = line.indexOf('because no ');
  const at = explicit >= 0 ? explicit : implicit;
  if (at < 0) return undefined;
  const policy = policyKinds.find((kind) => line.slice(at, at + 60).includes(kind));
  return policy && { policy, explicit: explicit >= 0 };
}
