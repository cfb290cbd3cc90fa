/**
 * What makes a condition key one that no request has, judged by its name alone. Unknown parts and stand-ins are never
 * at fault. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
import { conditionKeyMeant, conditionKeyNamed, successorOf, tagKeyNamed } from '../catalog/catalog.ts';
import { placeholder } from '../tree/change.ts';
import { isPlaceholderWord, isUnknown } from './known.ts';

/** What is wrong with a key. `repaired` is what was probably meant: to be offered, not assumed. */
export interface KeyFault {
  readonly kind: 'format' | 'tag' | 'deprecated' | 'global' | 'service' | 'foreign';
  readonly repaired?: string;
}

/** What tools replace before IAM sees the key. */
const standIn = /[${}<>[\]%]/;

/** The fault of a key; nothing where it is well-formed or not known well enough. */
export function keyFault(key: string): KeyFault | undefined {
  if (isUnknown(key) || standIn.test(key) || conditionKeyNamed(key)) return undefined;
  // The ARN of a provider in place of its issuer is a matter of whose claims are meant.
  if (key.includes(':oidc-provider/')) return undefined;
  const colon = key.indexOf(':');
  const [written, name] = [key.slice(0, Math.max(colon, 0)), key.slice(colon + 1)];
  const prefix = written.toLowerCase();
  if (isMalformed(key)) return faultOf('format', withoutFlaws(key));
  const tagged = tagKeyNamed(key);
  if (tagged) return { kind: 'tag', repaired: tagged.id + placeholder('TAG_KEY') };
  const successor = successorOf(key);
  if (successor !== undefined) return { kind: 'deprecated', repaired: successor };
  // Claims of tokens: a host has a dot.
  if (prefix.includes('.') || prefix.includes('/') || isPlaceholderWord(written) || prefix === 'issuer')
    return undefined;
  if (/^[A-Z][A-Z0-9_-]*$/.test(name) && conditionKeyMeant(key) === undefined) return undefined;
  const kind = prefix === 'aws' ? 'global' : prefix === 'sts' || prefix === 'saml' ? 'service' : 'foreign';
  return faultOf(kind, conditionKeyMeant(key));
}

/** A key is a prefix, a colon and a name; a scheme is no part of the name of an issuer. */
const isMalformed = (key: string): boolean =>
  /\s|^https?:\/\/|^:|:$/i.test(key) || !key.includes(':') || secondColon.test(key);

/** A colon too many, where the prefix is no host, which may have a port. */
const secondColon = /^([^.:/]+:[^:]*):/;

/** The key without blanks and scheme, or with the prefix that it lacks. */
function withoutFlaws(key: string): string | undefined {
  const plain = key.replace(/\s/g, '').replace(/^https?:\/\//i, '');
  const slashed = plain.replace(secondColon, '$1/');
  if (conditionKeyNamed(slashed)?.prefix === true) return slashed;
  if (isMalformed(plain)) return conditionKeyMeant(plain.replaceAll(':', ''));
  const issuer = plain.slice(0, plain.lastIndexOf(':'));
  return conditionKeyNamed(plain)?.id.endsWith('/') === false || issuer.includes('.')
    ? plain
    : (conditionKeyMeant(plain) ?? plain);
}

const faultOf = (kind: KeyFault['kind'], repaired: string | undefined): KeyFault =>
  repaired === undefined ? { kind } : { kind, repaired };
