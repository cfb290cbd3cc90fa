/** What explanations say holds: put to the evaluator on generated policies and requests, nobody else gets in. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluate } from '../evaluate/evaluate.ts';
import { readRequest } from '../evaluate/request.ts';
import { readDocument } from '../index.ts';
import { readPolicy } from '../policy/read.ts';
import type { JsonValue } from '../tree/walk.ts';
import { explainRegion, type PolicyExplanation } from './explain.ts';

type Clause = PolicyExplanation['statements'][number]['conditions'][number];
type Context = Readonly<Record<string, readonly string[]>>;

const regionOf = (statements: readonly JsonValue[]): ReturnType<typeof readDocument>['regions'][number] => {
  const text = JSON.stringify({ Version: '2012-10-17', Statement: statements });
  const [region] = readDocument({ uri: 'file:///trust-policy.json', languageId: 'json', text }).regions;
  if (region === undefined) throw new Error('There is no policy.');
  return region;
};

const texts = fc.constantFrom('a', 'ab', 'b', 'A');
const patterns = fc.constantFrom('a', 'a*', '?', '*b', 'b', '*');
const keys = fc.constantFrom('aws:PrincipalTag/x', 'aws:TagKeys', 'sts:ExternalId');
const modifiers = fc.record({
  set: fc.constantFrom('', 'ForAllValues:', 'ForAnyValue:'),
  ifExists: fc.boolean(),
});
const strings = fc.constantFrom(
  'StringEquals',
  'StringNotEquals',
  'StringLike',
  'StringNotLike',
  'StringEqualsIgnoreCase',
);

const operators = fc.oneof(
  fc
    .record({ name: strings, ...{ modifier: modifiers } })
    .map(({ name, modifier }) => `${modifier.set}${name}${modifier.ifExists ? 'IfExists' : ''}`),
  fc.constant('Null'),
);
const conditions = fc.array(
  fc.record({
    operator: operators,
    key: keys,
    values: fc.array(patterns, { minLength: 1, maxLength: 2 }),
    isNull: fc.boolean(),
  }),
  { maxLength: 3 },
);
type Condition = typeof conditions extends fc.Arbitrary<readonly (infer Item)[]> ? Item : never;

const blockOf = (items: readonly Condition[]): JsonValue =>
  Object.fromEntries(
    items.map(({ operator, key, values, isNull }) => [
      operator,
      { [key]: operator === 'Null' ? String(isNull) : values },
    ]),
  );

const contexts: fc.Arbitrary<Context> = fc
  .dictionary(keys, fc.array(texts, { minLength: 1, maxLength: 2 }), { maxKeys: 3 })
  .map(
    // Only keys that can have several values are given several.
    (context) =>
      Object.fromEntries(
        Object.entries(context).map(([key, values]) => [
          key,
          key === 'aws:TagKeys' ? values : values.slice(0, 1),
        ]),
      ),
  );

const matches = (pattern: string, text: string): boolean =>
  new RegExp(`^${pattern.replaceAll('*', '.*').replaceAll('?', '.')}$`, 's').test(text);

/** What the data of a condition means, read off as its documentation says. */
function holds({ key, operator, quantifier, values, ifAbsent }: Clause, context: Context): boolean {
  const given = Object.entries(context).find(([name]) => name.toLowerCase() === key.toLowerCase())?.[1];
  if (given === undefined) return ifAbsent;
  if (operator === 'Null') return values[0] === 'false';
  const like = operator.includes('Like');
  const negated = operator.includes('Not');
  const same = (value: string, text: string): boolean =>
    operator.includes('IgnoreCase')
      ? value.toLowerCase() === text.toLowerCase()
      : like
        ? matches(value, text)
        : value === text;
  const passes = (text: string): boolean => values.some((value) => same(value, text)) !== negated;
  if (quantifier === 'ForAllValues') return given.every(passes);
  if (quantifier === 'ForAnyValue') return given.some(passes);
  return given.every(passes);
}

