/** Files of trust tests: reading, running, coverage, completion, and their schema. */
import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { defaultSettings, printTemplate, readPolicies, templates } from '../index.ts';
import { applyEdits } from '../text/edit.ts';
import { slice } from '../text/span.ts';
import {
  completeTestsAt,
  draftTests,
  isTestFile,
  policyPathsIn,
  runTestFile,
  type TestRun,
} from './trust-tests.ts';
import { caseKeys, keyDocs, reasons, suiteKeys } from './trust-tests/vocabulary.ts';
import { yaml } from '../syntax/yaml.ts';
import { plainValue } from '../tree/walk.ts';

const github = 'token.actions.githubusercontent.com';
const policy = `{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "Vendor",
      "Effect": "Allow",
      "Principal": { "AWS": "444455556666" },
      "Action": "sts:AssumeRole",
      "Condition": { "StringEquals": { "sts:ExternalId": "secret" } }
    },
    {
      "Effect": "Allow",
      "Principal": { "Federated": "arn:aws:iam::111122223333:oidc-provider/${github}" },
      "Action": "sts:AssumeRoleWithWebIdentity",
      "Condition": { "StringLike": { "${github}:sub": "repo:octo/app:*" } }
    },
    { "Effect": "Allow", "Principal": { "Service": "lambda.amazonaws.com" }, "Action": "sts:AssumeRole" }
  ]
}`;
const template = `Resources:
  One:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Statement: { Effect: Allow, Action: sts:AssumeRole, Principal: { Service: ec2.amazonaws.com } }
  Two:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Statement: { Effect: Allow, Action: sts:AssumeRole, Principal: { AWS: !Ref Caller } }
`;
const run = (text: string): TestRun =>
  runTestFile(text, (path) => {
    if (path === 'trust-policy.json')
      return readPolicies({ uri: 'file:///trust-policy.json', languageId: 'json', text: policy });
    if (path === 'template.yaml')
      return readPolicies({ uri: 'file:///template.yaml', languageId: 'yaml', text: template });
    return { problem: `There is no file "${path}".` };
  });
const outcomes = (text: string): readonly string[] =>
  run(text).suites.flatMap(({ cases }) =>
    cases.map(({ name, expect: wanted, passed }) => `${passed ? 'passed' : 'failed'} ${wanted} ${name}`),
  );

const full = `policy: trust-policy.json
roleAccount: 111122223333
allow:
  - name: the vendor, with its id
    caller: arn:aws:iam::444455556666:user/vendor
    context:
      sts:ExternalId: secret
  - lambda.amazonaws.com
  - token:
      iss: https://${github}
      sub: repo:octo/app:ref:refs/heads/main
deny:
  - name: the vendor, without its id
    caller:
      arn: arn:aws:sts::444455556666:assumed-role/vendor/session
      issuer: arn:aws:iam::444455556666:role/vendor
    action: sts:AssumeRole
    reason: condition-not-met
  - name: another repository
    caller: arn:aws:iam::111122223333:oidc-provider/${github}
    context: { "${github}:sub": [repo:octo/other:pull_request] }
  - caller: ec2.amazonaws.com
    reason: no-principal-match
`;

