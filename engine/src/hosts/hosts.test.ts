/** Where policies are found in documents, what stays unknown in them, and what is left alone. */
import { describe, expect, it } from 'vitest';
import { fixedTexts, look } from '../../../test/harness/look.ts';
import { applyEdits } from '../text/edit.ts';
import { completeAt, type Document } from '../index.ts';
import { defaultSettings } from '../settings.ts';
import { plainValue } from '../tree/walk.ts';

const rootAccount = 'arn:aws:iam::111122223333:root';
const statement = { Effect: 'Allow', Principal: { AWS: rootAccount }, Action: 'sts:AssumeRole' };
const policy = { Version: '2012-10-17', Statement: [statement] };
const text = JSON.stringify(policy);

const lookAt = (source: string, language = 'yaml') =>
  look({ text: source, language, file: `template.${language}` });
const valuesIn = ({ regions }: Document): readonly unknown[] => regions.map(({ node }) => plainValue(node));
const rulesIn = (source: string, language?: string): readonly string[] =>
  lookAt(source, language).findings.map(({ rule }) => rule);

const role = (document: string): string => `Resources:
  TrustedRole:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:${document}
`;
const block = `
        Version: '2012-10-17'
        Statement:
          - Effect: Allow
            Principal:
              AWS: ${rootAccount}
            Action: sts:AssumeRole`;

describe('found', () => {
  it.each<[string, string, string, string]>([
    ['a role in YAML', role(block), 'yaml', 'TrustedRole'],
    ['a role in a language of its own', role(block), 'cloudformation', 'TrustedRole'],
    [
      'a role in JSON of that language',
      JSON.stringify({ R: { AssumeRolePolicyDocument: policy } }),
      'cloudformation',
      '',
    ],
    ['a role in brackets', role(` ${text}`), 'yaml', 'TrustedRole'],
    ['text in a block', role(` |\n        ${text}`), 'yaml', 'TrustedRole'],
    [
      'text in a folded block',
      role(` >-\n        ${text.replaceAll(',', ',\n        ')}`),
      'yaml',
      'TrustedRole',
    ],
    ['text in single quotes', role(` '${text}'`), 'yaml', 'TrustedRole'],
    ['text in double quotes', role(` ${JSON.stringify(text)}`), 'yaml', 'TrustedRole'],
    ['text under Sub', role(` !Sub |\n        ${text}`), 'yaml', 'TrustedRole'],
    [
      'text under Sub with names',
      role(`\n        Fn::Sub:\n          - ${JSON.stringify(text)}\n          - a: b`),
      'yaml',
      'TrustedRole',
    ],
    [
      'text in a JSON template',
      JSON.stringify({ R: { T: { AssumeRolePolicyDocument: { 'Fn::Sub': text } } } }),
      'json',
      'R',
    ],
    ['the second document', `a: b\n---\n${role(block)}`, 'yaml', 'TrustedRole'],
    ['behind an alias', `p: &p ${text}\n${role(' *p')}`, 'yaml', 'TrustedRole'],
    ['Crossplane', `spec:\n  forProvider:\n    assumeRolePolicy: |\n      ${text}\n`, 'yaml', 'spec'],
    ['ACK', `spec:\n  assumeRolePolicyDocument: >\n    ${text}\n`, 'yaml', ''],
    ['Ansible', `- iam_role:\n    assume_role_policy_document: ${text}\n`, 'yaml', ''],
    ['a request', JSON.stringify({ RoleName: 'name', AssumeRolePolicyDocument: policy }), 'json', 'name'],
    [
      'get-role',
      JSON.stringify({ Role: { RoleName: 'name', RoleId: 'x', AssumeRolePolicyDocument: policy } }),
      'json',
      'name',
    ],
    [
      'get-role, encoded',
      JSON.stringify({ Role: { RoleId: 'x', AssumeRolePolicyDocument: encodeURIComponent(text) } }),
      'json',
      '',
    ],
  ])('%s', (_, source, language, label) => {
    const { document, findings } = lookAt(source, language);
    expect(valuesIn(document)).toEqual([policy]);
    expect(document.regions[0]?.label ?? '').toBe(label);
    expect(findings.map(({ rule }) => rule)).toContain('account-root-principal');
    const [finding] = findings;
    const shown = finding ? source.slice(finding.span.start, finding.span.end) : '';
    expect(['behind an alias', 'get-role, encoded'].includes(_) || shown.includes(rootAccount), shown).toBe(
      true,
    );
  });
});

