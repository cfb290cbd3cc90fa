/**
 * What `aws iam get-role`, `list-roles` and `get-account-authorization-details` print: the policy of a role that exists,
 * as an object or as URL-encoded text. It is looked at and not edited, since the file is not what IAM reads.
 */
import { type Piece, segmented } from '../text/segments.ts';
import { json } from '../syntax/json.ts';
import type { Syntax } from '../syntax/syntax.ts';
import type { StringNode } from '../tree/tree.ts';
import { jsonCarrier } from './carrier.ts';
import type { Embedded, Host } from './host.ts';
import { type CarrierOf, policiesUnder } from './property.ts';

const property = 'AssumeRolePolicyDocument';

const readOnly = (syntax: Syntax): Syntax => ({
  ...syntax,
  slotAt: () => undefined,
  edits: () => undefined,
  insertion: () => [],
});

const carrierOf: CarrierOf = (node, text) => {
  if (node.value?.startsWith('%7B') !== true) return jsonCarrier(node, text);
  return { decoded: segmented(text, percentPieces(node, text)), encode: () => undefined };
};

/** URL-encoded text: `%22`. Bytes that follow each other are one character or more together. */
function* percentPieces({ content }: StringNode, text: string): Generator<Piece> {
  let from = content.start;
  for (let at = text.indexOf('%', from); at >= 0 && at < content.end; at = text.indexOf('%', from)) {
    if (at > from) yield { kind: 'same', raw: { start: from, end: at } };
    from = at + 3;
    while (text[from] === '%' && isHigh(text, at) && isHigh(text, from)) from += 3;
    from = Math.min(from, content.end);
    yield { kind: 'escape', raw: { start: at, end: from }, text: decoded(text.slice(at, from)) };
  }
  if (content.end > from) yield { kind: 'same', raw: { start: from, end: content.end } };
}

/** Bytes from 80 upwards belong to a character of several bytes. */
const isHigh = (text: string, at: number): boolean => '89ABCDEFabcdef'.includes(text.charAt(at + 1) || '0');

function decoded(encoded: string): string {
  try {
    return decodeURIComponent(encoded);
  } catch {
    return encoded;
  }
}

const unedited = (policy: Embedded): Embedded => ({ ...policy, syntax: readOnly(policy.syntax ?? json) });

export const awsCliHost: Host = {
  id: 'aws-cli',
  languages: ['json', 'jsonc'],
  syntaxOf: () => json,
  mayContain: (text) => text.includes(`"${property}"`) && text.includes('"RoleId"'),
  find: ({ root }, text) => ({
    policies: root ? [...policiesUnder([property], root, text, carrierOf)].map(unedited) : [],
    whole: false,
  }),
};
