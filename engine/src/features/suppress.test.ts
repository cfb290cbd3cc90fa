/** Comments that ignore findings: what they speak for, and that the one the light bulb writes ignores just what it is about. */
import { describe, expect, it } from 'vitest';
import { exampleRandom, look, type Looked } from '../../../test/harness/look.ts';
import { readMarks } from '../../../test/harness/marks.ts';
import { readPages } from '../../../test/harness/pages.ts';
import { transcripts } from '../../../test/harness/transcribe.ts';
import { applyEdits, editsFor, type Finding, ignoreHere } from '../index.ts';
import { reasonToWrite } from '../rules/suppression.ts';
import { plainValue } from '../tree/walk.ts';

const rulesIn = (language: string, file: string, text: string): readonly string[] =>
  look({ text, language, file }).findings.map(({ rule }) => rule);

const comment = 'trust-policy-ignore public-principal: a demonstration';

const template = (lines: Readonly<Record<string, string>>): string => `Resources:
  ${lines['role'] ?? ''}
  Role:
    Properties:
      ${lines['policy'] ?? ''}
      AssumeRolePolicyDocument: ${lines['behind policy'] ?? ''}
        ${lines['version'] ?? ''}
        Version: '2012-10-17'
        Statement:
          ${lines['statement'] ?? ''}
          - Effect: Allow
            ${lines['principal'] ?? ''}
            Principal:
              AWS: '*' ${lines['behind'] ?? ''}
            ${lines['action'] ?? ''}
            Action: sts:AssumeRole
          - Effect: Allow
            Principal:
              AWS: '*'
            Action: [sts:AssumeRole, sts:TagSession]
    Type: AWS::IAM::Role
`;

describe('in YAML a comment speaks', () => {
  it.each([
    ['in a line of its own for a resource', { role: `# ${comment}` }, 0],
    ['for a policy', { policy: `# ${comment}` }, 0],
    ['for a statement', { statement: `# ${comment}` }, 1],
    ['for an element', { principal: `# ${comment}` }, 1],
    ['behind code for that line', { behind: `# ${comment}` }, 1],
    ['past other comments', { statement: `# ${comment}\n          # See the wiki.` }, 1],
    ['not for a policy from its first line', { version: `# ${comment}` }, 2],
    ['not for the line above', { action: `# ${comment}` }, 2],
    ['behind code not for what begins there', { 'behind policy': `# ${comment}` }, 2],
    ['not without a reason', { statement: '# trust-policy-ignore public-principal' }, 2],
    [
      'not with a reason that is still to be written',
      { statement: '# trust-policy-ignore public-principal: say why' },
      2,
    ],
    ['not for other rules', { statement: '# trust-policy-ignore missing-version: a demonstration' }, 2],
    ['not where the word goes on', { statement: `# ${comment.replace('ignore', 'ignored')}` }, 2],
  ])('%s', (_, lines, left) => {
    const found = rulesIn('yaml', 'template.yaml', template(lines));
    expect(found.filter((rule) => rule === 'public-principal')).toHaveLength(left);
    const aboutComments = found.filter((rule) => rule.includes('suppression'));
    const isIdle = left === 2 && !Object.values(lines).join('').includes('ignored');
    expect(aboutComments).toHaveLength(isIdle ? 1 : 0);
  });
});

const terraform = (above: string, inside: string, at: string): string => `${above}
resource "aws_iam_role" "demo" {
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      ${inside}
      {
        Effect    = "Allow"
        Principal = { AWS = "*" } ${at}
        Action    = "sts:AssumeRole"
      }
    ]
  })
}
`;

it.each([
  ['# for a block', terraform(`# ${comment}`, '', '')],
  ['// for a statement', terraform('', `// ${comment}`, '')],
  ['/* for a statement', terraform('', `/* ${comment} */`, '')],
  ['# behind code', terraform('', '', `# ${comment}`)],
])('in Terraform %s', (_, text) => {
  expect(rulesIn('terraform', 'main.tf', text)).toEqual([]);
});