describe('left alone', () => {
  it.each<[string, string, string]>([
    [
      'an identity policy',
      'PolicyDocument:\n  Statement:\n    - Effect: Allow\n      Action: s3:*\n      Resource: "*"\n',
      'yaml',
    ],
    [
      'a bucket policy',
      'BucketPolicy:\n  PolicyDocument:\n    Statement:\n      - Effect: Allow\n        Principal: "*"\n        Action: s3:GetObject\n        Resource: "*"\n',
      'yaml',
    ],
    [
      'a Lambda permission',
      'P:\n  Type: AWS::Lambda::Permission\n  Properties:\n    Principal: events.amazonaws.com\n    Action: lambda:InvokeFunction\n',
      'yaml',
    ],
    ['RBAC', 'kind: Role\nrules:\n  - verbs: ["*"]\n', 'yaml'],
    ['a reference', role(' !Ref Document'), 'yaml'],
    ['a choice of references', role(' !If [A, !Ref Document, !Ref AWS::NoValue]'), 'yaml'],
    [
      'a lookup',
      "- iam_role:\n    assume_role_policy_document: \"{{ lookup('file', 'trust.json') }}\"\n",
      'yaml',
    ],
    ['no value yet', role(''), 'yaml'],
    ['text that is no JSON', role(' "see above"'), 'yaml'],
    ['another language', role(block), 'markdown'],
  ])('%s', (_, source, language) => {
    expect(lookAt(source, language).document.regions).toEqual([]);
  });
});

describe('mappings of CloudFormation', () => {
  const mappings =
    'Mappings:\n  Accounts:\n    Main: { Id: "111122223333", Short: "11112222333", Ids: ["111122223333", "*"] }\n';
  it.each<[string, string, readonly string[]]>([
    ['a text', '!FindInMap [Accounts, Main, Short]', ['invalid-account-id']],
    ['a list', '{ Fn::FindInMap: [Accounts, Main, Ids] }', ['account-root-principal', 'public-principal']],
    [
      'part of a text',
      '!Sub ["arn:aws:iam::${A}:root", { A: !FindInMap [Accounts, Main, Short] }]',
      ['invalid-account-id'],
    ],
    ['a computed key', '!FindInMap [Accounts, !Ref Env, Short]', []],
    ['no such key', '!FindInMap [Accounts, Main, Other]', []],
  ])('%s', (_, value, rules) => {
    expect([...rulesIn(mappings + role(block.replace(rootAccount, value)))].sort()).toEqual(rules);
  });
});