describe('the conditions of a sentence', () => {
  it('are those by which the evaluator decides', () => {
    let allowed = 0;
    fc.assert(
      fc.property(conditions, contexts, (items, context) => {
        // Several values of a key that no set prefix asks about are a case that AWS does not document.
        fc.pre(
          items.every(
            ({ operator, key }) => operator.includes(':') || operator === 'Null' || key !== 'aws:TagKeys',
          ),
        );
        const statement = {
          Effect: 'Allow',
          Principal: { AWS: 'arn:aws:iam::111122223333:user/alice' },
          Action: 'sts:AssumeRole',
          Condition: blockOf(items),
        };
        const region = regionOf([statement]);
        const request = readRequest(
          {
            action: 'sts:AssumeRole',
            principal: { type: 'AWS', arn: 'arn:aws:iam::111122223333:user/alice' },
            context,
          },
          '111122223333',
        );
        if ('problem' in request) throw new Error(request.problem);
        const clauses = explainRegion(region).statements[0]?.conditions ?? [];
        const expected = clauses.every((clause) => holds(clause, context));
        if (expected) allowed++;
        expect(evaluate(readPolicy(region.node), request).decision).toBe(expected ? 'allowed' : 'denied');
      }),
      { numRuns: 600 },
    );
    expect(allowed).toBeGreaterThan(50);
  });
});

const principals = {
  account: { AWS: '111122223333' },
  other: { AWS: '444455556666' },
  role: { AWS: 'arn:aws:iam::111122223333:role/deploy' },
  service: { Service: 'ec2.amazonaws.com' },
  saml: { Federated: 'arn:aws:iam::111122223333:saml-provider/okta' },
  oidc: { Federated: 'arn:aws:iam::111122223333:oidc-provider/gitlab.com' },
  anyone: { AWS: '*' },
} as const;
const actions = [
  'sts:AssumeRole',
  'sts:AssumeRoleWithSAML',
  'sts:AssumeRoleWithWebIdentity',
  'sts:TagSession',
  'sts:*',
];
const callers = [
  { type: 'AWS', arn: 'arn:aws:iam::111122223333:user/alice' },
  { type: 'AWS', arn: 'arn:aws:sts::111122223333:assumed-role/deploy/s' },
  { type: 'AWS', arn: 'arn:aws:iam::444455556666:user/bob' },
  { type: 'Service', value: 'ec2.amazonaws.com' },
  { type: 'Federated', value: principals.saml.Federated },
  { type: 'Federated', value: principals.oidc.Federated },
];
const statements = fc.array(
  fc.record({
    Effect: fc.constantFrom('Allow', 'Allow', 'Deny'),
    Principal: fc.constantFrom(...Object.values(principals)),
    Action: fc.constantFrom(...actions),
  }),
  { minLength: 1, maxLength: 3 },
);
const usable = ['sts:AssumeRole', 'sts:AssumeRoleWithSAML', 'sts:AssumeRoleWithWebIdentity'];
const waysOf = ({ type, value }: { readonly type: string; readonly value?: string }): string =>
  type !== 'Federated' ? 'sts:AssumeRole' : (usable[value?.includes('saml') === true ? 1 : 2] ?? '');

describe('the line above a policy', () => {
  it('says "nobody" if and only if no caller gets in', () => {
    let nobody = 0;
    fc.assert(
      fc.property(statements, (items) => {
        const region = regionOf(items);
        const { summary } = explainRegion(region);
        const lets = callers.filter((principal) => {
          const request = readRequest({ action: waysOf(principal), principal }, '111122223333');
          if ('problem' in request) throw new Error(request.problem);
          return evaluate(readPolicy(region.node), request).decision === 'allowed';
        });
        if (summary === 'nobody') nobody++;
        expect(lets.length > 0, JSON.stringify(items)).toBe(summary !== 'nobody');
      }),
      { numRuns: 300 },
    );
    expect(nobody).toBeGreaterThan(20);
  });
});
