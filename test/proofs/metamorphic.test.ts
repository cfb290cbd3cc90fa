/**
 * What must not matter does not matter, on every policy of the rule pages: the order of keys, a list of one or its item, a Sid,
 * white space. What is not known adds no finding, and a guard adds no exposure. That hosts do not matter is proved in
 * `test/harness/transcribe.test.ts`.
 */
import { expect, it } from 'vitest';
import { type Finding, rules, type Severity } from '#engine';
import { plainValue } from '../../engine/src/tree/walk.ts';
import { type Example, look } from '../harness/look.ts';
import { readMarks } from '../harness/marks.ts';
import { readPages } from '../harness/pages.ts';

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
type JsonObject = Readonly<Record<string, Json>>;

interface Case {
  readonly id: string;
  readonly policy: JsonObject;
  readonly settings: unknown;
  /** What is found in it as it stands. */
  readonly before: readonly string[];
}

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isList = (value: Json | undefined): value is readonly Json[] => Array.isArray(value);

/** Rules on how a policy is written, and on how long it is: of these, rewriting may change something. */
const ofWriting = new Set([
  'duplicate-json-key',
  'policy-size-default-quota',
  'policy-size-max-quota',
  'mergeable-statements',
]);

const lookAt = (text: string, settings: unknown, example: Partial<Example> = {}): readonly Finding[] =>
  look({ language: 'json', file: 'trust-policy.json', ...example, text, settings }).findings;

const summary = (findings: readonly Finding[]): readonly string[] =>
  findings
    .filter(({ rule }) => !ofWriting.has(rule))
    .map(({ rule, severity }) => `${severity} ${rule}`)
    .sort();

const print = (policy: Json): string => JSON.stringify(policy, undefined, 2);

/** The policies on the pages that are plain JSON and whole. */
const cases: readonly Case[] = readPages().flatMap(({ id, fails, passes }) =>
  [...fails.map(({ fence }) => fence), ...passes].flatMap((fence): readonly Case[] => {
    if (fence.language !== 'json' || fence.file !== undefined) return [];
    const { document } = look({ ...fence, text: readMarks(fence.text).text });
    const value = document.regions[0] && plainValue(document.regions[0].node);
    const isWhole = document.whole && document.tree.problems.length === 0;
    if (!isWhole || !isObject(value)) return [];
    const policy = value as JsonObject;
    return [{ id, policy, settings: fence.settings, before: summary(lookAt(print(policy), fence.settings)) }];
  }),
);

/** All policies for which a way of rewriting changes what is found. */
function differences(rewrite: (policy: JsonObject) => string): readonly unknown[] {
  return cases.flatMap(({ id, policy, settings, before }) => {
    const text = rewrite(policy);
    const after = summary(lookAt(text, settings));
    return JSON.stringify(before) === JSON.stringify(after) ? [] : [{ id, before, after, text }];
  });
}

const mapped = (value: Json, how: (value: Json) => Json): Json => {
  if (isList(value)) return how(value.map((item) => mapped(item, how)));
  if (!isObject(value)) return how(value);
  return how(Object.fromEntries(Object.entries(value).map(([key, item]) => [key, mapped(item, how)])));
};

const inStatements = (policy: JsonObject, how: (statement: JsonObject) => Json): JsonObject => {
  const { Statement: written } = policy;
  if (written === undefined) return policy;
  const each = (item: Json): Json => (isObject(item) ? how(item) : item);
  return { ...policy, Statement: isList(written) ? written.map(each) : each(written) };
};

it('there are enough policies', () => {
  expect(cases.length).toBeGreaterThan(400);
});

it('the order of keys does not matter', () => {
  const reversed = (value: Json): Json =>
    isObject(value) ? Object.fromEntries(Object.entries(value).reverse()) : value;
  expect(differences((policy) => print(mapped(policy, reversed)))).toEqual([]);
});

/** The elements that take one text or a list of them. */
const listable = new Set(['Action', 'NotAction', 'AWS', 'Service', 'Federated']);