describe('a file of tests', () => {
  it('puts its calls to the policy', () => {
    expect(outcomes(full)).toEqual([
      'passed allow the vendor, with its id',
      'passed allow lambda.amazonaws.com',
      'passed allow token repo:octo/app:ref:refs/heads/main',
      'passed deny the vendor, without its id',
      'passed deny another repository',
      'passed deny ec2.amazonaws.com',
    ]);
    expect(run(full).problems).toEqual([]);
    expect(policyPathsIn(full)).toEqual(['trust-policy.json']);
  });

  it('has to say the account of the role where a case depends on it', () => {
    const own = policy.replace('"sts:ExternalId": "secret"', '"aws:ResourceAccount": "111122223333"');
    const alone = JSON.stringify({
      Version: '2012-10-17',
      Statement: (JSON.parse(own) as { Statement: readonly unknown[] }).Statement.slice(0, 1),
    });
    const of = (account: string): string =>
      runTestFile(`policy: p.json\n${account}allow:\n  - arn:aws:iam::444455556666:user/x\n`, () =>
        readPolicies({ uri: 'file:///p.json', languageId: 'json', text: alone }),
      ).suites[0]?.cases[0]?.message ?? '';
    expect(of('')).toContain('depends on the account that the role lies in');
    expect(of('')).toContain('Say it as roleAccount.');
    expect(of('roleAccount: "111122223333"\n')).toContain('Allowed');
    expect(of('roleAccount: "111122223334"\n')).toContain('Denied');
    expect(of('roleAccount: 12\n')).toContain('is no account id');
  });

  it('says why a case failed, and where it stands', () => {
    const text =
      'policy: trust-policy.json\nallow:\n  - ec2.amazonaws.com\n  - caller: arn:aws:iam::444455556666:user/x\ndeny:\n  - caller: lambda.amazonaws.com\n  - caller: ec2.amazonaws.com\n    reason: explicit-deny\n';
    const { suites } = run(text);
    expect(
      suites[0]?.cases.map(({ passed, message, span }) => [
        passed,
        message,
        slice(text, span).split('\n')[0],
      ]),
    ).toEqual([
      [
        false,
        expect.stringContaining('Expected allow. Denied: No statement names the caller.'),
        'ec2.amazonaws.com',
      ],
      [
        false,
        expect.stringContaining(
          'Expected allow. Denied: A condition is not met (statement 1). StringEquals sts:ExternalId',
        ),
        'caller: arn:aws:iam::444455556666:user/x',
      ],
      [false, expect.stringContaining('Expected deny. Allowed'), 'caller: lambda.amazonaws.com'],
      [
        false,
        'Expected the reason explicit-deny, but it is no-principal-match.',
        'caller: ec2.amazonaws.com',
      ],
    ]);
  });

  it('counts what is tried', () => {
    expect(run(full).suites[0]?.coverage).toEqual({
      statements: { total: 3, tried: 3 },
      conditions: { total: 2, tried: 2 },
      untried: [],
    });
    const one = run(
      'policy: trust-policy.json\nallow: [lambda.amazonaws.com]\ndeny: [arn:aws:iam::444455556666:user/x]\n',
    ).suites[0]?.coverage;
    expect(one).toMatchObject({ statements: { total: 3, tried: 1 }, conditions: { total: 2, tried: 0 } });
    expect(one?.untried.map(({ what }) => what)).toEqual([
      'statement Vendor takes effect in no case',
      'statement Vendor: StringEquals sts:ExternalId is met in no case',
      'statement 2 takes effect in no case',
      `statement 2: StringLike ${github}:sub is met and failed in no case`,
    ]);
  });

  it('names a role of a file with several, in any host', () => {
    expect(
      outcomes(
        '- policy: template.yaml\n  role: One\n  allow: [ec2.amazonaws.com]\n- policy: template.yaml\n  role: Two\n  deny:\n    - arn:aws:iam::444455556666:user/x\n',
      ),
    ).toEqual(['passed allow ec2.amazonaws.com', 'failed deny arn:aws:iam::444455556666:user/x']);
    const problems = (text: string): readonly string[] => run(text).problems.map(({ message }) => message);
    expect(problems('policy: template.yaml')).toEqual([
      '"template.yaml" has several trust policies: name one of "One", "Two" as role.',
    ]);
    expect(problems('policy: template.yaml\nrole: Three')).toEqual([
      'There is no role "Three" in "template.yaml", but "One", "Two".',
    ]);
    expect(problems('policy: other.yaml')).toEqual(['There is no file "other.yaml".']);
  });

  it.each([
    ['words', 'Tests are an object with policy, allow and deny, or a list of such objects.'],
    ['allow: []', 'Name the file of the policy: "policy: trust-policy.json".'],
    [
      'policy: trust-policy.json\nforbid: []',
      'There is no "forbid" here, but policy, role, roleAccount, allow, deny.',
    ],
    [
      'policy: trust-policy.json\nallow: [{ name: x }]',
      'Say who calls: "caller: arn:aws:iam::111122223333:user/alice", or a token.',
    ],
    [
      'policy: trust-policy.json\nallow: [[a]]',
      'A case is a caller, or an object with caller, action and context.',
    ],
    [
      'policy: trust-policy.json\nallow: [{ caller: ec2.amazonaws.com, action: s3:GetObject }]',
      'The action is one of sts:AssumeRole, ',
    ],
    [
      'policy: trust-policy.json\nallow: [{ caller: ec2.amazonaws.com, context: x }]',
      'The context is an object of condition keys',
    ],
    [
      'policy: trust-policy.json\ndeny: [{ caller: ec2.amazonaws.com, reason: because }]',
      'The reason is one of explicit-deny, ',
    ],
  ])('%j has a problem', (text, message) => {
    expect(run(text).problems[0]?.message.startsWith(message)).toBe(true);
  });

  it('never fails on broken text', () => {
    for (let end = 0; end <= full.length; end += 3) {
      run(full.slice(0, end));
      completeTestsAt(full.slice(0, end), end);
    }
    expect(run('')).toEqual({ suites: [], problems: [] });
  });
});

