/** The project file: what is refused is what its schema refuses, and what it says reaches the documents that it is for. */
import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readPages } from '../../../test/harness/pages.ts';
import { readMarks } from '../../../test/harness/marks.ts';
import {
  defaultSettings,
  findingsIn,
  joinSettings,
  projectSettings,
  readDocument,
  readProject,
} from '../index.ts';

const schemaOf = (name: string): object => JSON.parse(readFileSync(`schemas/${name}`, 'utf8')) as object;
const ajv = new Ajv({ strict: false, allErrors: true });
const isValid = ajv.compile(schemaOf('project-file.schema.json'));
const completes = ajv.compile(schemaOf('project-file.completion.json'));

const faultsIn = (text: string): readonly string[] =>
  findingsIn(
    readDocument({ uri: 'file:///project/.trustpolicy.json', languageId: 'json', text }),
    defaultSettings,
  ).map(({ rule, message }) => `${rule}: ${message}`);

/** Values, right and wrong, for any place of the file. */
const texts = [
  '111122223333',
  '11112222333',
  'o-a1b2c3d4e5',
  'oidc.example.com',
  'oidc.example.com/id/A1',
  'https://oidc.example.com',
  'example.amazonaws.com',
  'example.com',
  'who_may_assume',
  'public-principal',
  'public-principle',
  'off',
  'warning',
  'none',
  ' ',
  '',
  'roles/**',
];
const names = [
  ...['$schema', 'rules', 'ignore', 'trustedAccounts', 'trustedOrganizations', 'trustedOidcIssuers'],
  ...['additionalServicePrincipals', 'terraformArguments', 'rule', 'file', 'policy', 'sid', 'reason'],
  ...['public-principal', 'wrong'],
];
const text = fc.constantFrom(...texts);
const entry = fc.dictionary(fc.constantFrom('rule', 'reason', 'file', 'policy', 'sid', 'wrong'), text);
const value = fc.oneof(
  text,
  fc.array(text, { maxLength: 3 }),
  fc.array(fc.oneof({ weight: 4, arbitrary: entry }, text), { maxLength: 2 }),
  fc.dictionary(fc.constantFrom(...names), text),
  fc.constantFrom(null, 1, true),
);
const file = fc.oneof({ weight: 9, arbitrary: fc.dictionary(fc.constantFrom(...names), value) }, value);

describe('the rule invalid-project-file', () => {
  it('reports just what the published schema refuses, and the schema for completion refuses nothing', () => {
    const seen = { valid: 0, invalid: 0 };
    fc.assert(
      fc.property(file, (project) => {
        const valid = isValid(project);
        seen[valid ? 'valid' : 'invalid']++;
        const faults = faultsIn(JSON.stringify(project));
        expect(faults.length === 0, [...faults, JSON.stringify(isValid.errors)].join('\n')).toBe(valid);
        expect(completes(project)).toBe(true);
      }),
      { numRuns: 800 },
    );
    expect(Math.min(seen.valid, seen.invalid)).toBeGreaterThan(20);
  });

  it('agrees with the schema about its page', () => {
    const page = readPages().find(({ id }) => id === 'invalid-project-file');
    for (const { fence } of page?.fails ?? [])
      expect(isValid(JSON.parse(readMarks(fence.text).text))).toBe(false);
    for (const { text: passing } of page?.passes ?? []) expect(isValid(JSON.parse(passing))).toBe(true);
  });

  it('says where a text breaks off, and takes comments', () => {
    expect(faultsIn('{ "ignore": [')).toEqual([expect.stringContaining('This is not JSON')]);
    expect(faultsIn('')).toEqual([expect.stringContaining('This is not JSON')]);
    expect(faultsIn('{ "ignore": [] /* none */ }')).toEqual([]);
  });
});

const policy = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    { Sid: 'One', Effect: 'Allow', Principal: { AWS: '*' }, Action: 'sts:AssumeRole' },
    { Sid: 'Two', Effect: 'Allow', Principal: { AWS: '*' }, Action: ['sts:AssumeRole', 'sts:TagSession'] },
  ],
});

