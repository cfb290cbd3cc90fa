/** Templates put into documents: what stood there stays, what comes is the template, and the document can still be read. */
import { describe, expect, it } from 'vitest';
import { applyEdits, findingsIn, placeTemplate, readDocument, templateNamed, templates } from '#engine';
import { defaultSettings, type Document } from '#engine';
import { applyWithStops, readCursor } from '../../../../test/harness/cursor.ts';
import { fillMarks } from '../../tree/change.ts';
import { type JsonValue, plainValue, valueOf } from '../../tree/walk.ts';
import { policyOf, statementsOf } from './policy.ts';

const ec2 = `{"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}`;
const inYaml = `        Version: '2012-10-17'
        Statement:
        - Effect: Allow
          Principal: {Service: ec2.amazonaws.com} # ours
          Action: sts:AssumeRole
`;
const inHcl = `  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "ec2.amazonaws.com" } # ours
      Action    = "sts:AssumeRole"
    }]
  })
`;
const role = 'Resources:\n  R:\n    Type: AWS::IAM::Role\n';
const tfRole = 'resource "aws_iam_role" "r" {\n';

/** A document, and how many statements stand in the policy before the template. */
type Case = readonly [what: string, file: string, marked: string, before: number];

const cases: readonly Case[] = [
  ['an empty file', 'a.json', '<|>', 0],
  ['an empty file with a name', 'trust-policy.json', '\n<|>\n', 0],
  ['an empty object', 'trust-policy.json', '{<|>}', 0],
  ['a version alone', 'trust-policy.json', '{\n  "Version": "2012-10-17"<|>\n}\n', 0],
  ['an empty list', 'trust-policy.json', '{\n  "Version": "2012-10-17",\n  "Statement": [<|>]\n}\n', 0],
  ['a list', 'a.json', `{\n  "Statement": [\n    ${ec2}<|>\n  ]\n}\n`, 1],
  ['a list, inside of a statement', 'a.json', `{"Statement": [${ec2.replace('"Allow"', '"<|>Allow"')}]}`, 1],
  ['a single statement', 'a.json', `{\n  "Statement": ${ec2}<|>\n}\n`, 1],
  ['a list in text', 'a.json', JSON.stringify({ AssumeRolePolicyDocument: `{"Statement":[${ec2}]}<|>` }), 1],
  ['an empty property in JSON', 'a.json', '{"AssumeRolePolicyDocument": <|>}', 0],
  ['a null property in JSON', 'a.json', '{\n  "AssumeRolePolicyDocument": null<|>\n}', 0],
  ['a template without resources in JSON', 'a.json', '{\n  "Resources": {<|>}\n}', 0],
  ['an empty file of YAML', 'a.yaml', '# nothing yet\n<|>', 0],
  [
    'an empty property',
    'a.yaml',
    `${role}    Properties:\n      AssumeRolePolicyDocument:<|>\n      Path: /\n`,
    0,
  ],
  ['properties without one', 'a.yaml', `${role}    Properties:\n      Path: /<|>\n`, 0],
  ['a role without properties', 'a.yaml', `${role.trimEnd()}<|>\n`, 0],
  ['another resource', 'a.yaml', 'Resources:\n  B:\n    Type: AWS::S3::Bucket<|>\n', 0],
  [
    'a role, outside of its policy',
    'a.yaml',
    `${role}    Properties:\n      Path: /<|>\n      AssumeRolePolicyDocument:\n${inYaml}`,
    1,
  ],
  [
    'a policy in YAML',
    'a.yaml',
    `${role}    Properties:\n      AssumeRolePolicyDocument:\n${inYaml.replace('Allow', 'Allow<|>')}`,
    1,
  ],
  ['an empty file of Terraform', 'a.tf', '<|>', 0],
  ['between blocks', 'a.tf', 'locals {\n  a = 1\n}\n<|>\nvariable "b" {}\n', 0],
  ['inside of another block', 'a.tf', 'locals {\n  a = 1<|>\n}\nvariable "b" {}\n', 0],
  ['a role without one', 'a.tf', `${tfRole}  name = "x"<|>\n}\n`, 0],
  ['an empty argument', 'a.tf', `${tfRole}  name               = "x"\n  assume_role_policy = <|>\n}\n`, 0],
  [
    'a role of Terraform, outside of its policy',
    'a.tf',
    `${tfRole}  name               = "x"<|>\n${inHcl}}\n`,
    1,
  ],
  [
    'a policy document',
    'a.tf',
    'data "aws_iam_policy_document" "d" {\n  statement {\n    actions = ["sts:AssumeRole"]<|>\n    principals {\n      type        = "Service"\n      identifiers = ["ec2.amazonaws.com"]\n    }\n  }\n}\n',
    1,
  ],
];