const json = (above: string): string => `{
  "Version": "2012-10-17",
  "Statement": [
    ${above}
    { "Effect": "Allow", "Principal": { "AWS": "*" }, "Action": "sts:AssumeRole" }
  ]
}`;

it('in JSONC, and not in JSON, which has no comments', () => {
  expect(rulesIn('jsonc', 'trust-policy.jsonc', json(`// ${comment}`))).toEqual([]);
  expect(rulesIn('json', 'trust-policy.json', json(`// ${comment}`))).toEqual([
    'json-syntax-error',
    'public-principal',
  ]);
});

it('nothing is said of comments while the text is broken', () => {
  const text = template({ statement: `# ${comment}` }).replace("AWS: '*'", "AWS: '*");
  expect(rulesIn('yaml', 'template.yaml', text).filter((rule) => rule.includes('suppression'))).toEqual([]);
});

it('several rules in one comment are judged one by one', () => {
  const text = json(
    '// trust-policy-ignore public-principal, missing-version duplicate-sid : a demonstration',
  );
  const { findings } = look({ text, language: 'jsonc', file: 'trust-policy.jsonc' });
  expect(findings.map(({ rule, span }) => [rule, text.slice(span.start, span.end)])).toEqual([
    ['unused-suppression', 'missing-version'],
    ['unused-suppression', 'duplicate-sid'],
  ]);
});

/** The first failing example of each page, as people write it where there are comments. */
const written = readPages().flatMap(({ id, fails: [first] }) => {
  if (first?.fence.language !== 'json' || first.fence.file !== undefined) return [];
  const { document } = look({ ...first.fence, text: readMarks(first.fence.text).text });
  const value = document.regions[0] && plainValue(document.regions[0].node);
  if (typeof value !== 'object' || value === null) return [];
  return [{ id, value: value, settings: first.fence.settings }];
});

/** All findings but those of a rule on the things that a comment is about. */
const others = ({ findings }: Looked, rule: string): readonly string[] =>
  findings.filter((finding) => finding.rule !== rule).map((finding) => finding.rule);

const count = ({ findings }: Looked, rule: string): number =>
  findings.filter((finding) => finding.rule === rule).length;

/** The text with the comment and, in it, a reason in the place of the words that stand for one. */
function withComment(finding: Finding, { document }: Looked): string | undefined {
  const fix = ignoreHere(finding, document);
  const edits = fix && editsFor(fix, finding.region, document, exampleRandom);
  return edits && applyEdits(document.source.text, edits).replace(reasonToWrite, 'a demonstration');
}

describe('the comment that the light bulb writes ignores the finding, and changes nothing else', () => {
  it('is tried on enough', () => {
    expect(written.length).toBeGreaterThan(100);
  });

  // Each host has its turn: all of them together would take minutes.
  it.each(written.map((each, turn) => ({ ...each, turn })))('$id', ({ id, value, settings, turn }) => {
    const jsonc = {
      name: 'JSONC',
      language: 'jsonc',
      file: 'trust-policy.jsonc',
      text: JSON.stringify(value, undefined, 2),
    };
    const hosts = transcripts(value);
    const chosen = [hosts[turn % hosts.length], hosts[(turn + 7) % hosts.length]].filter(
      (host) => host !== undefined,
    );
    for (const { name, language, file, text } of [jsonc, ...chosen]) {
      const before = look({ text, language, file, settings });
      const finding = before.findings.find(({ rule }) => rule === id);
      if (finding === undefined) continue;
      const after = withComment(finding, before);
      if (language === 'json') {
        expect(after).toBeUndefined();
        continue;
      }
      const told = `${name}\n${after ?? 'no comment'}`;
      const ignored = look({ text: after ?? '', language, file, settings });
      expect(count(ignored, id), told).toBeLessThan(count(before, id));
      expect(others(ignored, id), told).toEqual(others(before, id));
      expect(
        ignored.document.regions.map(({ node }) => plainValue(node)),
        told,
      ).toEqual(before.document.regions.map(({ node }) => plainValue(node)));
    }
  });
});
