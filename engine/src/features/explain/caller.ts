/** Principals in words: who they stand for, and which of them one grant lets in. */
import { servicePrincipalNamed } from '../../catalog/catalog.ts';
import { parseArn } from '../../policy/arn.ts';
import { isUnknown } from '../../policy/known.ts';
import { roleNameOf } from '../../policy/session.ts';
import type { NamedPrincipal, OidcPrincipal, Principal } from '../../policy/policy.ts';
import { type Phrase, verbatim } from './phrase.ts';
import { type Spoken, speak, spokenOf, valueOfExpression, within } from './unknown.ts';

/** Whom a principal lets in, as the beginning of a sentence without its capital letter. */
export const describeCaller = (principal: Principal): Phrase =>
  principal.kind === 'account'
    ? [...describeNamed(principal), ' that its own policies allow']
    : describeNamed(principal);

/** Whom a principal excepts from everybody: with all that is in it, or itself alone. */
export const describeExcluded = (principal: Principal, alone: boolean): Phrase => {
  if (principal.kind !== 'account') return describeNamed(principal);
  return alone ? accountIn(principal) : ['the principals of ', ...accountIn(principal)];
};

/** Whom a principal names, whether they are let in or kept out. */
export function describeNamed(principal: Principal): Phrase {
  switch (principal.kind) {
    case 'anyone':
      return [
        principal.bare
          ? 'anyone: every principal of every AWS account, every service and every federated user'
          : 'any principal of any AWS account',
      ];
    case 'account':
      return ['any principal of ', ...accountIn(principal)];
    case 'role':
    case 'user':
    case 'session':
    case 'federatedUser':
      return describeIdentity(principal);
    case 'service':
      return describeService(principal.host);
    case 'oidc':
      return describeOidc(principal);
    case 'saml':
      return [
        'any user whom the SAML provider ',
        ...called(nameIn(principal, principal.name)),
        ' of ',
        ...accountIn(principal),
        ' signs in',
      ];
    case 'uniqueId':
      return ['the deleted role or user that had the id ', verbatim(principal.text)];
    case 'canonicalUser':
      return ['the account with the canonical user id ', ...spoken(principal)];
    case 'malformed':
      return ['the principal ', ...spoken(principal), ', which there is not'];
    case 'unknown':
      return ['whoever ', ...valueOrText(principal), ' names'];
  }
}

/** Why a principal names nobody at all, where that is so. */
export function nobodyIn(principal: Principal): Phrase | undefined {
  if (principal.kind === 'uniqueId')
    return [verbatim(principal.text), ' is what is left of a deleted role or user'];
  return principal.kind === 'malformed' ? [...spoken(principal), ' names no principal'] : undefined;
}

const spokenPrincipal = ({ text, node }: Principal): Spoken => spokenOf(text, node, 'principal');
const spoken = (principal: Principal): Phrase => speak(spokenPrincipal(principal));
/** The name that a principal ends with. */
const nameIn = (principal: Principal, name: string): Phrase =>
  speak(within(spokenPrincipal(principal), principal.text.length - name.length));

const valueOrText = (principal: Principal): Phrase =>
  principal.node.kind === 'opaque' ? valueOfExpression(principal.node.text) : spoken(principal);

/** A name behind what it is the name of. */
const called = (name: Phrase): Phrase => (name.length > 1 ? ['that is ', ...name] : name);

/** The account of a principal: its id, or what stands for it. */
function accountIn(principal: Principal & { readonly account?: string }): Phrase {
  if (principal.account !== undefined) return ['account ', verbatim(principal.account)];
  const arn = parseArn(principal.text);
  if (arn === undefined) return ['an account that is not known here'];
  const start = ['arn', arn.partition, arn.service, arn.region, ''].join(':').length;
  const phrase = speak(within(spokenPrincipal(principal), start, start + arn.account.length));
  return phrase.length > 1 ? ['the account that is ', ...phrase] : ['account ', ...phrase];
}

const named: Readonly<Record<NamedPrincipal['kind'], string>> = {
  role: 'the role ',
  user: 'the IAM user ',
  session: 'the session ',
  federatedUser: 'the federated user ',
};

function describeIdentity(principal: NamedPrincipal): Phrase {
  const what = named[principal.kind];
  if (principal.kind !== 'session')
    return [what, ...called(nameIn(principal, principal.name)), ' of ', ...accountIn(principal)];
  const role = roleNameOf(principal);
  const session = principal.name.slice(role.length + 1);
  const start = principal.text.length - principal.name.length;
  const roleName = speak(within(spokenPrincipal(principal), start, start + role.length));
  const of: Phrase = [' of the role ', ...called(roleName), ' of ', ...accountIn(principal)];
  return session === '' ? ['a session', ...of] : [what, ...called(nameIn(principal, session)), ...of];
}

function describeService(host: string): Phrase {
  const name = servicePrincipalNamed(host)?.name;
  return name === undefined
    ? ['the service ', verbatim(host)]
    : [`the service ${name} (`, verbatim(host), ')'];
}

function describeOidc(principal: OidcPrincipal): Phrase {
  const { provider, issuer } = principal;
  const name: Phrase = isUnknown(issuer) ? nameIn(principal, issuer) : [verbatim(issuer)];
  const by: Phrase = provider ? [`${provider.name} (`, ...name, ')'] : name;
  return ['anyone with a token of ', ...by];
}
