/** Help while writing: at every prefix of a policy nothing throws, and what is chosen is in the text afterwards. */
import { describe, expect, it } from 'vitest';
import {
  applyEdits,
  completeAt,
  type Document,
  explainDocument,
  explanationText,
  hintsOf,
  hoverAt,
  linksOf,
  readDocument,
  selectionAt,
  settingsFrom,
  symbolsOf,
} from '#engine';
import { json } from '../../engine/src/syntax/json.ts';
import { descendants } from '../../engine/src/tree/walk.ts';

const github = `{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "Deploy",
      "Effect": "Allow",
      "Principal": { "Federated": "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com" },
      "Action": "sts:AssumeRoleWithWebIdentity",
      "Condition": {
        "StringEquals": { "token.actions.githubusercontent.com:aud": "sts.amazonaws.com" },
        "StringLike": { "token.actions.githubusercontent.com:sub": ["repo:octo-org/octo-repo:*"] }
      }
    }
  ]
}`;
const flat =
  '{"Statement":{"Effect":"Deny","Principal":{"AWS":["111122223333","arn:aws:iam::111122223333:role/a"],"Service":"ec2.amazonaws.com"},"Action":["sts:AssumeRole","sts:TagSession"],"Condition":{"BoolIfExists":{"aws:MultiFactorAuthPresent":"false"},"Null":{"aws:TagKeys":true}}}}';
const commented = `// Console sign-in\r
{\r
\t"Statement": [{\r
\t\t/* Okta */ "Effect": "Allow", "Principal": { "Federated": "arn:aws:iam::111122223333:saml-provider/Okta" },\r
\t\t"Action": "sts:AssumeRoleWithSAML", // SAML\r
\t\t"Condition": { "StringEquals": { "SAML:aud": "https://signin.aws.amazon.com/saml" } },\r
\t}],\r
}`;

const settings = settingsFrom({
  trustedAccounts: ['444455556666'],
  trustedOrganizations: ['o-exampleorgid'],
});

const read = (text: string): Document =>
  readDocument({ uri: 'file:///trust-policy.json', languageId: 'jsonc', text });

/** Every text in a document, keys included, whether or not it still is a policy. */
function textsIn(text: string): ReadonlySet<string> {
  const { root } = json.parse(text);
  const nodes = root ? [...descendants(root)] : [];
  return new Set(
    nodes
      .flatMap((node) => (node.kind === 'object' ? node.members.map(({ key }) => key) : [node]))
      .flatMap((node) => (node.kind === 'string' && node.value !== undefined ? [node.value] : [])),
  );
}

/** The texts in quotes of an edit. */
const quotedIn = (text: string): readonly string[] =>
  [...text.matchAll(/"(?:[^"\\]|\\.)*"/g)].map(([quoted]) => String(JSON.parse(quoted)));

function checkCompletions(text: string, offset: number): number {
  const completions = completeAt(read(text), offset, settings);
  // Long lists differ in their values only, so their ends stand for them.
  for (const { label, edits } of [...completions.slice(0, 12), ...completions.slice(-1)]) {
    const [first] = edits;
    expect(first.span.start, label).toBeLessThanOrEqual(offset);
    expect(first.span.end, label).toBeGreaterThanOrEqual(offset);
    const texts = textsIn(applyEdits(text, edits));
    for (const quoted of quotedIn(first.text))
      expect(texts, `${label} at ${String(offset)} of\n${text}`).toContain(quoted);
  }
  return completions.length;
}

describe.each([
  ['GitHub Actions', github],
  ['one line', flat],
  ['comments', commented],
])('%s', (_, policy) => {
  it('helps at every prefix', () => {
    let offered = 0;
    for (let end = 0; end <= policy.length; end++) {
      const prefix = policy.slice(0, end);
      offered += checkCompletions(prefix, end);
      const document = read(prefix);
      hoverAt(document, end, settings);
      symbolsOf(document);
      linksOf(document);
      selectionAt(document, end);
      for (const { offset } of hintsOf(document, { start: 0, end }, settings))
        expect(offset).toBeLessThanOrEqual(end);
      for (const explanation of explainDocument(read(prefix))) explanationText(explanation);
    }
    expect(offered).toBeGreaterThan(500);
  });

  it('helps at every offset of the whole text', () => {
    const document = read(policy);
    let hovers = 0;
    for (let offset = 0; offset <= policy.length; offset++) {
      checkCompletions(policy, offset);
      if (hoverAt(document, offset)) hovers++;
    }
    expect(hovers).toBeGreaterThan(policy.length / 4);
  });

  it('keeps what is written beside the cursor', () => {
    const document = read(policy);
    for (let offset = 0; offset <= policy.length; offset++) {
      for (const { edits } of completeAt(document, offset, settings).slice(0, 3)) {
        const kept = [...textsIn(policy)].filter(
          (text) => !policy.slice(edits[0].span.start, edits[0].span.end).includes(text),
        );
        const after = textsIn(applyEdits(policy, edits));
        for (const text of kept) expect(after, `at ${String(offset)}`).toContain(text);
      }
    }
  });
});
