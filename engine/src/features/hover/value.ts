/** Values of conditions: what they stand for, and how they are compared. */
import {
  conditionKeyNamed,
  oidcProviderFor,
  type Operator,
  operatorNamed,
  type SamlEndpoint,
  samlEndpoints,
} from '../../catalog/catalog.ts';
import { isAccountId, parseArn } from '../../policy/arn.ts';
import type { OperatorText } from '../../policy/condition.ts';
import type { Settings } from '../../settings.ts';
import type { Node } from '../../tree/tree.ts';
import { code, documented, paragraphs, prose } from '../markdown.ts';
import { takenApart } from '../subject-text.ts';
import { ownerOf } from './principal.ts';

/** Markdown for a value: what it stands for, or how it is compared. */
export function describeValue(
  operator: OperatorText,
  key: string,
  node: Node,
  settings: Settings,
): string | undefined {
  const text = textIn(node);
  const known = operatorNamed(operator.name);
  if (text === undefined || known === undefined) return undefined;
  if (known.type === 'null') return describeNull(text, key);
  return paragraphs(meaningOf(text, key, settings), comparison(known, text)) || undefined;
}

function textIn(node: Node): string | undefined {
  if (node.kind === 'string') return node.value;
  if (node.kind === 'number') return node.text;
  return node.kind === 'boolean' ? String(node.value) : undefined;
}

function describeNull(text: string, key: string): string | undefined {
  if (text === 'true') return `The request must not carry ${code(key)}.`;
  return text === 'false' ? `The request must carry ${code(key)}, with any value.` : undefined;
}

function meaningOf(text: string, key: string, settings: Settings): string | undefined {
  const endpoint = samlEndpoints().find((each) => isEndpoint(text, each));
  if (endpoint) return documented(endpoint.doc, endpoint.url);
  if (isAccountId(text)) return accountMeaning(text, settings);
  if (settings.trustedOrganizations.includes(text))
    return 'One of your own organizations, as the settings say.';
  return arnMeaning(text, settings) ?? claimMeaning(text, key) ?? variableMeaning(text) ?? keyMeaning(key);
}

/** An endpoint, in any of the Regions that it has a form for. */
const isEndpoint = (text: string, { value, regions = [] }: SamlEndpoint): boolean =>
  value === text || regions.some((region) => value.split('{REGION}').join(region) === text);

/** Whose account it is, as far as that is known. */
export const accountMeaning = (account: string, { trustedAccounts }: Settings): string | undefined =>
  trustedAccounts.includes(account) ? 'One of your own accounts, as the settings say.' : ownerOf(account);

function arnMeaning(text: string, settings: Settings): string | undefined {
  const arn = parseArn(text);
  if (arn === undefined) return undefined;
  const { service, region, account, resource } = arn;
  const where = [
    `${code(resource)} of ${code(service)}`,
    region === '' ? undefined : `in ${code(region)}`,
    account === '' ? undefined : `of account ${code(account)}`,
  ];
  return paragraphs(
    `${where.filter((part) => part !== undefined).join(', ')}.`,
    accountMeaning(account, settings),
  );
}

function claimMeaning(text: string, key: string): string | undefined {
  const colon = key.lastIndexOf(':');
  const provider = oidcProviderFor(key.slice(0, Math.max(colon, 0)));
  const claim = key.slice(colon + 1).toLowerCase();
  if (provider === undefined || (claim !== 'sub' && claim !== 'aud')) return undefined;
  const apart = claim === 'sub' ? takenApart(text, provider) : undefined;
  if (apart !== undefined) return apart;
  const usual = claim === 'sub' ? provider.subjectTemplates : provider.audiences;
  if (usual.includes(text)) return `The usual audience of tokens of ${prose(provider.name)}.`;
  const forms = usual.map((form) => `- ${code(form)}`).join('\n');
  return usual.length > 0 ? paragraphs(`Usual forms for ${prose(provider.name)}:`, forms) : undefined;
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html */
const variableMeaning = (text: string): string | undefined =>
  text.includes('${')
    ? documented(
        'A policy variable: IAM puts in what the request says, so that the value differs from caller to caller. It needs version 2012-10-17.',
        'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html',
      )
    : undefined;

/** What the key is about, where there is nothing to say about the value itself. */
function keyMeaning(name: string): string | undefined {
  const key = conditionKeyNamed(name);
  return key && paragraphs(`A value of ${code(name)}.`, documented(key.doc, key.url));
}

function comparison(operator: Operator, text: string): string | undefined {
  const wild = text.includes('*') || text.includes('?');
  if (!wild) return undefined;
  return operator.wildcards
    ? `${code('*')} stands for any characters, ${code('?')} for one.`
    : `Under ${operator.id}, ${code('*')} and ${code('?')} are plain characters.`;
}
