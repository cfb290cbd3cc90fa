/**
 * An OIDC token as a request: its claims become the context keys that AWS makes of them, and no others. The signature
 * is not looked at. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html
 */
import { claimKeysOf, oidcProviderFor } from '../../catalog/catalog.ts';
import type { OidcPrincipal, Policy } from '../../policy/policy.ts';
import { decodedText } from './base64.ts';
import {
  actionsWith,
  type Context,
  contextOfExtras,
  type Converted,
  nobodys,
  type SessionExtras,
} from './conversion.ts';
import { isPlain, parsedJson, type Plain, plainIn, textIn, textOf, textsOf } from './plain.ts';

/** Claims that say nothing of the caller, and that nobody would test. */
const technical = ['iss', 'exp', 'iat', 'nbf', 'jti', 'azp'];

/** Reads a token, whole or its payload alone. */
export function requestFromToken(text: string, policy: Policy, roleAccount: string | undefined): Converted {
  const claims = claimsIn(text);
  if (claims === undefined)
    return {
      problem: 'This is no token: paste a JWT, or its payload as a JSON object with "iss", "aud" and "sub".',
    };
  const url = textIn(claims, 'iss');
  if (url === undefined) return { problem: 'The token has no "iss", so nobody knows whose it is.' };
  const issuer = url.startsWith('https://') ? url.slice('https://'.length) : url;
  const principal = providerIn(policy, issuer) ?? providerOf(issuer, roleAccount);
  const name = principal.issuer;
  const extras = extrasIn(claims);
  return {
    request: {
      action: actionsWith('sts:AssumeRoleWithWebIdentity', extras),
      principal: { type: 'Federated', value: principal.value },
      context: { ...contextOf(claims, name), ...contextOfExtras(extras) },
    },
    notes: notesOn(claims, name),
  };
}

function claimsIn(text: string): Plain | undefined {
  const trimmed = text.trim();
  const [, payload = ''] = trimmed.split('.');
  const json = trimmed.startsWith('{') ? trimmed : decodedText(payload);
  const value = json === undefined ? undefined : parsedJson(json);
  return isPlain(value) ? value : undefined;
}

interface Provider {
  readonly issuer: string;
  readonly value: string;
}

/** The provider as the policy names it; a slash at the end of an issuer does not count. */
function providerIn({ statements }: Policy, issuer: string): Provider | undefined {
  const normal = (name: string): string => (name.endsWith('/') ? name.slice(0, -1) : name).toLowerCase();
  const found = statements
    .flatMap(({ principals }) => principals.filter((each): each is OidcPrincipal => each.kind === 'oidc'))
    .find((each) => normal(each.issuer) === normal(issuer));
  return found && { issuer: found.issuer, value: found.text };
}

function providerOf(issuer: string, account: string = nobodys): Provider {
  const builtIn = oidcProviderFor(issuer)?.builtIn === true;
  return { issuer, value: builtIn ? issuer : `arn:aws:iam::${account}:oidc-provider/${issuer}` };
}

/** The claims as keys; where a token has `azp`, that is the audience, and `aud` the original one. */
function contextOf(claims: Plain, issuer: string): Context {
  const context: Context = {};
  const azp = textIn(claims, 'azp');
  const special: Plain = azp === undefined ? {} : { aud: azp, oaud: claims['aud'] };
  for (const { id, multivalued } of claimKeysOf(issuer)) {
    const claim = id.slice(issuer.length + 1);
    const values = textsOf(special[claim] ?? valueOf(claims, claim));
    const [first] = values;
    if (first !== undefined) context[id] = multivalued || values.length > 1 ? values : first;
  }
  return context;
}

/** A claim by its name, also where the name leads into an object: `google/organization_number`. */
function valueOf(claims: Plain, claim: string): unknown {
  if (Object.hasOwn(claims, claim)) return claims[claim];
  const slash = claim.indexOf('/');
  return slash < 0 ? undefined : plainIn(claims, claim.slice(0, slash))[claim.slice(slash + 1)];
}

function extrasIn(claims: Plain): SessionExtras {
  const tags = plainIn(claims, 'https://aws.amazon.com/tags');
  const sourceIdentity = textIn(claims, 'https://aws.amazon.com/source_identity');
  return {
    tags: Object.entries(plainIn(tags, 'principal_tags')).flatMap(([key, value]) => {
      const [first] = textsOf(value);
      return first === undefined ? [] : [[key, first] as const];
    }),
    transitive: textsOf(tags['transitive_tag_keys']),
    ...(sourceIdentity !== undefined && { sourceIdentity }),
  };
}

function notesOn(claims: Plain, issuer: string): readonly string[] {
  const seen = new Set(claimKeysOf(issuer).map(({ id }) => id.slice(issuer.length + 1).split('/')[0]));
  const unseen = Object.keys(claims).filter(
    (claim) =>
      !seen.has(claim) &&
      !technical.includes(claim) &&
      !claim.startsWith('https://aws.amazon.com/') &&
      textOf(claims[claim]) !== undefined,
  );
  return unseen.length === 0
    ? []
    : [`AWS makes no condition keys of these claims: ${unseen.sort().join(', ')}.`];
}
