/**
 * Identity providers that a file makes or looks up, and what their ARNs are where it names them: the account and the
 * partition are not known, but the issuer is.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-oidcprovider.html (Ref, Arn)
 * https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/iam_openid_connect_provider
 */
import { bodyOf } from '../syntax/hcl-read.ts';
import type { Member, Node, ObjectNode, StringNode } from '../tree/tree.ts';
import { descendants, keyText, listOf, textOf, valueOf } from '../tree/walk.ts';

/** An identity provider of a file. */
export interface DeclaredProvider {
  /** How the file names it: its logical id, or its address. */
  readonly name: string;
  /** The issuer without scheme; nothing for SAML. */
  readonly issuer?: string;
  /** The audiences that its tokens may have. */
  readonly audiences: readonly string[];
  /** Its ARN as far as it is known. */
  readonly arn: StringNode['parts'];
}

/** Providers by how a file names them. */
export type Providers = ReadonlyMap<string, DeclaredProvider>;

/** What stands in every text that declares one. */
const marks = [
  '::OIDCProvider',
  '::SAMLProvider',
  'aws_iam_openid_connect_provider',
  'aws_iam_saml_provider',
];

/** The identity providers of a template or a Terraform file, in the order of the text. */
export function providersIn(root: Node | undefined, text: string): Providers {
  if (root === undefined || !marks.some((mark) => text.includes(mark))) return new Map();
  const members = [...descendants(root)].flatMap((node) => (node.kind === 'object' ? node.members : []));
  const providers = members.flatMap((member) => [...resourceIn(member), ...blocksIn(member)]);
  return new Map(providers.map((provider) => [provider.name, provider]));
}

function resourceIn({ key, value }: Member): readonly DeclaredProvider[] {
  const type = textOf(valueOf(value, 'Type'));
  const properties = valueOf(value, 'Properties');
  if (type === 'AWS::IAM::SAMLProvider') return [samlProvider(keyText(key), valueOf(properties, 'Name'))];
  if (type !== 'AWS::IAM::OIDCProvider') return [];
  return oidcProvider(keyText(key), valueOf(properties, 'Url'), valueOf(properties, 'ClientIdList'));
}

/** `resource "TYPE" "NAME"` and `data "TYPE" "NAME"`: members in members. */
function blocksIn({ key, value }: Member): readonly DeclaredProvider[] {
  const prefix = key.value === 'data' ? 'data.' : key.value === 'resource' ? '' : undefined;
  if (prefix === undefined || value?.kind !== 'object') return [];
  return value.members.flatMap((type) =>
    listOf(type.value).flatMap((named) =>
      named.kind === 'object' ? named.members.flatMap((member) => blockOf(prefix, type, member)) : [],
    ),
  );
}

function blockOf(prefix: string, type: Member, member: Member): readonly DeclaredProvider[] {
  const body: ObjectNode | undefined = bodyOf(member);
  const name = `${prefix}${keyText(type.key)}.${keyText(member.key)}`;
  if (type.key.value === 'aws_iam_saml_provider') return [samlProvider(name, valueOf(body, 'name'))];
  if (type.key.value !== 'aws_iam_openid_connect_provider') return [];
  return oidcProvider(name, valueOf(body, 'url'), valueOf(body, 'client_id_list'));
}

const unknown = { hole: '' } as const;

function oidcProvider(
  name: string,
  url: Node | undefined,
  clients: Node | undefined,
): readonly DeclaredProvider[] {
  const scheme = 'https://';
  const text = textOf(url) ?? '';
  const issuer = text.startsWith(scheme) ? text.slice(scheme.length) : text;
  if (issuer === '') return [];
  const audiences = listOf(clients).flatMap((client) => textOf(client) ?? []);
  return [{ name, issuer, audiences, arn: ['arn:', unknown, ':iam::', unknown, `:oidc-provider/${issuer}`] }];
}

function samlProvider(name: string, called: Node | undefined): DeclaredProvider {
  const start: StringNode['parts'] = ['arn:', unknown, ':iam::', unknown];
  const text = textOf(called);
  const end = text === undefined ? [':saml-provider/', unknown] : [`:saml-provider/${text}`];
  return { name, audiences: [], arn: [...start, ...end] };
}

/** The ARN that a name of Terraform stands for: `TYPE.NAME.arn`, also of one of several. */
export function arnNamed(text: string, providers: Providers): StringNode['parts'] | undefined {
  const suffix = '.arn';
  if (!text.endsWith(suffix)) return undefined;
  const address = text.slice(0, -suffix.length);
  return providers.get(address.endsWith(']') ? address.slice(0, address.lastIndexOf('[')) : address)?.arn;
}

/** The ARN that a call of CloudFormation gives: `Ref` and `GetAtt … Arn` of a provider. */
export function arnFrom(
  name: string,
  argument: Node | undefined,
  providers: Providers,
): StringNode['parts'] | undefined {
  const suffix = '.Arn';
  if (name === 'Ref') return providers.get(textOf(argument) ?? '')?.arn;
  if (name !== 'GetAtt') return undefined;
  const path = argument?.kind === 'array' ? argument.items.map(textOf).join('.') : (textOf(argument) ?? '');
  return path.endsWith(suffix) ? providers.get(path.slice(0, -suffix.length))?.arn : undefined;
}