const inLists = (
  object: JsonObject,
  isListable: (key: string) => boolean,
  how: (value: Json) => Json,
): JsonObject =>
  Object.fromEntries(
    Object.entries(object).map(([key, value]) => [key, isListable(key) ? how(value) : value]),
  );

const relisted = (how: (value: Json) => Json): ((policy: JsonObject) => JsonObject) => {
  const inCondition = (condition: Json): Json =>
    isObject(condition)
      ? Object.fromEntries(
          Object.entries(condition).map(([operator, tests]) => [
            operator,
            isObject(tests) ? inLists(tests, () => true, how) : tests,
          ]),
        )
      : condition;
  return (policy) =>
    inStatements(policy, (statement) => {
      const own = inLists(statement, (key) => listable.has(key), how);
      const { Principal, Condition } = own;
      return {
        ...own,
        ...(isObject(Principal) && { Principal: inLists(Principal, (key) => listable.has(key), how) }),
        ...(Condition !== undefined && { Condition: inCondition(Condition) }),
      };
    });
};

it('a text and a list of one are the same', () => {
  const toList = relisted((value) => (typeof value === 'string' ? [value] : value));
  const toText = relisted((value) =>
    isList(value) && value.length === 1 && typeof value[0] === 'string' ? value[0] : value,
  );
  expect(differences((policy) => print(toList(policy)))).toEqual([]);
  expect(differences((policy) => print(toText(policy)))).toEqual([]);
});

it('one statement and a list of one are the same', () => {
  expect(
    differences((policy) =>
      print({ ...policy, ...(isObject(policy['Statement']) && { Statement: [policy['Statement']] }) }),
    ),
  ).toEqual([]);
});

it('a Sid does not matter', () => {
  let number = 0;
  const named = (policy: JsonObject): JsonObject =>
    inStatements(policy, (statement) =>
      'Sid' in statement || Object.keys(statement).length === 0
        ? statement
        : { Sid: `Named${String(++number)}`, ...statement },
    );
  expect(differences((policy) => print(named(policy)))).toEqual([]);
});

it('white space does not matter', () => {
  expect(differences((policy) => JSON.stringify(policy))).toEqual([]);
  expect(differences((policy) => JSON.stringify(policy, undefined, '\t').replaceAll('\n', '\r\n'))).toEqual(
    [],
  );
});

/** Every way to put an expression in the place of one text of a policy. */
function* withExpressions(value: Json, expression: (text: string) => Json): Generator<Json> {
  if (typeof value === 'string') yield expression(value);
  if (isList(value))
    for (const [index, item] of value.entries())
      for (const other of withExpressions(item, expression)) yield value.with(index, other);
  if (isObject(value))
    for (const [key, item] of Object.entries(value))
      for (const other of withExpressions(item, expression)) yield { ...value, [key]: other };
}

const inTemplate = (policy: Json): string =>
  JSON.stringify({
    Resources: { Role: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: policy } } },
  });

