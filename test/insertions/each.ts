/** Named insertions tried out: on statements of all kinds, in every host, the way an adapter does it. */
import { applyEdits, defaultSettings, type Document, readDocument } from '#engine';
import { insertAt, type Inserted, sitesIn } from '../../engine/src/features/insert.ts';
import type { Insertion } from '../../engine/src/insertions/insertion.ts';
import { plainValue, type JsonValue } from '../../engine/src/tree/walk.ts';
import { exampleRandom } from '../harness/look.ts';

export interface Text {
  readonly text: string;
  readonly language: string;
  readonly file: string;
}

/** A text read as an editor has it open. */
export const read = ({ text, language, file }: Text): Document =>
  readDocument({ uri: `file:///${file}`, languageId: language, text });

/** The first policy of a text as a plain value; nothing where it has expressions in it. */
export const valueIn = (source: Text): JsonValue | undefined => {
  const root = read(source).regions[0]?.node;
  return root && plainValue(root);
};

/** What an insertion comes to in the first statement of a text, and the text afterwards. */
export function inserted(
  insertion: Insertion,
  source: Text,
  value?: string,
): { readonly outcome: Inserted; readonly text: string } {
  const document = read(source);
  const [site] = sitesIn(document);
  if (site === undefined) throw new Error(`There is no statement in ${source.text}`);
  const outcome = insertAt(insertion, site, document, defaultSettings, exampleRandom, value);
  return { outcome, text: outcome.kind === 'edits' ? applyEdits(source.text, outcome.edits) : source.text };
}

const account = '111122223333';
const statement = (principal: JsonValue, action: JsonValue, condition?: JsonValue): JsonValue => ({
  Effect: 'Allow',
  Principal: principal,
  Action: action,
  ...(condition !== undefined && { Condition: condition }),
});

/** Statements of all kinds. */
export const statements: Readonly<Record<string, JsonValue>> = {
  'an account': statement({ AWS: `arn:aws:iam::${account}:root` }, 'sts:AssumeRole'),
  'an account with conditions': statement({ AWS: account }, ['sts:AssumeRole'], {
    StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' },
    Bool: { 'aws:SecureTransport': 'true' },
  }),
  'everybody with a weak condition': statement('*', 'sts:AssumeRole', {
    BoolIfExists: { 'aws:MultiFactorAuthPresent': 'true' },
  }),
  'a role': statement({ AWS: `arn:aws:iam::${account}:role/app` }, 'sts:AssumeRole'),
  'a service': statement({ Service: 'states.amazonaws.com' }, 'sts:AssumeRole'),
  'an exempt service': statement({ Service: 'ec2.amazonaws.com' }, 'sts:AssumeRole'),
  'an OIDC provider': statement(
    { Federated: `arn:aws:iam::${account}:oidc-provider/token.actions.githubusercontent.com` },
    'sts:AssumeRoleWithWebIdentity',
  ),
  'a SAML provider': statement(
    { Federated: `arn:aws:iam::${account}:saml-provider/corp` },
    'sts:AssumeRoleWithSAML',
  ),
  'several kinds': statement({ AWS: account, Service: 'lambda.amazonaws.com' }, 'sts:AssumeRole'),
};

/** A policy of one statement in a list. */
export const policyOf = (one: JsonValue): JsonValue => ({ Version: '2012-10-17', Statement: [one] });
