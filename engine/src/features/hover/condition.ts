/** Condition keys, who sends them, and what their values are compared with. */
import {
  oidcProviderFor,
  type Operator,
  operatorNamed,
  type PresenceFor,
  samlEndpoints,
} from '../../catalog/catalog.ts';
import type { OperatorText } from '../../policy/condition.ts';
import type { Statement } from '../../policy/policy.ts';
import type { Node } from '../../tree/tree.ts';
import { type Caller, callersOf, keyNamed, presenceFor } from '../callers.ts';
import { code, documented, paragraphs, prose } from '../markdown.ts';
import { ownerOf } from './principal.ts';

const callerNames: Readonly<Record<Caller, string>> = {
  aws: 'AWS identities',
  service: 'AWS services',
  saml: 'SAML users',
  oidc: 'OIDC users',
};
const presences: Readonly<Record<PresenceFor, string>> = {
  yes: 'always',
  sometimes: 'sometimes',
  no: 'never',
  unknown: 'not documented',
};

/** Markdown for a condition key and whether the callers of the statement send it. */
export function describeKey(name: string, statement: Statement): string | undefined {
  const key = keyNamed(name, statement);
  if (key === undefined) return undefined;
  const type = key.multivalued ? `${key.type}, several values` : key.type;
  const present = callersOf(statement).map(
    (caller) => `${callerNames[caller]}: ${presences[presenceFor(key, caller, statement)]}`,
  );
  return paragraphs(
    `${code(name)} (${type})`,
    `Sent by ${present.join('; ')}.`,
    documented(key.doc, key.url, key.pitfalls),
  );
}

/** Markdown for a value: what it stands for, or how it is compared. */
export function describeValue(operator: OperatorText, key: string, node: Node): string | undefined {
  const text = textIn(node);
  const known = operatorNamed(operator.name);
  if (text === undefined || known === undefined) return undefined;
  if (known.type === 'null') return describeNull(text, key);
  return paragraphs(meaningOf(text, key), comparison(known, text)) || undefined;
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

function meaningOf(text: string, key: string): string | undefined {
  const endpoint = samlEndpoints().find(({ value }) => value === text);
  if (endpoint) return documented(endpoint.doc, endpoint.url);
  const owner = ownerOf(text);
  if (owner !== undefined) return owner;
  const colon = key.lastIndexOf(':');
  const provider = oidcProviderFor(key.slice(0, Math.max(colon, 0)));
  const claim = key.slice(colon + 1).toLowerCase();
  if (provider === undefined || (claim !== 'sub' && claim !== 'aud')) return undefined;
  const usual = claim === 'sub' ? provider.subjectTemplates : provider.audiences;
  const forms = usual.map((form) => `- ${code(form)}`).join('\n');
  return usual.length > 0 ? paragraphs(`Usual forms for ${prose(provider.name)}:`, forms) : undefined;
}

function comparison(operator: Operator, text: string): string | undefined {
  const wild = text.includes('*') || text.includes('?');
  if (!wild) return undefined;
  return operator.wildcards
    ? `${code('*')} stands for any characters, ${code('?')} for one.`
    : `Under ${operator.id}, ${code('*')} and ${code('?')} are plain characters.`;
}
