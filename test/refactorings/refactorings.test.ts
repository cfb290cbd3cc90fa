/** Refactorings: whatever is offered, wherever the caret is and in every host, the policy means the same afterwards. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyEdits, type Refactored, refactoringsAt } from '#engine';
import { descendants, type JsonValue } from '../../engine/src/tree/walk.ts';
import { read, type Text } from '../insertions/each.ts';
import { sources } from '../insertions/sources.ts';
import { transcripts } from '../harness/transcribe.ts';
import { edges, meaning } from './meaning.ts';

interface Done {
  readonly id: string;
  readonly text: string;
}

/** Where a caret makes a difference. */
const carets = (source: Text): readonly number[] => {
  const nodes = read(source).regions.flatMap(({ node }) => [...descendants(node)]);
  return [...new Set(nodes.map(({ span }) => span.start))];
};

const at = (source: Text, offset: number): readonly Refactored[] => refactoringsAt(read(source), offset);

const done = (source: Text, { id, outcome }: Refactored): readonly Done[] =>
  'edits' in outcome && !outcome.file ? [{ id, text: applyEdits(source.text, outcome.edits) }] : [];

/** Everything that can be done to a text, each once. */
const allIn = (source: Text): readonly Done[] => {
  const found = carets(source).flatMap((caret) => at(source, caret).flatMap((each) => done(source, each)));
  return [...new Map(found.map((each) => [each.id + each.text, each])).values()];
};

/** Does the first thing of a name that is offered; the text as it is where there is none. */
function after(source: Text, id: string): Text {
  const [first] = allIn(source).filter((each) => each.id === id);
  if (first === undefined) throw new Error(`${id} is not offered in\n${source.text}`);
  return { ...source, text: first.text };
}

const account = fc.constantFrom('111122223333', '444455556666', 'arn:aws:iam::777788889999:root');
const oneOrMore = (value: fc.Arbitrary<string>): fc.Arbitrary<JsonValue> =>
  fc.oneof(value, fc.uniqueArray(value, { minLength: 1, maxLength: 3 }));
const principal: fc.Arbitrary<JsonValue> = fc.oneof(
  fc.record({ AWS: oneOrMore(account) }),
  fc.record({
    AWS: oneOrMore(account),
    Service: oneOrMore(fc.constantFrom('ec2.amazonaws.com', 'lambda.amazonaws.com')),
  }),
  fc.record({
    Federated: fc.constant('arn:aws:iam::111122223333:oidc-provider/gitlab.com'),
    AWS: oneOrMore(account),
  }),
);
const action = oneOrMore(
  fc.constantFrom('sts:AssumeRole', 'sts:TagSession', 'sts:AssumeRoleWithWebIdentity', 'sts:*'),
);
const condition: fc.Arbitrary<JsonValue> = fc.record({
  StringEquals: fc.record({
    'aws:PrincipalOrgID': oneOrMore(fc.constantFrom('o-a1b2c3d4e5', 'o-b2c3d4e5f6')),
  }),
});
const statement: fc.Arbitrary<JsonValue> = fc
  .record({
    Effect: fc.constantFrom('Allow', 'Deny'),
    Principal: principal,
    Action: action,
    Condition: fc.option(condition, { nil: undefined }),
  })
  .map((each) => JSON.parse(JSON.stringify(each)) as JsonValue);
const policy: fc.Arbitrary<JsonValue> = fc.record({
  Version: fc.constant('2012-10-17'),
  Statement: fc.oneof(statement, fc.array(statement, { minLength: 1, maxLength: 3 })),
});

describe('whatever is offered', () => {
  it('means the same, in every host', () => {
    let count = 0;
    fc.assert(
      fc.property(policy, (value) => {
        for (const transcript of transcripts(value)) {
          const before = edges(read(transcript));
          for (const { id, text } of allIn(transcript)) {
            expect(
              edges(read({ ...transcript, text })),
              `${id} in ${transcript.name}:\n${transcript.text}\n${text}`,
            ).toEqual(before);
            count++;
          }
        }
      }),
      { numRuns: 4 },
    );
    expect(count).toBeGreaterThan(50);
  });

  it.each(Object.entries(sources))('means the same with the expressions of %s', (_, source) => {
    const before = edges(read(source));
    const all = allIn(source);
    expect(all.length).toBeGreaterThan(0);
    for (const { text } of all) expect(edges(read({ ...source, text })), text).toEqual(before);
  });

  it.each(Object.entries(sources))('reads well in %s', async (host, source) => {
    const parts = allIn(source).map(({ id, text }) => `=== ${id}\n${text}`);
    const refused = carets(source)
      .flatMap((caret) => at(source, caret))
      .flatMap(({ id, outcome }) => ('refused' in outcome ? [`=== ${id}: ${outcome.refused}\n`] : []));
    await expect([...parts, ...new Set(refused)].join('\n')).toMatchFileSnapshot(`./golden/${host}.txt`);
  });
});

