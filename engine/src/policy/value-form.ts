/** Whether texts have the forms that AWS gives to the values of condition keys. */
import { isAccountId, parseArn } from './arn.ts';

/** https://docs.aws.amazon.com/organizations/latest/APIReference/API_Organization.html */
export const isOrganizationId = (text: string): boolean => /^o-[a-z0-9]{10,32}$/.test(text);

/** https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
export const isExternalId = (text: string): boolean => /^[\w+=,.@:/\\-]{2,1224}$/.test(text);

/** A whole number of seconds, from one second on. */
export const isSeconds = (text: string): boolean => /^[1-9]\d{0,8}$/.test(text);

/** The name of an IAM role, with its path if it has one. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
export const isRoleName = (text: string): boolean => /^(?:[\w+=,.@-]+\/)*[\w+=,.@-]{1,64}$/.test(text);

/** The ARN of a role; patterns are none. */
export const isRoleArn = (text: string): boolean => {
  const arn = parseArn(text);
  return arn?.service === 'iam' && isAccountId(arn.account) && /^role\/[^*?]+$/.test(arn.resource);
};

/** An ARN that may hold wildcards behind its service. */
export const isArnPattern = (text: string): boolean => parseArn(text) !== undefined && !/\s/.test(text);

/** A network in CIDR notation, or a single address. */
export const isNetwork = (text: string): boolean => isNetworkOfFour(text) || isNetworkOfEight(text);

function isNetworkOfFour(text: string): boolean {
  const [, ...parts] = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})(?:\/(\d{1,2}))?$/.exec(text) ?? [];
  const [a, b, c, d, width = '0'] = parts;
  return parts.length > 0 && [a, b, c, d].every((part) => Number(part) <= 255) && Number(width) <= 32;
}

function isNetworkOfEight(text: string): boolean {
  const [address = '', width, ...rest] = text.split('/');
  const groups = address.split(':');
  const isShort = address.split('::').length === 2;
  return (
    rest.length === 0 &&
    (isShort ? groups.length <= 9 : groups.length === 8) &&
    groups.every((group) => /^[\da-f]{0,4}$/i.test(group)) &&
    (isShort || !groups.includes('')) &&
    (width === undefined || (/^\d{1,3}$/.test(width) && Number(width) <= 128))
  );
}

/** A date, or a date and time in UTC. */
export const isDate = (text: string): boolean =>
  /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?:T(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d)?Z)?$/.test(text);

/** https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html : a session name or source identity, or a pattern of such. */
export const isSessionPattern = (text: string): boolean =>
  /^(?:[\w+=,.@*?-]|\$\{[\w:/*?-]+\}){1,256}$/.test(text);

/** A key and a value of a tag, with an equals sign between them. */
export const tagIn = (text: string): { readonly key: string; readonly value: string } | undefined => {
  const parts = /^([^=]{1,128})=(.{0,256})$/.exec(text);
  return parts?.[1] === undefined || parts[2] === undefined ? undefined : { key: parts[1], value: parts[2] };
};
