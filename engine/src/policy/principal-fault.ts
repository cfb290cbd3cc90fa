/**
 * What makes a principal one that IAM refuses, judged by what is known of its text alone. Unknown parts and stand-ins
 * are never at fault. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
import {
  isServiceHost,
  nearestServicePrincipal,
  oidcProviderFor,
  servicePrincipalNamed,
} from '../catalog/catalog.ts';
import type { Node } from '../tree/tree.ts';
import { isAccountId, parseArn } from './arn.ts';
import { accountIdFault, awsArnFault, faultWith } from './arn-fault.ts';
import { federatedFault } from './federated.ts';
import { isPlaceholderWord, isUnknown } from './known.ts';
import type { PrincipalFault, PrincipalType } from './policy.ts';

/**
 * The fault of a principal; nothing where it is well-formed or not known well enough.
 * @param text the value as far as it is known, see `knownText`
 */
export function faultOf(node: Node, type: PrincipalType, text: string): PrincipalFault | undefined {
  if (node.kind === 'number' && type === 'AWS') return accountIdFault(text);
  if (node.kind !== 'string') return undefined;
  if (text.trim() === '') return { kind: 'empty' };
  if (type === 'CanonicalUser' || (type === 'AWS' && text === '*')) return undefined;
  if (/[*?]/.test(text)) return { kind: 'wildcard' };
  // Asked first, because Cognito's host is that of a service and of an identity provider.
  if (type === 'Service' && servicePrincipalNamed(text)) return undefined;
  const fitting = principalTypeOf(text);
  if (fitting !== undefined && fitting !== type) return { kind: 'wrong-type', type: fitting };
  switch (type) {
    case 'AWS':
      return awsFault(text);
    case 'Service':
      return serviceFault(text);
    case 'Federated':
      return federatedFault(text);
  }
}

/** The type that a text belongs under, where its form leaves no doubt. */
export function principalTypeOf(text: string): PrincipalType | undefined {
  if (isAccountId(text)) return 'AWS';
  const arn = parseArn(text);
  if (arn?.service === 'iam' && /^(?:oidc|saml)-provider\/./.test(arn.resource)) return 'Federated';
  if (arn?.service === 'iam' && /^(?:root$|user\/.|role\/.)/.test(arn.resource)) return 'AWS';
  if (arn?.service === 'sts' && /^(?:assumed-role|federated-user)\/./.test(arn.resource)) return 'AWS';
  if (oidcProviderFor(text)?.builtIn === true) return 'Federated';
  return isServiceHost(text) ? 'Service' : undefined;
}

function awsFault(text: string): PrincipalFault | undefined {
  if (/^[\d\s-]+$/.test(text)) return isAccountId(text) ? undefined : accountIdFault(text);
  if (/^\s*arn:/i.test(text)) return awsArnFault(text);
  if (/^AGPA[A-Z0-9]{12,}$/.test(text)) return { kind: 'group' };
  if (/^A(?:ROA|IDA)[A-Z0-9]{12,}$/.test(text) || isUnknown(text)) return undefined;
  const accessKey = /^A[KS]IA[A-Z0-9]{12,}$/.test(text);
  return isPlaceholderWord(text) && !accessKey ? undefined : { kind: 'format' };
}

function serviceFault(text: string): PrincipalFault | undefined {
  if (isUnknown(text)) return undefined;
  const nearest = nearestServicePrincipal(parseArn(text)?.service ?? text)?.id;
  if (nearest === undefined && isPlaceholderWord(text.split('.')[0] ?? text)) return undefined;
  return faultWith(isServiceHost(text) ? 'unknown-service' : 'format', nearest);
}