describe('roles of other tools', () => {
  it('files that Terraform makes policies of', () => {
    const open = `{
  "Version": "2012-10-17",
  "Statement": [
    %{ if trusted }
    { "Effect": "Allow", "Principal": { "AWS": "*" }, "Action": "sts:AssumeRole" }
    %{ endif }
  ]
}`;
    const guarded = open.replace(
      '"sts:AssumeRole" }',
      () => '"sts:AssumeRole", "Condition": ${jsonencode(x)} }',
    );
    const found = (file: string, source: string): readonly string[] =>
      look({ language: 'plaintext', file, text: source }).findings.map(({ rule }) => rule);
    expect(found('role.json.tftpl', open)).toEqual(['public-principal']);
    expect(found('role.json.tpl', guarded)).toEqual([]);
    expect(found('role.tpl', open)).toEqual([]);
    expect(found('bucket.tftpl', open.replace('sts:AssumeRole', 's3:GetObject'))).toEqual([]);
  });

  it('fixes in such files are text of the template', () => {
    const source = text.replace(rootAccount, '*');
    const { document, findings } = look({ language: 'plaintext', file: 'role.tftpl', text: source });
    const texts = findings.flatMap((each) =>
      [...fixedTexts(each, document).values()].map((fixed) => fixed.text),
    );
    expect(texts.some((fixed) => fixed.includes('aws:PrincipalOrgID'))).toBe(true);
  });

  const asTerraform = (document: string): string =>
    JSON.stringify({ resource: { aws_iam_role: { r: { name: 'r', assume_role_policy: document } } } });
  const open = text.replace(rootAccount, '*');

  it('Terraform in JSON, in which texts are templates', () => {
    const file = 'main.tf.json';
    const { document, findings } = look({ language: 'json', file, text: asTerraform(open) });
    expect(document.regions.map(({ label }) => label)).toEqual(['r']);
    expect(findings.map(({ rule }) => rule)).toEqual(['public-principal']);
    const unknown = asTerraform(text.replace('111122223333', '${var.account}'));
    expect(valuesIn(look({ language: 'json', file, text: unknown }).document)).toEqual([undefined]);
    const escaped = asTerraform(open.replace('*', () => '$${aws:username}'));
    const [value] = valuesIn(look({ language: 'json', file, text: escaped }).document);
    expect(JSON.stringify(value)).toContain('"${aws:username}"');
  });

  it('what terraform show prints, in which they are not', () => {
    const { findings } = look({ language: 'json', file: 'plan.json', text: asTerraform(open) });
    expect(findings.map(({ rule }) => rule)).toEqual(['public-principal']);
  });

  it('Pulumi in YAML', () => {
    const pulumi = (principal: string): string =>
      `resources:\n  r:\n    type: aws:iam:Role\n    properties:\n      assumeRolePolicy:\n        fn::toJSON:\n          Version: "2012-10-17"\n          Statement:\n            - Effect: Allow\n              Principal: { AWS: "${principal}" }\n              Action: sts:AssumeRole\n`;
    expect(rulesIn(pulumi('*'))).toEqual(['public-principal']);
    expect(rulesIn(pulumi('${caller.arn}'))).toEqual([]);
  });
});

describe('left alone in Terraform', () => {
  const body = (document: object): string => JSON.stringify(document).replaceAll(':', ' : ');
  const bucket = { Statement: [{ Effect: 'Allow', Principal: '*', Action: 's3GetObject', Resource: '*' }] };
  it.each<[string, string]>([
    [
      'an identity policy',
      'resource "aws_iam_policy" "p" {\n  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Resource = "*" }] })\n}\n',
    ],
    [
      'a permission in a policy document',
      'data "aws_iam_policy_document" "d" {\n  statement {\n    actions = ["sts:AssumeRole"]\n    resources = ["*"]\n  }\n}\n',
    ],
    ['a bucket policy', `resource "aws_s3_bucket_policy" "b" {\n  policy = jsonencode(${body(bucket)})\n}\n`],
    [
      'a key policy in a heredoc',
      'resource "aws_kms_key" "k" {\n  policy = <<EOF\n{"Statement": [{"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "kms:*", "Resource": "*"}]}\nEOF\n}\n',
    ],
    [
      'a queue policy',
      'data "aws_iam_policy_document" "q" {\n  statement {\n    actions = ["sqs:SendMessage"]\n    resources = ["*"]\n    principals {\n      type = "*"\n      identifiers = ["*"]\n    }\n  }\n}\n',
    ],
    [
      'a service control policy',
      'resource "aws_organizations_policy" "s" {\n  content = jsonencode({ Statement = [{ Effect = "Deny", Action = "sts:AssumeRole", Resource = "*" }] })\n}\n',
    ],
    ['a file', 'resource "aws_iam_role" "r" {\n  assume_role_policy = file("trust.json")\n}\n'],
    [
      'a template',
      'resource "aws_iam_role" "r" {\n  assume_role_policy = templatefile("t.tpl", { a = "b" })\n}\n',
    ],
  ])('%s', (_, source) => {
    expect(lookAt(source, 'terraform').document.regions).toEqual([]);
  });

  const guard = `data "aws_iam_policy_document" "guard" {
  statement {
    effect  = "Deny"
    actions = ["sts:AssumeRole"]
    principals {
      type        = "AWS"
      identifiers = ["*"]
    }
    condition {
      test     = "StringNotEquals"
      variable = "aws:PrincipalOrgID"
      values   = ["o-a1b2c3d4e5"]
    }
  }
}
`;
  it('a document that denies is a part of others, unless a role has it', () => {
    expect(rulesIn(guard, 'terraform')).toEqual([]);
    const role =
      'resource "aws_iam_role" "r" {\n  assume_role_policy = data.aws_iam_policy_document.guard.json\n}\n';
    expect(rulesIn(guard + role, 'terraform')).toContain('deny-only-policy');
  });
});