/** What is among some and not among others, each as often as it is there. */
function added(before: readonly string[], after: readonly string[]): readonly string[] {
  const left = [...before];
  return after.filter((each) => {
    const at = left.indexOf(each);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

const rulesIn = (findings: readonly Finding[]): readonly string[] => findings.map(({ rule }) => rule);

const template = { file: 'template.json' };

/** Rules that are all that is said, where they speak. */
const sole = new Set<string>(
  rules.filter(({ supersedes }) => supersedes === 'everything').map(({ id }) => id),
);

it('an expression in the place of a text adds no finding, but for those that a louder one has held back', () => {
  const worse = cases.flatMap(({ id, policy, settings }) => {
    const before = rulesIn(lookAt(inTemplate(policy), settings, template));
    return [...withExpressions(policy, () => ({ Ref: 'Parameter' }))].flatMap((changed) => {
      const after = rulesIn(lookAt(inTemplate(changed), settings, template));
      const more = added(before, after);
      const gone = added(after, before);
      return more.length <= gone.length || gone.some((rule) => sole.has(rule))
        ? []
        : [{ id, more, gone, changed: JSON.stringify(changed) }];
    });
  });
  expect(worse).toEqual([]);
});

/** Rules that say who gets in. */
const exposures = new Set([
  ...[
    'account-root-principal',
    'bare-star-principal',
    'cross-account-missing-external-id',
    'iam-user-principal',
  ],
  ...['public-principal', 'public-principal-weak-condition', 'org-wide-trust', 'session-tags-unrestricted'],
  ...['cognito-amr-missing', 'cognito-aud-missing', 'cognito-unauthenticated', 'google-oaud-only'],
  ...['github-sub-any-ref', 'github-sub-any-repo', 'github-sub-missing', 'github-sub-org-wildcard'],
  ...['github-sub-owner-not-delimited', 'github-sub-pull-request', 'github-sub-wildcard-name'],
  ...['oidc-aud-missing', 'oidc-aud-wildcard', 'oidc-no-condition', 'oidc-sub-broad'],
  ...[
    'oidc-shared-issuer-missing-claim',
    'oidc-sub-missing',
    'oidc-sub-tenant-wildcard',
    'oidc-sub-wildcard-only',
  ],
  ...['saml-aud-missing', 'saml-aud-wildcard', 'saml-subject-unpinned', 'pod-identity-unscoped'],
  ...[
    'roles-anywhere-missing-source',
    'service-principal-no-source',
    'source-arn-without-account',
    'source-wildcard',
  ],
]);

const loudness: Readonly<Record<Severity, number>> = { error: 8, warning: 4, information: 2, hint: 1 };

/** How loudly exposure is told of. */
const exposure = (findings: readonly Finding[]): number =>
  findings
    .filter(({ rule }) => exposures.has(rule))
    .reduce((sum, { severity }) => sum + loudness[severity], 0);

it.each([
  ['aws:PrincipalOrgID', 'o-a1b2c3d4e5', 'StringEquals'],
  ['aws:PrincipalAccount', '111122223333', 'StringEquals'],
  ['aws:PrincipalArn', 'arn:aws:iam::111122223333:role/ci', 'ArnEquals'],
  ['aws:SourceVpc', 'vpc-0a1b2c3d4e5f6a7b8', 'StringEquals'],
  ['aws:SourceAccount', '111122223333', 'StringEquals'],
  ['sts:ExternalId', '3b1f6d1e-9d2a-4f0f-8a53-0d7c3a1b2c4d', 'StringEquals'],
  ['aws:MultiFactorAuthPresent', 'true', 'Bool'],
  ['token.actions.githubusercontent.com:sub', 'repo:octo-org/octo-repo:environment:prod', 'StringEquals'],
  ['token.actions.githubusercontent.com:aud', 'sts.amazonaws.com', 'StringEquals'],
  ['SAML:aud', 'https://signin.aws.amazon.com/saml', 'StringEquals'],
])('a guard by %s adds no exposure', (key, value, operator) => {
  const guarded = (policy: JsonObject): JsonObject =>
    inStatements(policy, (statement) => {
      const { Condition = {} } = statement;
      if (statement['Effect'] !== 'Allow' || !isObject(Condition)) return statement;
      const tests = Condition[operator] ?? {};
      const known =
        isObject(tests) && !Object.keys(tests).some((each) => each.toLowerCase() === key.toLowerCase());
      return known
        ? { ...statement, Condition: { ...Condition, [operator]: { ...tests, [key]: value } } }
        : statement;
    });
  const worse = cases.flatMap(({ id, policy, settings }) => {
    const before = lookAt(print(policy), settings);
    const after = lookAt(print(guarded(policy)), settings);
    return exposure(after) <= exposure(before)
      ? []
      : [{ id, before: summary(before), after: summary(after), policy: JSON.stringify(policy) }];
  });
  expect(worse).toEqual([]);
});
