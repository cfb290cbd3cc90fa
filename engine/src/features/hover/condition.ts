/** Condition keys, and which callers send them. */
import type { PresenceFor } from '../../catalog/catalog.ts';
import type { Statement } from '../../policy/policy.ts';
import { type Caller, callersOf, keyNamed, presenceFor } from '../callers.ts';
import { code, documented, paragraphs } from '../markdown.ts';
import { mfaTable } from './truth.ts';

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

/** Markdown for a condition key, whether the callers of the statement send it, and what is tested `here`. */
export function describeKey(name: string, statement: Statement, here?: string): string | undefined {
  const key = keyNamed(name, statement);
  if (key === undefined) return undefined;
  const type = key.multivalued ? `${key.type}, several values` : key.type;
  const present = callersOf(statement).map(
    (caller) => `${callerNames[caller]}: ${presences[presenceFor(key, caller, statement)]}`,
  );
  return paragraphs(
    `${code(name)} (${type})`,
    `Sent by ${present.join('; ')}.`,
    here,
    isMfa(name) ? mfaTable() : undefined,
    documented(key.doc, key.url, key.pitfalls),
  );
}

/** The key that is most often tested by the wrong operator. */
export const isMfa = (name: string): boolean => name.toLowerCase() === 'aws:multifactorauthpresent';
