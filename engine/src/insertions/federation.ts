/** Which identity of a provider may come, and what its token was issued for. */
import type { Block } from '../policy/amend.ts';
import { audienceOf, claimKey, isOidc, subjectBlock } from '../policy/oidc.ts';
import type { OidcPrincipal } from '../policy/policy.ts';
import { globalEndpoint } from '../policy/saml.ts';
import { hasWildcard } from '../text/glob.ts';
import { placeholder } from '../tree/change.ts';
import type { Caller } from './fitting.ts';
import { type Insertion, type Outcome, type Target, unfit } from './insertion.ts';
import { block, demand } from './require.ts';

const anyText = { name: 'VALUE', accepts: (text: string) => text.trim() !== '', says: 'a text' } as const;

/** Pins a claim of the one OIDC provider of a statement: the key is its own. */
function pin(target: Target, claim: 'aud' | 'sub', blockFor: (principal: OidcPrincipal) => Block): Outcome {
  const { principals } = target.statement;
  const [principal, ...others] = principals.filter(isOidc);
  if (principal === undefined || others.length + 1 < principals.length)
    return unfit('This is for statements that trust an OIDC provider and nobody else.');
  if (others.some(({ issuer }) => issuer !== principal.issuer))
    return unfit('The statement trusts several issuers, and a claim of one locks the others out.');
  if (principal.provider?.claims.includes(claim) === false)
    return unfit(`Tokens of ${principal.provider.name} have no "${claim}" that AWS reads.`);
  const callers: readonly Caller[] = ['oidc'];
  return demand(target, callers, [blockFor(principal)]);
}

export const federationInsertions: readonly Insertion[] = [
  {
    id: 'pin-subject',
    title: 'Pin the subject',
    summary: 'Lets in only tokens that were issued to one identity, or to those that match a pattern.',
    form: anyText,
    make: (target) =>
      pin(target, 'sub', (principal) => {
        const { value } = target;
        if (value === undefined) return subjectBlock(principal);
        return block(hasWildcard(value) ? 'StringLike' : 'StringEquals', claimKey(principal, 'sub'), value);
      }),
  },
  {
    id: 'pin-audience',
    title: 'Pin the audience',
    summary: 'Lets in only tokens that were issued for this purpose.',
    form: anyText,
    make: (target) =>
      pin(target, 'aud', (principal) =>
        block(
          'StringEquals',
          claimKey(principal, 'aud'),
          target.value ?? audienceOf(principal.issuer, principal.provider),
        ),
      ),
  },
  {
    id: 'pin-saml-audience',
    title: 'Pin the SAML audience',
    summary: 'Lets in only assertions that were issued for signing in to AWS.',
    form: anyText,
    make: (target) => {
      const [principal, ...others] = target.statement.principals;
      if (principal?.kind !== 'saml' || others.some(({ kind }) => kind !== 'saml'))
        return unfit('This is for statements that trust SAML providers and nobody else.');
      const endpoint = globalEndpoint(principal.partition) ?? placeholder('YOUR_SIGN_IN_ENDPOINT');
      return demand(target, ['saml'], [block('StringEquals', 'SAML:aud', target.value ?? endpoint)]);
    },
  },
];