describe('completion', () => {
  const labels = (marked: string): readonly string[] => {
    const offset = marked.indexOf('|');
    return completeTestsAt(marked.replace('|', ''), offset).map(({ label }) => label);
  };

  it('offers the keys of each place that are not there yet', () => {
    expect(labels('policy: x\n|')).toEqual(suiteKeys.filter((key) => key !== 'policy'));
    expect(labels('policy: x\nallow:\n  - caller: a\n    |')).toEqual(
      caseKeys.filter((key) => key !== 'caller'),
    );
    expect(
      labels('policy: x\nallow:\n  - caller: a\n    context:\n      sts:ExternalId: x\n      |'),
    ).toContain('aws:MultiFactorAuthPresent');
  });

  it('offers actions and reasons', () => {
    expect(labels('policy: x\nallow:\n  - caller: a\n    action: |')).toContain('sts:AssumeRoleWithSAML');
    expect(labels('policy: x\ndeny:\n  - caller: a\n    reason: |')).toEqual(reasons);
    expect(labels('policy: |')).toEqual([]);
  });

  it('writes what it offers', () => {
    const text = 'policy: x\nallow:\n  - caller: a\n    act';
    const action = completeTestsAt(text, text.length).find(({ label }) => label === 'action');
    expect(applyEdits(text, action?.edits ?? [])).toBe('policy: x\nallow:\n  - caller: a\n    action');
  });
});

describe('the schema', () => {
  interface Schema {
    readonly definitions: {
      readonly suite: { readonly properties: object };
      readonly case: { readonly properties: Readonly<Record<string, { readonly description: string }>> };
    };
  }
  const schema = JSON.parse(
    readFileSync(new URL('../../../schemas/trust-tests.schema.json', import.meta.url), 'utf8'),
  ) as Schema;
  const isValid = new Ajv({ allowUnionTypes: true }).compile(schema);
  const valueIn = (text: string): unknown => {
    const { root } = yaml.parse(text);
    return root && plainValue(root);
  };

  it('has the keys that are read, and says of them what completion says', () => {
    expect(Object.keys(schema.definitions.suite.properties)).toEqual([...suiteKeys]);
    expect(Object.keys(schema.definitions.case.properties)).toEqual([...caseKeys]);
    for (const key of caseKeys)
      expect(schema.definitions.case.properties[key]?.description).toBe(keyDocs[key]);
  });

  it('takes what is read, and refuses what is not', () => {
    expect(isValid(valueIn(full)), JSON.stringify(isValid.errors)).toBe(true);
    expect(isValid(valueIn('allow: []'))).toBe(false);
    expect(isValid(valueIn('policy: x\nallow: [{ name: y }]'))).toBe(false);
  });
});

it('files of tests are told by their names', () => {
  expect(['a.trust-tests.yaml', 'x/B.Trust-Tests.yml', 'trust-tests.yaml', 'a.yaml'].map(isTestFile)).toEqual(
    [true, true, false, false],
  );
});

describe('tests to begin with', () => {
  const draftOf = (text: string): TestRun => {
    const regions = readPolicies({ uri: 'file:///trust-policy.json', languageId: 'json', text });
    const [region] = regions;
    if (region === undefined) throw new Error('There is no policy.');
    return runTestFile(draftTests(region, 'trust-policy.json', false, defaultSettings), () => regions);
  };
  const results = ({ suites, problems }: TestRun): readonly string[] => [
    ...problems.map(({ message }) => message),
    ...suites.flatMap(({ cases }) => cases.filter(({ passed }) => !passed).map(({ message }) => message)),
  ];

  it('let in and keep out, and try every condition', () => {
    const drafted = draftOf(policy);
    expect(results(drafted)).toEqual([]);
    const expected = drafted.suites.flatMap(({ cases }) => cases.map((each) => each.expect));
    expect(new Set(expected)).toEqual(new Set(['allow', 'deny']));
    expect(drafted.suites[0]?.coverage).toMatchObject({
      statements: { total: 3, tried: 3 },
      conditions: { total: 2, tried: 2 },
    });
  });

  it('say the account of the role where a call depends on it', () => {
    const own = policy
      .replace('"sts:ExternalId": "secret"', '"aws:ResourceAccount": "555566667777"')
      .replace(/"Federated": "[^"]*"/, '"AWS": "222233334444"');
    expect(results(draftOf(own))).toEqual([]);
  });

  it.each(templates())('pass for the template $name', (template) => {
    const { text } = printTemplate(template, 'json');
    expect(results(draftOf(text))).toEqual([]);
  });
});
