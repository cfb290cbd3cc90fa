/** The names of identity providers: when IAM refuses them, and which issuer a wrong one is meant to name. */
import { oidcProviderFor } from '../catalog/catalog.ts';
import { parseArn } from './arn.ts';
import { faultWith, hasWrongAccount } from './arn-fault.ts';
import { isPlaceholderWord, isUnknown } from './known.ts';
import type { PrincipalFault } from './policy.ts';

/**
 * The issuer that a text names: without scheme, and without a slash at the end where the provider is known to have
 * none. Other issuers, such as Auth0's and Microsoft's, do end with a slash.
 */
export function issuerMeant(text: string): string {
  const issuer = text.replace(/^https?:\/\//i, '');
  const bare = issuer.replace(/\/+$/, '');
  const provider = oidcProviderFor(bare);
  return provider?.shared === true && provider.slash !== true ? bare : issuer;
}

/** Whether a text can be the part of an ARN behind `oidc-provider/`. */
export const isIssuer = (text: string): boolean =>
  text !== '' && issuerMeant(text) === text && !/[*?\s]/.test(text);

/** Whether a text can be the name of a SAML provider. */
export const isSamlName = (text: string): boolean => text !== '' && !/[*?/\s]/.test(text);

/** The fault of a text under `Federated`. */
export function federatedFault(text: string): PrincipalFault | undefined {
  if (/^\s*arn:/i.test(text)) return arnFault(text);
  if (oidcProviderFor(text)?.builtIn === true || isUnknown(text)) return undefined;
  const host = /^(https?:\/\/)?(?:[^\s/:@.]+\.)+[^\s/:@.]+(?:\/[^\s:]*)?$/i.exec(text);
  if (host === null) return isPlaceholderWord(text) ? undefined : { kind: 'format' };
  const repaired = issuerMeant(text);
  return { kind: host[1] === undefined ? 'bare-host' : 'format', repaired };
}

function arnFault(text: string): PrincipalFault | undefined {
  const arn = parseArn(text);
  const [, kind, name = ''] = /^(oidc|saml)-provider\/(.*)$/s.exec(arn?.resource ?? '') ?? [];
  if (arn?.service !== 'iam' || kind === undefined) return isUnknown(text) ? undefined : { kind: 'format' };
  if (hasWrongAccount(arn)) return { kind: 'account-id' };
  if (kind === 'saml') return isSamlName(name) || isUnknown(name) ? undefined : { kind: 'format' };
  if (isIssuer(name) || isUnknown(name)) return undefined;
  const issuer = issuerMeant(name);
  return faultWith('format', isIssuer(issuer) ? text.slice(0, -name.length) + issuer : undefined);
}