describe('what CloudFormation computes is not known', () => {
  it.each<[string, string]>([
    ['a reference', '!Ref Trusted'],
    ['a reference, long', '{ Ref: Trusted }'],
    ['an attribute', '!GetAtt Trusted.Arn'],
    ['an import', '!ImportValue trusted'],
    ['an import of a computed name', '\n                Fn::ImportValue: !Sub "${Stack}-trusted"'],
    ['a mapping', '!FindInMap [A, !Ref B, C]'],
    ['a choice of references', '!If [A, !Ref Trusted, !Ref AWS::NoValue]'],
    ['a text with a name that is computed', '!Sub ["arn:aws:iam::${Account}:root", { Account: !Ref A }]'],
    ['a list that is computed', '!Split [",", !Ref Accounts]'],
    ['a text', '!Sub "arn:aws:iam::${Account}:root"'],
    ['a joined text', '!Join ["", ["arn:aws:iam::", !Ref Account, ":root"]]'],
    ['a transform', '\n                Fn::Transform: { Name: AWS::Include }'],
  ])('%s', (_, value) => {
    expect(rulesIn(role(block.replace(rootAccount, value)))).toEqual([]);
  });

  it('but what is written is', () => {
    const written = role(block.replace(rootAccount, '!Sub "arn:${AWS::Partition}:iam::111122223333:root"'));
    expect(rulesIn(written)).toContain('account-root-principal');
    const joined = role(
      block.replace(rootAccount, '!Join [":", [arn, !Ref AWS::Partition, iam, "", "111122223333", root]]'),
    );
    expect(rulesIn(joined)).toContain('account-root-principal');
  });

  it('so is what a text is given', () => {
    const given = '!Sub ["arn:${AWS::Partition}:iam::${Account}:root", { Account: "111122223333" }]';
    expect(rulesIn(role(block.replace(rootAccount, given)))).toContain('account-root-principal');
  });

  it('a policy variable is kept from Sub by an exclamation mark', () => {
    const key = '"aws:PrincipalTag/team": !Sub "${!aws:RequestTag/team}"';
    const { document } = lookAt(
      role(`${block}\n            Condition:\n              StringEquals:\n                ${key}`),
    );
    expect(JSON.stringify(valuesIn(document))).toContain('"${aws:RequestTag/team}"');
  });

  it('a key is, as far as it is written', () => {
    const key = '? !Sub "${Issuer}:sub"\n                : x';
    const { document } = lookAt(
      role(`${block}\n            Condition:\n              StringEquals:\n                ${key}`),
    );
    const [region] = document.regions;
    expect(region && JSON.stringify([...keysIn(region.node)])).toContain('[{"hole":"${Issuer}"},":sub"]');
  });

  it('other members beside a transform may be anything', () => {
    const { findings } = lookAt(
      role(
        "\n        Version: '2012-10-17'\n        Statement:\n          - Effect: Allow\n            Fn::Transform: {Name: AWS::Include}",
      ),
    );
    expect(findings.map(({ rule }) => rule).filter((rule) => rule.startsWith('missing-'))).toEqual([]);
  });
});

function* keysIn(node: Document['regions'][number]['node']): Generator {
  if (node.kind === 'array') for (const item of node.items) yield* keysIn(item);
  if (node.kind !== 'object') return;
  for (const { key, value } of node.members) {
    yield key.parts;
    if (value) yield* keysIn(value);
  }
}

