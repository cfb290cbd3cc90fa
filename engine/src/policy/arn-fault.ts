/** What is wrong with an account id, and with an ARN that stands where an AWS principal should. */
import { type Arn, isAccountId, parseArn } from './arn.ts';
import { isStandInWord, isUnknown } from './known.ts';
import type { PrincipalFault } from './policy.ts';

/** A fault with what was probably meant, if that can be told. */
export const faultWith = (
  kind: 'account-id' | 'format' | 'unknown-service',
  repaired: string | undefined,
): PrincipalFault => (repaired === undefined ? { kind } : { kind, repaired });

/** The fault of a text that is meant as an account id: leading zeros are lost in numbers, the console sets hyphens. */
export function accountIdFault(text: string): PrincipalFault {
  const digits = text.replace(/[\s-]/g, '');
  return faultWith('account-id', /^\d{9,12}$/.test(digits) ? digits.padStart(12, '0') : undefined);
}

/** Whether the account field of an ARN is meant as an id and is none. */
export const hasWrongAccount = ({ account }: Arn): boolean =>
  !isAccountId(account) && !isUnknown(account) && !isStandInWord(account);

/** The fault of a text that begins like an ARN, under `AWS`. */
export function awsArnFault(text: string): PrincipalFault | undefined {
  const arn = parseArn(text);
  if (arn?.service === 'iam' && arn.resource.startsWith('group/'))
    return isAccountId(arn.account) ? { kind: 'group', account: arn.account } : { kind: 'group' };
  if (isUnknown(text)) return undefined;
  if (arn === undefined || !isOfIdentities(arn)) return arnFault(text, arn);
  if (hasWrongAccount(arn)) return accountFault(arn);
  return isPrincipal(arn) ? undefined : arnFault(text, arn);
}

function arnFault(text: string, arn: Arn | undefined): PrincipalFault {
  const meant = repaired(text);
  if (meant !== undefined) return { kind: 'arn', repaired: meant };
  return arn === undefined ? { kind: 'arn' } : { kind: 'arn', service: arn.service };
}

/** The ARN with a mended account, where the account can be mended. */
function accountFault(arn: Arn): PrincipalFault {
  const fault = accountIdFault(arn.account);
  if (fault.kind !== 'account-id' || fault.repaired === undefined) return fault;
  return { kind: 'account-id', repaired: arnText({ ...arn, account: fault.repaired }) };
}

const arnText = ({ partition, service, region, account, resource }: Arn): string =>
  ['arn', partition, service, region, account, resource].join(':');

const isOfIdentities = ({ partition, service, region }: Arn): boolean =>
  partition !== '' && region === '' && (service === 'iam' || service === 'sts');

const isPrincipal = ({ service, resource }: Arn): boolean =>
  (service === 'iam'
    ? /^(?:root|(?:user|role)\/(?:[^/]+\/)*[^/\s]+)$/
    : /^(?:assumed-role\/[^/]+\/|federated-user\/)[^/\s]+$/
  ).test(resource);

/** The principal's ARN that a wrong one is closest to: fields out of place, the other service, the other case. */
function repaired(text: string): string | undefined {
  const trimmed = text.trim();
  const fields = /^arn:([a-z-]*):(iam|sts):(?:[a-z0-9-]*:)??:?(\d{12})[:/](.+)$/i.exec(trimmed);
  const [, partition, , account, rest] = fields ?? [];
  if (partition === undefined || account === undefined || rest === undefined) return undefined;
  const resource = resourceMeant(rest);
  const service = /^(?:assumed-role|federated-user)\//.test(resource) ? 'sts' : 'iam';
  const arn = {
    partition: partition === '' ? 'aws' : partition.toLowerCase(),
    service,
    region: '',
    account,
    resource,
  };
  return isPrincipal(arn) ? arnText(arn) : undefined;
}

/** An instance profile usually has the name of its role. */
function resourceMeant(rest: string): string {
  const kind = /^(?:root$|[a-z-]+\/)/i.exec(rest)?.[0] ?? '';
  const lower = kind.toLowerCase();
  return (lower === 'instance-profile/' ? 'role/' : lower) + rest.slice(kind.length);
}
