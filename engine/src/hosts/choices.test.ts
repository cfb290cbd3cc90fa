/** What choices in templates may come to, and local values that are followed. */
import { describe, expect, it } from 'vitest';
import { readCursor } from '../../../test/harness/cursor.ts';
import { fixedTexts, look } from '../../../test/harness/look.ts';
import {
  completeAt,
  editsFor,
  evaluatorOf,
  explainDocument,
  hoverAt,
  plainText,
  readRequest,
  refusalOf,
  symbolsOf,
} from '../index.ts';
import { defaultSettings } from '../settings.ts';

const inYaml = (policy: string) => ({
  language: 'yaml',
  file: 'template.yaml',
  text: `Resources:\n  R:\n    Type: AWS::IAM::Role\n    Properties:\n      AssumeRolePolicyDocument:${policy}\n`,
});

const inTerraform = (value: string, more = '') => ({
  language: 'terraform',
  file: 'main.tf',
  text: `${more}resource "aws_iam_role" "r" {\n  assume_role_policy = ${value}\n}\n`,
});

type Example = Parameters<typeof look>[0];

/** The findings, each as its rule and the text that it stands at. */
const said = (example: Example): readonly string[] =>
  look(example).findings.map(
    ({ rule, span }) => `${rule}: ${example.text.slice(span.start, span.end).replace(/\s+/g, ' ')}`,
  );

const allow = (principal: string, more = ''): string =>
  `{ Effect: Allow, Principal: ${principal}, Action: sts:AssumeRole${more} }`;
const statements = (list: string): string => ` { Version: "2012-10-17", Statement: ${list} }`;

describe('CloudFormation', () => {
  it('whole policies', () => {
    const policy = statements(`[${allow('{ AWS: "*" }')}]`);
    const { document } = look(inYaml(` !If [A,${policy}, !If [B, !Ref AWS::NoValue,${policy}]]`));
    expect(document.regions.map(({ label }) => label)).toEqual(['R', 'R']);
  });

  it('a value on either side', () => {
    const value = '!If [A, "*", !If [B, "arn:aws:iam::11112222333:root", !Ref C]]';
    expect(said(inYaml(statements(`[${allow(`{ AWS: ${value} }`)}]`)))).toEqual([
      'public-principal: "*"',
      'invalid-account-id: "arn:aws:iam::11112222333:root"',
    ]);
  });

  it('what the same condition decides elsewhere falls with it', () => {
    const guard = '{ StringEquals: { aws:PrincipalOrgID: o-a1b2c3d4e5 } }';
    const with_ = (yes: string, no: string): string =>
      statements(
        `[${allow('{ AWS: !If [A, "*", "arn:aws:iam::111122223333:role/x"] }', `, Condition: !If [A, ${yes}, ${no}]`)}]`,
      );
    expect(said(inYaml(with_(guard, '!Ref AWS::NoValue')))).not.toContain('public-principal: "*"');
    expect(said(inYaml(with_('!Ref AWS::NoValue', guard)))).toContain('public-principal: "*"');
  });

  it('a condition that another one decides may be there', () => {
    const condition = ', Condition: !If [B, { StringEquals: { aws:PrincipalOrgID: o-a1b2c3d4e5 } }, !Ref C]';
    expect(said(inYaml(statements(`[${allow('{ AWS: !If [A, "*", x] }', condition)}]`)))).not.toContain(
      'public-principal: "*"',
    );
  });

  it('sides that exclude each other are no duplicates', () => {
    const same = allow('{ Service: ec2.amazonaws.com }');
    expect(said(inYaml(statements(`[!If [A, ${same}, ${same}]]`)))).toEqual([]);
  });

  it('a Deny that may not be there takes nothing back', () => {
    const deny =
      '{ Effect: Deny, Principal: "*", Action: sts:AssumeRole, Condition: { StringNotEquals: { aws:PrincipalOrgID: o-a1b2c3d4e5 } } }';
    const list = `[${allow('{ AWS: "*" }')}, !If [A, ${deny}, !Ref AWS::NoValue]]`;
    expect(said(inYaml(statements(list)))).toContain('public-principal: "*"');
  });

  it('is completed, explained and listed', () => {
    const { text, offset } = readCursor(
      inYaml(`
        Version: "2012-10-17"
        Statement:
          - !If
            - IsProd
            - Effect: Allow
              Principal:
                Service: ec2.amazonaws.com
              Action: sts:AssumeRole
              <|>
            - !Ref AWS::NoValue`).text,
    );
    const { document } = look({ ...inYaml(''), text });
    const labels = completeAt(document, offset, defaultSettings).map(({ label }) => label);
    expect(labels).toContain('Condition');
    expect(labels).not.toContain('Effect');
    expect(hoverAt(document, text.indexOf('Effect'))?.markdown).toContain(
      'Depending on `IsProd`: The service',
    );
    expect(symbolsOf(document)[0]?.children.map(({ name }) => name)).toEqual(['Allow ec2.amazonaws.com']);
    const [explanation] = explainDocument(document);
    expect(explanation?.summary).toBe('1 service');
    expect(explanation?.statements.map(({ sentence }) => plainText(sentence))).toEqual([
      'Depending on IsProd: The service Amazon EC2 (ec2.amazonaws.com).',
    ]);
  });

  it('turns the answer to a call, which is said', () => {
    const { document } = look(
      inYaml(statements(`[!If [IsProd, ${allow('{ AWS: "111122223333" }')}, !Ref B]]`)),
    );
    const [region] = document.regions;
    const request = readRequest(
      { action: 'sts:AssumeRole', principal: { type: 'AWS', arn: 'arn:aws:iam::111122223333:user/ana' } },
      '111122223333',
    );
    if (region === undefined || 'problem' in request) throw new Error('No policy, or no request.');
    const { decision, dependsOn } = evaluatorOf(region)(request);
    expect(decision).toBe('denied');
    expect(dependsOn.map(({ message }) => message)).toEqual([
      'The call is allowed where this is what IsProd chooses.',
      'Statements may be added here that are not known.',
    ]);
  });

  it('many choices are looked at as far as is reasonable', () => {
    const nested = (depth: number): string =>
      depth === 0 ? '"*"' : `!If [C${String(depth)}, ${nested(depth - 1)}, "*"]`;
    const { document } = look(inYaml(statements(`[${allow(`{ AWS: ${nested(80)} }`)}]`)));
    expect(document.regions[0]?.views?.length).toBe(64);
  });
});