describe('fixes', () => {
  const fixed = (source: string, language = 'yaml'): readonly string[] => {
    const { document, findings } = lookAt(source, language);
    return findings.flatMap((finding) =>
      [...fixedTexts(finding, document).values()].map(({ text: after }) => after),
    );
  };

  it('are written in the text in a string', () => {
    const [after] = fixed(role(` !Sub |\n        ${text}`));
    expect(after).toContain('"Condition": {');
    expect(lookAt(after ?? '').document.regions[0]?.node.complete).toBe(true);
    const [quoted] = fixed(JSON.stringify({ R: { T: { AssumeRolePolicyDocument: text } } }), 'json');
    expect(quoted).toContain('\\"Condition\\": {');
  });

  it('are not offered where they would touch what is computed', () => {
    const computed = role(
      block.replace('\n            Action', '\n            Condition: !If [A, {}, {}]\n            Action'),
    );
    expect(fixed(computed)).toEqual([]);
  });

  it('are not offered for what a command has printed', () => {
    expect(fixed(JSON.stringify({ RoleId: 'x', AssumeRolePolicyDocument: policy }), 'json')).toEqual([]);
  });

  it('of the syntax mend the text in a string', () => {
    const { document, findings } = lookAt(role(` |\n        ${text.replace(']', ',]')}`));
    const comma = findings.find(({ rule }) => rule === 'json-syntax-error');
    const after = comma && [...fixedTexts(comma, document).values()][0]?.text;
    expect(after).toBe(role(` |\n        ${text}`));
  });
});

describe('completion', () => {
  const offered = (marked: string): readonly string[] => {
    const { document } = lookAt(marked.replace('|>', ''));
    return completeAt(document, marked.indexOf('|>'), defaultSettings).map(({ label }) => label);
  };
  const chosen = (marked: string, label: string): string | undefined => {
    const source = marked.replace('|>', '');
    const { document } = lookAt(source);
    const found = completeAt(document, marked.indexOf('|>'), defaultSettings).find(
      (each) => each.label === label,
    );
    return found && applyEdits(source, found.edits);
  };

  it.each<[string, string, string]>([
    ['in a blank line', '\n          - Effect: Allow\n            |>\n', 'Principal'],
    [
      'in a blank line at the end',
      `${block.slice(block.indexOf('\n          -'))}\n            |>\n`,
      'Condition',
    ],
    ['in a name', '\n          - Effect: Allow\n            Pri|>\n            Action: x\n', 'Principal'],
    ['in the first name of an item', '\n          - Eff|>\n', 'Effect'],
    ['behind a dash', '\n          - |>\n', 'Allow an AWS service'],
    ['behind a colon', '\n          - Effect: |>\n', 'Allow'],
    ['below a name', '\n          - Effect: Allow\n            Principal:\n              |>\n', 'Service'],
    [
      'in a word below a name',
      '\n          - Effect: Allow\n            Principal:\n              Ser|>\n',
      'Service',
    ],
    ['in a list', '\n          - Effect: Allow\n            Action:\n              - |>\n', 'sts:AssumeRole'],
    ['in brackets', '\n          - Effect: Allow\n            Action: [|>]\n', 'sts:AssumeRole'],
  ])('%s', (_, statements, label) => {
    expect(offered(role(`\n        Version: '2012-10-17'\n        Statement:${statements}`))).toContain(
      label,
    );
  });

  it('ends where the policy ends', () => {
    expect(
      offered(`${role(block)}  Other:\n    Type: AWS::SNS::Topic\n    Properties:\n      A: b\n        |>\n`),
    ).toEqual([]);
    expect(offered(`${role(block)}      |>\n`)).toEqual([]);
    expect(offered(`${role(block)}\n      # note\n        |>\n`)).not.toEqual([]);
  });

  it('is written as YAML', () => {
    const marked = role(`\n        Statement:\n          - Effect: Allow\n            |>\n`);
    expect(chosen(marked, 'Principal')).toMatch(/\n {12}Principal:\n {14}\S*\n/);
  });

  it('works in the text in a string', () => {
    const marked = role(` |\n        {"Statement": [{"Effect": "|>"}]}`);
    expect(offered(marked)).toContain('Allow');
    expect(chosen(marked, 'Allow')).toBe(marked.replace('|>', 'Allow'));
  });
});
