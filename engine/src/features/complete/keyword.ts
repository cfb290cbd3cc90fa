/** Values of `Version` and `Effect`, and names for statements. */
import { oidcProviderFor, servicePrincipalNamed } from '../../catalog/catalog.ts';
import type { Principal } from '../../policy/policy.ts';
import { type ElementInfo, policyElements, statementElements } from '../elements.gen.ts';
import { documented } from '../markdown.ts';
import type { Place } from '../place.ts';
import type { Suggestion } from './suggestion.ts';

export const completeVersion = (): Iterable<Suggestion> => valuesOf(policyElements, 'Version');
export const completeEffect = (): Iterable<Suggestion> => valuesOf(statementElements, 'Effect');

function* valuesOf(elements: readonly ElementInfo[], name: string): Iterable<Suggestion> {
  for (const { values = [], url } of elements.filter((element) => element.name === name))
    for (const { value, doc } of values) yield { label: value, entry: { value }, doc: documented(doc, url) };
}

/** A name made of the effect and the first principal, such as `AllowEcsTasks`. */
export function* completeSid({ statement }: Place<'sid'>): Iterable<Suggestion> {
  const [principal] = statement.principals;
  const name = principal && pascal(nameOf(principal));
  if (name === undefined || name === '') return;
  const label = (statement.effect ?? 'Allow') + name;
  yield { label, entry: { value: label } };
}

function nameOf(principal: Principal): string {
  switch (principal.kind) {
    case 'service':
      return (servicePrincipalNamed(principal.host)?.id ?? principal.host).split('.amazonaws.')[0] ?? '';
    case 'oidc':
      return (principal.provider ?? oidcProviderFor(principal.issuer))?.id ?? 'oidc';
    case 'saml':
      return 'saml';
    case 'account':
      return `account ${principal.account ?? ''}`;
    case 'role':
    case 'user':
    case 'session':
    case 'federatedUser':
      return principal.name;
    default:
      return '';
  }
}

/** Letters and digits only, as IAM demands of a `Sid`, each word with a capital. */
function pascal(text: string): string {
  let upper = true;
  let name = '';
  for (const character of text) {
    if (isAlphanumeric(character)) name += upper ? character.toUpperCase() : character;
    upper = !isAlphanumeric(character);
  }
  return name;
}

const isAlphanumeric = (character: string): boolean =>
  (character >= '0' && character <= '9') ||
  (character >= 'a' && character <= 'z') ||
  (character >= 'A' && character <= 'Z');