const policyOf = (list: string): string => `jsonencode({ Version = "2012-10-17", Statement = ${list} })`;
const hclAllow = (principal: string): string =>
  `{ Effect = "Allow", Principal = ${principal}, Action = "sts:AssumeRole" }`;

describe('Terraform', () => {
  it('whole policies', () => {
    const one = `{ Version = "2012-10-17", Statement = [${hclAllow('{ AWS = "*" }')}] }`;
    expect(look(inTerraform(`jsonencode(var.a ? ${one} : ${one})`)).document.regions).toHaveLength(2);
    expect(look(inTerraform(`var.a ? jsonencode(${one}) : null`)).document.regions).toHaveLength(1);
  });

  it('choices in choices', () => {
    const chosen = 'var.a ? "*" : var.b == "c" ? "arn:aws:iam::11112222333:root" : (var.d ? "**" : null)';
    expect(said(inTerraform(policyOf(`[${hclAllow(`{ AWS = ${chosen} }`)}]`)))).toEqual([
      'public-principal: "*"',
      'invalid-account-id: "arn:aws:iam::11112222333:root"',
      expect.stringMatching(/^\S+: "\*\*"$/),
    ]);
  });

  it('what is repeated, and objects that are merged', () => {
    const each = '[for a in var.list : merge({ Effect = "Alow" }, { Action = "sts:AssumeRole" }) if a != ""]';
    expect(said(inTerraform(policyOf(each)))).toContain('invalid-effect: "Alow"');
    const keys = '{ for k, v in var.tags : "aws:RequestTagg/${k}" => v }';
    const merged = `merge(${hclAllow('{ AWS = "*" }')}, var.a ? { Condition = { StringEqual = ${keys} } } : {})`;
    expect(said(inTerraform(policyOf(`[${merged}]`)))).toEqual(['invalid-condition-operator: StringEqual']);
  });

  it('lists of a policy document, which are edited in its own way', () => {
    const text = `data "aws_iam_policy_document" "d" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "AWS"
      identifiers = var.open ? ["*"] : var.callers
    }
  }
}
`;
    const { document, findings } = look({ language: 'terraform', file: 'main.tf', text });
    const [finding] = findings;
    expect(finding?.rule).toBe('public-principal');
    const texts = [...(finding ? fixedTexts(finding, document).values() : [])].map((fixed) => fixed.text);
    expect(texts).toEqual([text.replace('["*"]', '["arn:aws:iam::ACCOUNT_ID:root"]')]);
  });

  it('a choice that is being written', () => {
    for (const broken of [
      'var.a ?',
      'var.a ? "*"',
      'var.a ? "*" :',
      'var.a ? var.b ?',
      '[for',
      '[for a in',
      '[for a in b :',
    ])
      expect(
        look(inTerraform(policyOf(`[${hclAllow(`{ AWS = ${broken} }`)}]`))).document.regions,
      ).toHaveLength(1);
    const deep = `${'var.a ? '.repeat(5000)}"*"`;
    expect(look(inTerraform(policyOf(`[${hclAllow(`{ AWS = ${deep} }`)}]`))).document.regions).toHaveLength(
      1,
    );
  });
});