describe('Terraform', () => {
  const uncommented = (source: Text | undefined): Text => {
    if (source === undefined) throw new Error('No source.');
    return { ...source, text: source.text.replaceAll(/ *# .*\n/g, '\n') };
  };
  const whole = (source: Text): unknown => meaning(read(source).regions[0]?.node);

  it('goes from a heredoc to a policy document and back', () => {
    const heredoc = uncommented(sources['terraform-heredoc']);
    const encoded = after(heredoc, 'terraform-jsonencode');
    const document = after(encoded, 'terraform-policy-document');
    const again = after(document, 'terraform-jsonencode');
    const back = after(again, 'terraform-heredoc');
    expect(document.text).toContain('assume_role_policy = data.aws_iam_policy_document.vendor_trust.json');
    expect(again.text).toBe(encoded.text);
    for (const each of [encoded, document, again, back]) expect(whole(each)).toEqual(whole(heredoc));
  });

  it('keeps expressions, and those that may be lists', () => {
    const source = uncommented(sources['terraform-jsonencode']);
    const lists = {
      ...source,
      text: source.text.replace('[\n        "arn', '[\n"arn').replace('"sts:AssumeRole"', 'var.actions'),
    };
    const document = after(lists, 'terraform-policy-document');
    expect(document.text).toContain('flatten([var.actions])');
    expect(whole(after(document, 'terraform-jsonencode'))).toEqual(whole(lists));
    const heredoc = after(lists, 'terraform-heredoc');
    expect(heredoc.text).toContain('${jsonencode(var.actions)}');
    expect(whole(after(heredoc, 'terraform-jsonencode'))).toEqual(whole(lists));
  });

  it('refuses what would be lost, and says why', () => {
    const reasons = (source: Text | undefined): readonly string[] =>
      source === undefined
        ? []
        : carets(source)
            .flatMap((caret) => at(source, caret))
            .flatMap(({ outcome }) => ('refused' in outcome ? [outcome.refused] : []));
    expect(reasons(sources['terraform-jsonencode']).join()).toContain('comment');
    const document = uncommented(sources['terraform-policy-document']);
    const used = (more: string): Text => ({ ...document, text: document.text + more });
    expect(
      reasons(used('output "x" { value = data.aws_iam_policy_document.vendor.json }\n')).join(),
    ).toContain('exactly once');
    expect(
      reasons({
        ...document,
        text: document.text.replace('  statement {', '  override_policy_documents = [var.x]\n  statement {'),
      }).join(),
    ).toContain('computed');
  });

  it('moves a policy to a file, if nothing in it is computed', () => {
    const source = uncommented(sources['terraform-heredoc']);
    const plain = { ...source, text: source.text.replace('${var.vendor}', '111122223333') };
    const offer = (text: Text): Refactored | undefined =>
      carets(text)
        .flatMap((caret) => at(text, caret))
        .find(({ id }) => id === 'file');
    expect(offer(source)?.outcome).toHaveProperty('refused');
    const outcome = offer(plain)?.outcome;
    if (outcome === undefined || !('edits' in outcome)) throw new Error('It is refused.');
    expect(applyEdits(plain.text, outcome.edits)).toContain(
      'assume_role_policy = file("${path.module}/vendor.trust-policy.json")',
    );
    const file = { text: outcome.file?.text ?? '', language: 'json', file: outcome.file?.name ?? '' };
    expect(edges(read(file))).toEqual(edges(read(plain)));
  });
});

it('account ids and root ARNs, lists and single values go back and forth', () => {
  const source: Text = {
    language: 'json',
    file: 'trust-policy.json',
    text: '{ "Statement": [{ "Effect": "Allow", "Principal": { "AWS": "111122223333" }, "Action": "sts:AssumeRole" }] }',
  };
  const arn = after(source, 'account-form');
  expect(arn.text).toContain('"arn:aws:iam::111122223333:root"');
  expect(after(arn, 'account-form').text).toBe(source.text);
  const list = after(source, 'list-form');
  expect(list.text).toContain('["111122223333"]');
  expect(after(list, 'list-form').text).toBe(source.text);
});

it('splitting and merging undo each other', () => {
  const source: Text = {
    language: 'json',
    file: 'trust-policy.json',
    text: JSON.stringify({
      Statement: [
        {
          Sid: 'Both',
          Effect: 'Allow',
          Principal: { AWS: '111122223333', Service: 'ec2.amazonaws.com' },
          Action: 'sts:AssumeRole',
        },
      ],
    }),
  };
  const split = after(source, 'split-statement');
  expect(split.text).toContain('"BothService"');
  expect(JSON.parse(after(split, 'merge-statements').text)).toEqual(JSON.parse(source.text));
});
