/**
 * Principal text to Principal. What is known decides: an ARN whose account is an expression still names a role.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
import { oidcProviderFor } from '../catalog/catalog.ts';
import type { Node } from '../tree/tree.ts';
import { type Arn, isAccountId, parseArn } from './arn.ts';
import { isIssuer, isSamlName } from './federated.ts';
import { isStandInWord, isUnknown, knownText } from './known.ts';
import type { Principal, PrincipalType } from './policy.ts';
import { faultOf } from './principal-fault.ts';

interface Written {
  readonly node: Node;
  readonly type?: PrincipalType;
  readonly text: string;
}

/** What is read as one of these under `AWS` has nothing wrong in its form. */
const wellFormed: ReadonlySet<Principal['kind']> = new Set([
  'account',
  'anyone',
  'federatedUser',
  'role',
  'session',
  'user',
] as const);

/** Reads one value under a principal type; a value that is no text at all is malformed, an expression unknown. */
export function readPrincipal(node: Node, type: PrincipalType): Principal {
  const principal = readValue(node, type);
  if (type === 'AWS' && wellFormed.has(principal.kind)) return principal;
  const fault = faultOf(node, type, principal.text);
  return fault ? { ...principal, fault } : principal;
}

function readValue(node: Node, type: PrincipalType): Principal {
  const text = knownText(node, 'principal');
  if (text === undefined) {
    const written = node.kind === 'number' ? node.text : '';
    return { kind: node.kind === 'opaque' ? 'unknown' : 'malformed', node, type, text: written };
  }
  const written = { node, type, text };
  switch (type) {
    case 'AWS':
      return readAws(written);
    case 'Service':
      return isUnknown(text) ? { ...written, kind: 'unknown' } : { ...written, kind: 'service', host: text };
    case 'Federated':
      return readFederated(written);
    case 'CanonicalUser':
      return { ...written, kind: 'canonicalUser' };
  }
}

function readAws(written: Written): Principal {
  const { text } = written;
  if (text === '*') return { ...written, kind: 'anyone', bare: false };
  if (isAccountId(text)) return { ...written, kind: 'account', account: text };
  const arn = parseArn(text);
  if (arn) return readAwsArn(written, arn);
  if (isUnknown(text) || isStandInWord(text)) {
    return { ...written, kind: /^A(?:ROA|IDA)[A-Z0-9]{12,}$/.test(text) ? 'uniqueId' : 'unknown' };
  }
  return { ...written, kind: 'malformed' };
}

const namedKinds = {
  'iam:user': 'user',
  'iam:role': 'role',
  'sts:assumed-role': 'session',
  'sts:federated-user': 'federatedUser',
} as const;

type NamedPath = keyof typeof namedKinds;
const isNamedPath = (path: string): path is NamedPath => Object.hasOwn(namedKinds, path);

function readAwsArn(written: Written, arn: Arn): Principal {
  const account = knownAccountIn(arn);
  const slash = arn.resource.indexOf('/');
  const path = `${arn.service}:${arn.resource.slice(0, slash)}`;
  if (account === 'malformed' || arn.region !== '' || arn.partition === '')
    return unknownOr(written, 'malformed');
  const { partition } = arn;
  if (arn.service === 'iam' && arn.resource === 'root')
    return { ...written, kind: 'account', partition, ...account };
  const name = arn.resource.slice(slash + 1);
  if (slash > 0 && isNamedPath(path) && isName(path, name)) {
    return { ...written, kind: namedKinds[path], partition, ...account, name };
  }
  return unknownOr(written, 'malformed');
}

/** Wildcards never stand in a principal's name; a session's name has two parts. */
const isName = (path: NamedPath, name: string): boolean =>
  name !== '' &&
  !/[*?\s]/.test(name) &&
  !name.endsWith('/') &&
  (path !== 'sts:assumed-role' || name.includes('/') || isUnknown(name));

function knownAccountIn({ account }: Arn): { readonly account?: string } | 'malformed' {
  if (isAccountId(account)) return { account };
  return isUnknown(account) || isStandInWord(account) ? {} : 'malformed';
}

const unknownOr = (written: Written, kind: 'malformed'): Principal => ({
  ...written,
  kind: isUnknown(written.text) ? 'unknown' : kind,
});

function readFederated(written: Written): Principal {
  const { text } = written;
  if (oidcProviderFor(text)?.builtIn === true) return oidc(written, text, true);
  const arn = parseArn(text);
  if (arn?.service !== 'iam') return unknownOr(written, 'malformed');
  const account = knownAccountIn(arn);
  const known = account === 'malformed' ? {} : account;
  const slash = arn.resource.indexOf('/');
  const name = arn.resource.slice(slash + 1);
  if (name === '') return unknownOr(written, 'malformed');
  switch (arn.resource.slice(0, slash)) {
    case 'oidc-provider':
      return isIssuer(name) || isUnknown(name)
        ? oidc(written, name, false, known.account)
        : { ...written, kind: 'malformed' };
    case 'saml-provider':
      return isSamlName(name) || isUnknown(name)
        ? { ...written, kind: 'saml', partition: arn.partition, ...known, name }
        : { ...written, kind: 'malformed' };
    default:
      return unknownOr(written, 'malformed');
  }
}

function oidc(written: Written, issuer: string, builtIn: boolean, account?: string): Principal {
  const provider = isUnknown(issuer) ? undefined : oidcProviderFor(issuer);
  return {
    ...written,
    kind: 'oidc',
    issuer,
    builtIn,
    ...(provider && { provider }),
    ...(account !== undefined && { account }),
  };
}