it('a fix that is refused says why', () => {
  const refusals = (example: Example): ReadonlySet<string> => {
    const { document, findings } = look(example);
    const refused = findings.flatMap(({ fixes, region }) =>
      fixes
        .filter((fix) => editsFor(fix, region, document, () => '') === undefined)
        .map((fix) => refusalOf(fix, region, document)),
    );
    return new Set(refused);
  };
  const chosen = inYaml(statements(`[${allow('{ AWS: !If [A, "*", !Ref B] }')}]`));
  expect(refusals(chosen)).toContain(
    'It reaches beyond a choice, of which only one side is seen: change it by hand.',
  );
  const named = inTerraform(policyOf(`[${hclAllow('{ AWS = local.a }')}]`), 'locals {\n  a = "*"\n}\n');
  expect(refusals(named)).toEqual(new Set(['A name stands here: change the value where it is written.']));
  const merged = inTerraform(policyOf(`[merge(${hclAllow('{ AWS = "*" }')}, {})]`));
  expect(refusals(merged)).toContain('It is put together by a function: change its parts by hand.');
});

describe('a local value', () => {
  const locals = `locals {
  anyone  = "*"
  short   = "11112222333"
  callers = ["arn:aws:iam::\${local.short}:root", var.caller]
  guard   = { StringEqual = { "aws:PrincipalOrgID" = "o-a1b2c3d4e5" } }
  self    = local.self
  chosen  = var.a ? "*" : "x"
}
`;
  const saidOf = (list: string): readonly string[] => said(inTerraform(policyOf(list), locals));

  it('is known where it is used', () => {
    expect(saidOf(`[${hclAllow('{ AWS = local.anyone }')}]`)).toEqual(['public-principal: local.anyone']);
    expect(saidOf(`[${hclAllow('{ AWS = "arn:aws:iam::${local.short}:root" }')}]`)).toEqual([
      'invalid-account-id: "arn:aws:iam::${local.short}:root"',
    ]);
  });

  it('is known as a list, a part of a list, and an object', () => {
    expect(saidOf(`[${hclAllow('{ AWS = local.callers }')}]`)).toEqual(['invalid-account-id: local.callers']);
    expect(saidOf(`[${hclAllow('{ AWS = concat(local.callers, var.more) }')}]`)).toEqual([
      'invalid-account-id: local.callers',
    ]);
    const guarded = `merge(${hclAllow('{ AWS = "*" }')}, { Condition = local.guard })`;
    expect(saidOf(`[${guarded}]`)).toContain('invalid-condition-operator: local.guard');
  });

  it.each(['local.self', 'local.chosen', 'local.absent', 'local.callers[0]', 'var.anyone'])(
    'nothing is known of %s',
    (value) => {
      expect(saidOf(`[${hclAllow(`{ AWS = ${value} }`)}]`)).toEqual([]);
    },
  );

  it('is not written over', () => {
    const example = inTerraform(
      policyOf(`[${hclAllow('{ AWS = "arn:aws:iam::${local.short}:root" }')}]`),
      locals,
    );
    const { document, findings } = look(example);
    for (const finding of findings)
      for (const { text } of fixedTexts(finding, document).values())
        expect(text).toContain('"arn:aws:iam::${local.short}:root"');
  });

  it('is explained where it is used', () => {
    const example = inTerraform(policyOf(`[${hclAllow('{ AWS = local.anyone }')}]`), locals);
    const { document } = look(example);
    expect(hoverAt(document, example.text.lastIndexOf('local.anyone') + 8)?.markdown).toBeDefined();
  });
});