const languages: Readonly<Record<string, string>> = { json: 'json', yaml: 'yaml', tf: 'terraform' };

const read = (file: string, text: string): Document =>
  readDocument({ uri: `file:///${file}`, languageId: languages[file.split('.')[1] ?? ''] ?? '', text });

const listed = (value: JsonValue | undefined): readonly unknown[] => (Array.isArray(value) ? value : [value]);

/** A value in which a list of one is its item: Terraform writes no difference. */
const singled = (value: unknown): string => JSON.stringify(value).replace(/\[("[^"]*")\]/g, '$1');

const plainOf = (value: JsonValue): unknown => JSON.parse(fillMarks(JSON.stringify(value), () => '').text);

/** Some of each family: the snippets test prints all of them. */
const some = templates().filter(({ kind }, index) => kind === undefined && index % 7 === 0);

describe.each(cases)('in %s', (_, file, marked, before) => {
  const { text, offset } = readCursor(marked);

  it.each(some.map((template) => [template.name, template] as const))('%s', (_name, template) => {
    const placed = placeTemplate(read(file, text), template, offset);
    if ('refused' in placed) throw new Error(placed.refused);
    const after = applyEdits(text, placed.edits);
    for (const line of text.split('\n').filter((each) => each.includes('# ours')))
      expect(after).toContain(line);
    const document = read(file, after);
    expect(document.tree.problems, after).toEqual([]);
    const [region] = document.regions;
    const statements = region && valueOf(region.node, 'Statement');
    const values = listed(statements && plainValue(statements));
    expect(values).toHaveLength(before + template.statements.length);
    expect(singled(values.slice(before)), after).toBe(singled(plainOf(statementsOf(template))));
    const loud = findingsIn(document, defaultSettings).filter(({ severity }) => severity === 'error');
    expect(loud.map(({ rule }) => rule)).toEqual([]);
  });
});

const placedIn = (name: string, file: string, marked: string): string => {
  const { text, offset } = readCursor(marked);
  const template = templateNamed(name);
  if (template === undefined) throw new Error(`There is no template ${name}.`);
  const placed = placeTemplate(read(file, text), template, offset);
  return 'refused' in placed ? placed.refused : applyWithStops(text, placed.edits);
};

describe('a template', () => {
  it.each([
    ['package.json', '{ "name": "a<|>" }', 'There is no place'],
    ['a.yaml', 'kind: Deployment<|>\n', 'There is no place'],
    ['a.md', '<|>', 'JSON, YAML and Terraform'],
    ['trust-policy.json', '{ "Statement": [<|>', 'complete it first'],
  ])('has no place in %s: %s', (file, marked, reason) => {
    expect(placedIn('ec2', file, marked)).toContain(reason);
  });

  it('for a hub is no trust policy, and stands by itself', () => {
    expect(placedIn('hub-identity-policy', 'a.json', `{"Statement": [${ec2}<|>]}`)).toContain(
      'no trust policy',
    );
    expect(placedIn('hub-identity-policy', 'a.json', '<|>')).toContain('⟨spoke⟩');
    expect(placedIn('hub-identity-policy', 'a.tf', 'locals {\n  a = 1\n}\n<|>')).toContain(
      'resources = ["arn:',
    );
  });

  it('has names of its own where its own are taken', () => {
    const one = placedIn('ec2', 'a.tf', '<|>').replaceAll(/[⟨⟩]/g, '');
    expect(placedIn('ec2', 'a.tf', `${one}<|>`)).toContain('data "aws_iam_policy_document" "ec2_2"');
    const other = placedIn('ec2', 'a.yaml', '<|>').replaceAll(/[⟨⟩]/g, '');
    expect(placedIn('ec2', 'a.yaml', other.replace('Resources:', 'Resources:<|>'))).toContain('Ec2Role2:');
  });

  it('is written with the line breaks of the document', () => {
    for (const marked of [
      'locals {\n  a = 1\n}\n<|>',
      `${tfRole}  name = "x"<|>\n}\n`,
      `${tfRole}  assume_role_policy = <|>\n}\n`,
    ]) {
      const text = placedIn('github-branch', 'a.tf', marked.replaceAll('\n', '\r\n'));
      expect(text.replaceAll('\r\n', '')).not.toContain('\n');
    }
  });

  it('keeps its places', () => {
    const [template] = templates();
    expect(template && JSON.stringify(policyOf(template))).toContain('\uFDD0');
    expect(placedIn('github-branch', 'a.json', `{"Statement": [${ec2}<|>]}`)).toContain(
      'repo:⟨octo-org⟩/⟨octo-repo⟩:ref:refs/heads/⟨main⟩',
    );
  });
});
