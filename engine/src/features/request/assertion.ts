/**
 * A SAML assertion, or a list of its attributes, as a request. Attributes without a condition key of their own are
 * seen by no policy. https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_saml_assertions.html
 */
import { conditionKeyNamed, samlKeyFor } from '../../catalog/catalog.ts';
import { parseArn } from '../../policy/arn.ts';
import type { Policy } from '../../policy/policy.ts';
import { decodedText } from './base64.ts';
import {
  actionsWith,
  type Context,
  contextOfExtras,
  type Converted,
  nobodys,
  type SessionExtras,
} from './conversion.ts';
import { elementsOf } from './markup.ts';
import { isPlain, parsedJson, textsOf } from './plain.ts';

/** What an assertion says: attributes by name, and besides them what keys of their own are made of. */
type Attributes = ReadonlyMap<string, readonly string[]>;

const prefix = 'https://aws.amazon.com/SAML/Attributes/';
const formats = 'urn:oasis:names:tc:SAML:2.0:nameid-format:';

/** Reads an assertion: XML, also in Base64, a JSON object, or lines of `name = value`. */
export function requestFromAssertion(
  text: string,
  policy: Policy,
  roleAccount: string | undefined,
): Converted {
  const attributes = attributesIn(text);
  if (attributes.size === 0)
    return {
      problem:
        'There is no attribute: paste a SAML assertion, a JSON object, or lines such as "saml:aud = https://…".',
    };
  const role = attributes.get(`${prefix}Role`)?.[0];
  const arns = role?.split(',').map((part) => part.trim()) ?? [];
  const named = arns.find((arn) => arn.includes(':saml-provider/'));
  const roleArn = arns.find((arn) => arn.includes(':role/'));
  const provider =
    named ?? providerIn(policy) ?? `arn:aws:iam::${roleAccount ?? nobodys}:saml-provider/provider`;
  const extras = extrasIn(attributes);
  const account = roleArn === undefined ? undefined : parseArn(roleArn)?.account;
  const { context, unseen } = contextOf(attributes);
  return {
    request: {
      action: actionsWith('sts:AssumeRoleWithSAML', extras),
      principal: { type: 'Federated', value: provider },
      context: { ...context, ...contextOfExtras(extras) },
    },
    ...(roleArn !== undefined && { role: roleArn }),
    ...(account !== undefined && { roleAccount: account }),
    notes:
      unseen.length === 0 ? [] : [`AWS makes no condition keys of these attributes: ${unseen.join(', ')}.`],
  };
}

const providerIn = ({ statements }: Policy): string | undefined =>
  statements.flatMap(({ principals }) => principals).find(({ kind }) => kind === 'saml')?.text;

function attributesIn(text: string): Attributes {
  const trimmed = text.trim();
  if (trimmed.startsWith('{')) return fromJson(parsedJson(trimmed));
  const xml = trimmed.includes('<') ? trimmed : decodedText(trimmed);
  return xml?.includes('<') === true ? fromXml(xml) : fromLines(trimmed);
}

function fromJson(value: unknown): Attributes {
  const entries = isPlain(value) ? Object.entries(value) : [];
  return new Map(
    entries.map(([name, each]) => [name, textsOf(each)] as const).filter(([, texts]) => texts.length > 0),
  );
}

function fromLines(text: string): Attributes {
  const attributes = new Map<string, string[]>();
  for (const line of text.split('\n')) {
    const equals = line.indexOf('=');
    const [name, value] = [line.slice(0, Math.max(equals, 0)).trim(), line.slice(equals + 1).trim()];
    if (name !== '' && value !== '') push(attributes, name, value);
  }
  return attributes;
}

function push(attributes: Map<string, string[]>, name: string, value: string): void {
  const values = attributes.get(name);
  if (values) values.push(value);
  else attributes.set(name, [value]);
}

function fromXml(xml: string): Attributes {
  const attributes = new Map<string, string[]>();
  let current: string | undefined;
  for (const { name, attributes: given, text } of elementsOf(xml)) {
    if (name === 'Attribute') current = given.get('Name');
    else if (name === 'AttributeValue' && current !== undefined) push(attributes, current, text);
    else if (name === 'Issuer') push(attributes, 'saml:iss', text);
    else if (name === 'NameID') {
      push(attributes, 'saml:sub', text);
      push(attributes, 'saml:sub_type', typeOfName(given.get('Format') ?? ''));
    } else if (name === 'SubjectConfirmationData') push(attributes, 'saml:aud', given.get('Recipient') ?? '');
  }
  return attributes;
}

/** Persistent and transient names are called so; others by their whole format. */
const typeOfName = (format: string): string =>
  format === `${formats}persistent` || format === `${formats}transient`
    ? format.slice(formats.length)
    : format;

function contextOf(attributes: Attributes): {
  readonly context: Context;
  readonly unseen: readonly string[];
} {
  const context: Context = {};
  const unseen: string[] = [];
  for (const [name, values] of attributes) {
    if (name.startsWith(prefix)) continue;
    const key = keyFor(name);
    const [first] = values;
    if (key === undefined || first === undefined) unseen.push(name);
    else context[key] = conditionKeyNamed(key)?.multivalued === true ? values : first;
  }
  const session = attributes.get(`${prefix}RoleSessionName`)?.[0];
  return {
    context: { ...context, ...(session !== undefined && { 'sts:RoleSessionName': session }) },
    unseen,
  };
}

/** The key of an attribute: by its own name, by what AWS maps it to, or the key itself. */
function keyFor(name: string): string | undefined {
  const mapped = samlKeyFor(name);
  if (mapped !== undefined) return mapped;
  const key = name.includes(':') ? name : `saml:${name}`;
  return conditionKeyNamed(key)?.id;
}

function extrasIn(attributes: Attributes): SessionExtras {
  const sourceIdentity = attributes.get(`${prefix}SourceIdentity`)?.[0];
  const tag = `${prefix}PrincipalTag:`;
  return {
    tags: [...attributes].flatMap(([name, [value]]) =>
      name.startsWith(tag) && value !== undefined ? [[name.slice(tag.length), value] as const] : [],
    ),
    transitive: attributes.get(`${prefix}TransitiveTagKeys`) ?? [],
    ...(sourceIdentity !== undefined && { sourceIdentity }),
  };
}