describe('an identity provider of the same file', () => {
  const issuer = 'token.actions.githubusercontent.com';
  const provider = (head: string): string =>
    `${head} "aws_iam_openid_connect_provider" "github" {\n  url = "https://${issuer}"\n}\n`;
  const open = (value: string): string =>
    `[{ Effect = "Allow", Principal = { Federated = ${value} }, Action = "sts:AssumeRoleWithWebIdentity" }]`;

  it.each([
    ['a resource', provider('resource'), 'aws_iam_openid_connect_provider.github.arn'],
    ['one of some', provider('resource'), 'aws_iam_openid_connect_provider.github[0].arn'],
    ['one that is looked up', provider('data'), 'data.aws_iam_openid_connect_provider.github.arn'],
    ['in older files', provider('data'), '"${data.aws_iam_openid_connect_provider.github.arn}"'],
    [
      'a local value',
      `${provider('resource')}locals {\n  p = aws_iam_openid_connect_provider.github.arn\n}\n`,
      'local.p',
    ],
  ])('is known in Terraform: %s', (_, more, value) => {
    const example = inTerraform(policyOf(open(value)), more);
    expect(said(example)).toContain(`oidc-no-condition: ${value}`);
    const { document, findings } = look(example);
    for (const finding of findings)
      for (const { text } of fixedTexts(finding, document).values()) expect(text).toContain(value);
  });

  it('is not known where it is another one, or its address is an expression', () => {
    const unknown = inTerraform(
      policyOf(open('aws_iam_openid_connect_provider.other.arn')),
      provider('resource'),
    );
    expect(said(unknown)).toEqual([]);
    const computed = provider('resource').replace(`"https://${issuer}"`, 'var.url');
    expect(said(inTerraform(policyOf(open('aws_iam_openid_connect_provider.github.arn')), computed))).toEqual(
      [],
    );
  });

  it.each([
    ['!Ref Provider'],
    ['!GetAtt Provider.Arn'],
    ['{ Fn::GetAtt: [Provider, Arn] }'],
    ['!If [Own, !Ref Provider, !Ref Given]'],
  ])('is known in CloudFormation: %s', (value) => {
    const statement = `{ Effect: Allow, Principal: { Federated: ${value} }, Action: sts:AssumeRoleWithWebIdentity }`;
    const example = inYaml(statements(`[${statement}]`));
    const declared = `  Provider:\n    Type: AWS::IAM::OIDCProvider\n    Properties:\n      Url: https://${issuer}\n`;
    const text = `${example.text}${declared}`;
    expect(said({ ...example, text }).join()).toContain('oidc-no-condition');
    expect(said(example)).toEqual([]);
  });

  it('may be one of SAML', () => {
    const saml = 'resource "aws_iam_saml_provider" "okta" {\n  name = "okta"\n}\n';
    const list =
      '[{ Effect = "Allow", Principal = { Federated = aws_iam_saml_provider.okta.arn }, Action = "sts:AssumeRoleWithWebIdentity" }]';
    expect(said(inTerraform(policyOf(list), saml)).join()).toMatch(/aws_iam_saml_provider|WithWebIdentity/);
  });
});

describe('a name that is hovered', () => {
  const hovered = (example: Example, at: string): string | undefined => {
    const { document } = look(example);
    return hoverAt(document, example.text.lastIndexOf(at) + 2)?.markdown;
  };

  it.each([
    ['!Ref Caller', 'Caller'],
    ['!Sub "arn:aws:iam::${Caller}:root"', 'Caller'],
    ['{ Ref: Caller }', 'Caller'],
  ])('is a parameter of the template: %s', (value) => {
    const example = inYaml(statements(`[${allow(`{ AWS: ${value} }`)}]`));
    const text = `Parameters:\n  Caller: { Type: String, Default: "111122223333", Description: Who calls }\n${example.text}`;
    const markdown = hovered({ ...example, text }, value);
    expect(markdown).toContain('`Caller` is a parameter of the template; its default is `111122223333`');
    expect(markdown).toContain('Who calls');
    expect(hovered(example, value) ?? '').not.toContain('parameter of the template');
  });

  it('is a variable or a local value', () => {
    const more =
      'variable "a" {\n  default = "1"\n}\nvariable "b" {\n}\nlocals {\n  c = var.a ? "x" : "y"\n}\n';
    const hover = (value: string): string | undefined =>
      hovered(inTerraform(policyOf(`[${hclAllow(`{ AWS = ${value} }`)}]`), more), value);
    expect(hover('var.a')).toContain('`var.a` is a variable; its default is `"1"`');
    expect(hover('"arn:aws:iam::${var.b}:root"')).toContain('`var.b` is a variable without a default.');
    expect(hover('local.c')).toContain('`local.c` is `var.a ? "x" : "y"` in this file.');
    expect(hover('var.d') ?? '').not.toContain('variable');
  });
});