/** How many of the two holes of the policy are reported in a file, under a project file. */
function reported(project: unknown, name: string): number {
  const settings = projectSettings(readProject(JSON.stringify(project)), name);
  const document = readDocument({ uri: `file:///project/${name}`, languageId: 'json', text: policy });
  return findingsIn(document, settings).filter(({ rule }) => rule === 'public-principal').length;
}

describe('entries of ignore', () => {
  const ignoring = (entry: object): unknown => ({
    ignore: [{ rule: 'public-principal', reason: 'a demonstration', ...entry }],
  });

  it.each([
    ['everywhere', {}, 'roles/trust.json', 0],
    ['in another rule', { rule: 'missing-version' }, 'roles/trust.json', 2],
    ['without a reason', { reason: ' ' }, 'roles/trust.json', 2],
    ['with a reason that is still to be written', { reason: 'Say why' }, 'roles/trust.json', 2],
    ['in a file', { file: 'roles/trust.json' }, 'roles/trust.json', 0],
    ['in another file', { file: 'roles/trust.json' }, 'roles/other-trust.json', 2],
    ['in a folder', { file: 'roles/**' }, 'roles/deep/trust.json', 0],
    ['in another folder', { file: 'roles/*.json' }, 'roles/deep/trust.json', 2],
    ['in a pattern that is none', { file: 'roles/[z-a].json' }, 'roles/a-trust.json', 2],
    ['in a statement', { sid: 'Two' }, 'roles/trust.json', 1],
    ['in another policy', { policy: 'Deployer' }, 'roles/trust.json', 2],
    ['in a place that is not understood', { sid: 2 }, 'roles/trust.json', 2],
  ])('%s', (_, entry, name, expected) => {
    expect(reported(ignoring(entry), name)).toBe(expected);
  });

  it('in one policy of several', () => {
    const settings = projectSettings(readProject(JSON.stringify(ignoring({ policy: 'A' }))), 'x.json');
    const role = {
      Type: 'AWS::IAM::Role',
      Properties: { AssumeRolePolicyDocument: JSON.parse(policy) as unknown },
    };
    const template = JSON.stringify({ Resources: { A: role, B: role } });
    const document = readDocument({ uri: 'file:///x.json', languageId: 'json', text: template });
    const labels = findingsIn(document, settings)
      .filter(({ rule }) => rule === 'public-principal')
      .map(({ region }) => region.label);
    expect(labels).toEqual(['B', 'B']);
  });
});

it('lists of the project add to those of the editor, and its severities count', () => {
  const project = readProject(
    JSON.stringify({ trustedAccounts: ['111122223333'], rules: { 'public-principal': 'hint' } }),
  );
  const editor = {
    ...defaultSettings,
    trustedAccounts: ['111122223333', '444455556666'],
    rules: { 'public-principal': 'off', 'missing-version': 'off' } as const,
    jsonSyntaxReportedByHost: true,
  };
  expect(joinSettings(projectSettings(project, 'x.json'), editor)).toEqual({
    ...editor,
    trustedAccounts: ['111122223333', '444455556666'],
    rules: { 'public-principal': 'hint', 'missing-version': 'off' },
  });
});

it('own issuers and services are not taken for slips', () => {
  const rulesUnder = (project: object): readonly string[] => {
    const document = readDocument({
      uri: 'file:///trust-policy.json',
      languageId: 'json',
      text: JSON.stringify({
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Principal: {
              Federated: 'arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.co',
            },
            Action: 'sts:AssumeRoleWithWebIdentity',
            Condition: {
              StringEquals: {
                'token.actions.githubusercontent.co:aud': 'sts.amazonaws.com',
                'token.actions.githubusercontent.co:sub': 'deploy',
              },
            },
          },
          { Effect: 'Allow', Principal: { Service: 'lamda.amazonaws.com' }, Action: 'sts:AssumeRole' },
        ],
      }),
    });
    return findingsIn(
      document,
      projectSettings(readProject(JSON.stringify(project)), 'trust-policy.json'),
    ).map(({ rule }) => rule);
  };
  expect(rulesUnder({})).toEqual(['oidc-issuer-typo', 'unknown-service-principal']);
  expect(
    rulesUnder({
      trustedOidcIssuers: ['token.actions.githubusercontent.co'],
      additionalServicePrincipals: ['lamda.amazonaws.com'],
    }),
  ).toEqual([]);
});
