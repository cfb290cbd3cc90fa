/** Whom a principal lets in. */
import {
  knownAccount,
  nearestServicePrincipal,
  type OidcProvider,
  servicePrincipalNamed,
  type SourceCondition,
} from '../../catalog/catalog.ts';
import { accountOf } from '../../policy/grants.ts';
import { isUnknown } from '../../policy/known.ts';
import type { OidcPrincipal, Principal, PrincipalType } from '../../policy/policy.ts';
import { readPrincipal } from '../../policy/principal.ts';
import { defaultSettings, type Settings } from '../../settings.ts';
import type { Node } from '../../tree/tree.ts';
import { code, documented, link, paragraphs, prose } from '../markdown.ts';

const page = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html';

/** Markdown for a principal; `"Principal": "*"` has no type. */
export function describePrincipal(
  node: Node,
  type?: PrincipalType,
  settings: Settings = defaultSettings,
): string | undefined {
  if (type === undefined)
    return documented(
      'Everyone: the identities of every AWS account, and federated users of every provider.',
      page,
    );
  const principal = readPrincipal(node, type);
  const description = describe(principal);
  const account = accountOf(principal);
  const own = account !== undefined && settings.trustedAccounts.includes(account);
  return own && description !== undefined
    ? paragraphs(description, 'It is one of your own accounts, as the settings say.')
    : description;
}

function describe(principal: Principal): string | undefined {
  switch (principal.kind) {
    case 'anyone':
      return documented('Everyone: every identity of every AWS account.', page);
    case 'account':
      return describeAccount(principal.account);
    case 'role':
      return named(principal, 'Every session of the role', boundToId, `${page}#principal-roles`);
    case 'user':
      return named(principal, 'The IAM user', boundToId, `${page}#principal-users`);
    case 'session':
      return named(
        principal,
        'One session of a role, by its name:',
        'Whoever starts a session names it, unless the trust policy of that role tests sts:RoleSessionName.',
        `${page}#principal-role-session`,
      );
    case 'federatedUser':
      return named(
        principal,
        'The federated user',
        'Its session was started with sts:GetFederationToken. AWS advises to use roles instead.',
        `${page}#sts-session-principals`,
      );
    case 'service':
      return describeService(principal.host);
    case 'oidc':
      return describeOidc(principal);
    case 'saml':
      return paragraphs(
        `**SAML provider** ${code(known(principal.name))}`,
        documented(
          'Users whom the provider signs in. Test saml:aud, so that only assertions for AWS sign-in count.',
          'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_saml.html',
        ),
      );
    case 'uniqueId':
      return documented(
        'The unique id of a role or user. IAM shows it in place of an ARN once that role or user has been deleted; it lets nobody in.',
        page,
      );
    case 'canonicalUser':
      return documented('An account by its canonical user id.', `${page}#principal-accounts`);
    default:
      return undefined;
  }
}

/** A text with an ellipsis for what is not known of it. */
const known = (text: string): string =>
  Array.from(text, (character) => (isUnknown(character) ? '…' : character)).join('');

function describeAccount(account: string | undefined): string {
  const vendor = account === undefined ? undefined : ownerOf(account);
  return paragraphs(
    `**Account** ${account === undefined ? '' : code(account)}`.trim(),
    vendor,
    documented(
      'Every identity of the account whose own policies let it assume the role. The account root means the whole account, not its root user.',
      `${page}#principal-accounts`,
    ),
  );
}

/** Who owns an account, if that is known in public. */
export function ownerOf(account: string): string | undefined {
  const owner = knownAccount(account);
  if (owner === undefined) return undefined;
  const what = owner.kind === 'vendor' ? 'a third party' : 'an AWS service';
  return `Known as an account of ${prose(owner.name)}, ${what} (${link('source', owner.url)}).`;
}

interface Named {
  readonly name: string;
  readonly account?: string;
}

const boundToId =
  'IAM binds it to the unique id behind the name: made anew under the same name it is no longer trusted.';

function named({ name, account }: Named, what: string, doc: string, url: string): string {
  const where = account === undefined ? '' : ` of account ${code(account)}`;
  return paragraphs(
    `${what} ${code(known(name))}${where}.`,
    account === undefined ? undefined : ownerOf(account),
    documented(doc, url),
  );
}

function describeService(host: string): string | undefined {
  const service = servicePrincipalNamed(host);
  if (service === undefined) {
    const nearest = nearestServicePrincipal(host);
    return (
      nearest && `${code(host)} is not a service principal that is known. Did you mean ${code(nearest.id)}?`
    );
  }
  const { name, doc, url, source, use } = service;
  const sending = source ? sourceOf(source) : use === 'service-linked' ? undefined : undocumented;
  return paragraphs(`**${prose(name)}** ${code(host)}`, documented(doc, url), sending);
}

const undocumented =
  'Whether it sends `aws:SourceArn` and `aws:SourceAccount` when it assumes a role is not documented.';

function sourceOf({ kind, arn, note, url }: SourceCondition): string {
  const form = arn === undefined ? '' : ` as ${code(arn)}`;
  const advice =
    kind === 'documented' ? `Its documentation asks for ${code('aws:SourceArn')}${form}.` : undefined;
  return `${[advice, note && prose(note)].filter((part) => part !== undefined).join(' ')} (${link('source', url)})`;
}

function describeOidc({ issuer, provider }: OidcPrincipal): string {
  return paragraphs(
    `**${provider ? prose(provider.name) : 'OIDC provider'}** ${code(known(issuer))}`,
    provider && sharing(provider),
    provider
      ? documented(provider.doc, provider.url, provider.pitfalls)
      : documented(
          'Bearers of a token of this issuer. Test its aud and sub, so that only your own clients and users count.',
          'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html',
        ),
  );
}

function sharing({ shared, requiredClaim }: OidcProvider): string | undefined {
  if (!shared) return undefined;
  const required = requiredClaim ? ` IAM demands a condition on ${code(requiredClaim.key)}.` : '';
  return `All customers of the provider share this issuer.${required}`;
}
