/** The comparison of policies: pairs written by hand, every witness put to the evaluator, and random pairs against random calls. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Comparison,
  comparePolicies,
  comparisonMarkdown,
  evaluatorOf,
  readPolicies,
  readRequest,
  type Region,
} from '#engine';

const account = '123456789012';

type TrustDiff = Comparison['policies'][number];

interface Pair {
  readonly name: string;
  readonly old: object;
  readonly new: object;
  readonly relation: string;
}

const { pairs } = JSON.parse(readFileSync(path.join(import.meta.dirname, 'diff.json'), 'utf8')) as {
  pairs: readonly Pair[];
};

function regionOf(policy: object | string, languageId = 'json'): Region {
  const text = typeof policy === 'string' ? policy : JSON.stringify(policy);
  const ending = languageId === 'json' ? 'json' : 'tf';
  const [region] = readPolicies({ uri: `file:///trust-policy.${ending}`, languageId, text });
  if (region === undefined) throw new Error(`Not read: ${text}`);
  return region;
}

/** One policy against another; none lets in nobody. */
function diffRegions(older: Region | undefined, newer: Region | undefined, roleAccount: string): TrustDiff {
  const { policies } = comparePolicies(older ? [older] : [], newer ? [newer] : [], roleAccount);
  const [only, ...others] = policies;
  if (only === undefined || others.length > 0) throw new Error('One policy has one relation.');
  return only;
}

const isAllowed = (region: Region, request: unknown): boolean => {
  const read = readRequest(request, account);
  if ('problem' in read) throw new Error(read.problem);
  return evaluatorOf(region)(read).decision === 'allowed';
};

/** A witness shows what it is said to show. */
function expectWitnesses(older: Region, newer: Region, { gained, lost }: TrustDiff): void {
  if (gained)
    expect([isAllowed(older, gained.request), isAllowed(newer, gained.request)]).toEqual([false, true]);
  if (lost) expect([isAllowed(older, lost.request), isAllowed(newer, lost.request)]).toEqual([true, false]);
}

const mirrored: Readonly<Record<string, string>> = { wider: 'narrower', narrower: 'wider' };

describe('pairs', () => {
  it('are forty at least', () => {
    expect(pairs.length).toBeGreaterThanOrEqual(40);
  });

  it.each(pairs)('$name: $relation', (pair) => {
    const [older, newer] = [regionOf(pair.old), regionOf(pair.new)];
    const result = diffRegions(older, newer, account);
    expect(result.relation).toBe(pair.relation);
    expect(result.gained !== null).toBe(['wider', 'incomparable'].includes(pair.relation));
    expect(result.lost !== null).toBe(['narrower', 'incomparable'].includes(pair.relation));
    expectWitnesses(older, newer, result);
    const back = diffRegions(newer, older, account);
    expect(back.relation).toBe(mirrored[pair.relation] ?? pair.relation);
    expectWitnesses(newer, older, back);
  });
});

describe('the account of the role', () => {
  const inAccount = (id: string, more: object = {}): Region =>
    regionOf({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { AWS: '111122223333' },
          Action: 'sts:AssumeRole',
          Condition: { StringEquals: { 'aws:ResourceAccount': id }, ...more },
        },
      ],
    });

  it('is one that the policies ask for, where nobody gives another', () => {
    const guarded = inAccount('555566667777', { Bool: { 'aws:MultiFactorAuthPresent': 'true' } });
    expect(comparePolicies([guarded], [inAccount('555566667777')]).relation).toBe('wider');
    expect(comparePolicies([guarded], [inAccount('555566667777')], account).relation).toBe('equal');
  });
});

describe('pages', () => {
  it('show a call as code', () => {
    const trust = (AWS: string): Region =>
      regionOf({ Statement: [{ Effect: 'Allow', Principal: { AWS }, Action: 'sts:AssumeRole' }] });
    const page = comparisonMarkdown(
      comparePolicies([trust('111122223333')], [trust('arn:aws:iam::111122223333:user/[x](y)')], account),
    );
    expect(page).toBe(`# Trust compared

**Narrower: the new policy lets in less than the old one, and nothing else.**

Let in by the old policy only:

- Caller: \`arn:aws:iam::111122223333:user/somebody\`
- Action: \`sts:AssumeRole\`
- No condition keys but those that follow from the caller
- Old policy: allowed by statement 1
- New policy: denied, since no statement names the caller`);
  });
});

describe('what is not known', () => {
  const terraform = (...statements: readonly string[]): Region =>
    regionOf(
      `resource "aws_iam_role" "r" { assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [${statements.join(', ')}] }) }`,
      'terraform',
    );
  const allow = (principal: string, condition = ''): string =>
    `{ Effect = "Allow", Principal = { AWS = ${principal} }, Action = "sts:AssumeRole"${condition} }`;
  const mfa = ', Condition = { Bool = { "aws:MultiFactorAuthPresent" = "true" } }';
  const compare = (older: Region, newer: Region): TrustDiff => diffRegions(older, newer, account);

  it('is equal where it is the same', () => {
    const same = (): Region => terraform(allow('"arn:aws:iam::${var.a}:root"'), allow('var.b', mfa));
    expect(compare(same(), same())).toMatchObject({ relation: 'equal' });
    const turned = terraform(allow('var.b', mfa), allow('"arn:aws:iam::${var.a}:root"'));
    expect(compare(same(), turned)).toMatchObject({ relation: 'equal' });
  });

  it('leaves the relation open where it is not', () => {
    const [one, other] = ['var.a', 'var.b'].map((hole) =>
      terraform(allow(`"arn:aws:iam::\${${hole}}:root"`)),
    );
    expect(one && other && compare(one, other)).toMatchObject({
      relation: 'unknown',
      gained: null,
      lost: null,
      undecided: { gained: true, lost: true },
    });
  });

  it('rules out what can be ruled out', () => {
    const [bare, guarded] = ['', mfa].map((condition) => terraform(allow('var.a', condition)));
    expect(bare && guarded && compare(bare, guarded).undecided).toEqual({ gained: false, lost: true });
    expect(bare && guarded && compare(guarded, bare).undecided).toEqual({ gained: true, lost: false });
  });

  it('shows what is certain all the same', () => {
    const older = terraform(allow('var.a'));
    const newer = terraform(allow('var.a'), allow('"111122223333"'));
    expect(compare(older, newer)).toMatchObject({ undecided: { lost: false } });
  });

  it('takes no policy for one that lets nobody in', () => {
    const region = regionOf({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { AWS: '*' }, Action: 'sts:*' }],
    });
    expect(diffRegions(undefined, region, account).relation).toBe('wider');
    expect(diffRegions(region, undefined, account).relation).toBe('narrower');
    expect(diffRegions(undefined, undefined, account).relation).toBe('equal');
  });
});

describe('laws', () => {
  const account1 = '111122223333';
  const principals = [
    account1,
    `arn:aws:iam::${account1}:user/a`,
    `arn:aws:iam::${account1}:role/r`,
    '444455556666',
    '*',
  ];
  const tests = [
    {},
    { StringEquals: { 'sts:ExternalId': 'x' } },
    { StringNotEquals: { 'sts:ExternalId': ['x', 'y'] } },
    { StringLike: { 'sts:ExternalId': 'x*' } },
    { StringLikeIfExists: { 'sts:ExternalId': ['*y', 'x'] } },
    { Bool: { 'aws:MultiFactorAuthPresent': 'true' } },
    { Null: { 'aws:MultiFactorAuthPresent': 'false' } },
    { NumericLessThan: { 'aws:MultiFactorAuthAge': '60' } },
    { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['a', 'b'] } },
    { 'ForAnyValue:StringEquals': { 'aws:TagKeys': 'a' } },
    { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } },
    { ArnLike: { 'aws:PrincipalArn': `arn:aws:iam::${account1}:role/*` } },
    { ArnNotEquals: { 'aws:PrincipalArn': `arn:aws:iam::${account1}:user/a` } },
  ];
  const anyStatement = fc
    .tuple(
      fc.constantFrom('Allow', 'Allow', 'Deny'),
      fc.uniqueArray(fc.constantFrom(...principals), { minLength: 1, maxLength: 2 }),
      fc.constantFrom<string | readonly string[]>(
        'sts:AssumeRole',
        ['sts:AssumeRole', 'sts:TagSession'],
        'sts:*',
      ),
      fc.constantFrom(...tests),
      fc.constantFrom(...tests),
    )
    .map(([Effect, AWS, Action, one, other]) => ({
      Effect,
      Principal: { AWS },
      Action,
      Condition: { ...one, ...other },
    }));
  const anyPolicy = fc
    .array(anyStatement, { minLength: 1, maxLength: 3 })
    .map((Statement) => ({ Version: '2012-10-17', Statement }));
  const anyRequest = fc.record({
    action: fc.constantFrom<string | readonly string[]>('sts:AssumeRole', [
      'sts:AssumeRole',
      'sts:TagSession',
    ]),
    principal: fc.constantFrom<object>(
      { type: 'AWS', arn: `arn:aws:iam::${account1}:user/a` },
      { type: 'AWS', arn: `arn:aws:iam::${account1}:user/b` },
      {
        type: 'AWS',
        arn: `arn:aws:sts::${account1}:assumed-role/r/s`,
        issuer: `arn:aws:iam::${account1}:role/r`,
      },
      {
        type: 'AWS',
        arn: `arn:aws:sts::${account1}:assumed-role/q/s`,
        issuer: `arn:aws:iam::${account1}:role/q`,
      },
      { type: 'AWS', arn: 'arn:aws:iam::444455556666:user/a' },
      { type: 'AWS', arn: 'arn:aws:iam::555566667777:user/a' },
    ),
    context: fc.record(
      {
        'sts:ExternalId': fc.constantFrom('x', 'y', 'xy', 'z', ''),
        'aws:MultiFactorAuthPresent': fc.constantFrom('true', 'false'),
        'aws:MultiFactorAuthAge': fc.constantFrom('59', '60', '61'),
        'aws:TagKeys': fc.subarray(['a', 'b', 'c'], { minLength: 1 }),
        'aws:SourceIp': fc.constantFrom('203.0.113.1', '198.51.100.1'),
      },
      { requiredKeys: [] },
    ),
  });

  it('no call contradicts what is claimed', () => {
    fc.assert(
      fc.property(
        anyPolicy,
        anyPolicy,
        fc.array(anyRequest, { minLength: 25, maxLength: 25 }),
        (one, other, requests) => {
          const [older, newer] = [regionOf(one), regionOf(other)];
          const result = diffRegions(older, newer, account);
          expectWitnesses(older, newer, result);
          for (const request of requests) {
            const [before, after] = [isAllowed(older, request), isAllowed(newer, request)];
            if (!before && after) expect(['wider', 'incomparable', 'unknown']).toContain(result.relation);
            if (before && !after) expect(['narrower', 'incomparable', 'unknown']).toContain(result.relation);
          }
        },
      ),
      { numRuns: 100 },
    );
  });

  it('a policy is equal to itself, and a Deny surely lets nobody in', () => {
    fc.assert(
      fc.property(anyPolicy, anyStatement, (policy, added) => {
        const region = regionOf(policy);
        expect(diffRegions(region, regionOf(policy), account).relation).toBe('equal');
        const denied = regionOf({
          ...policy,
          Statement: [...policy.Statement, { ...added, Effect: 'Deny' }],
        });
        const result = diffRegions(region, denied, account);
        expect([result.gained, result.undecided.gained]).toEqual([null, false]);
      }),
      { numRuns: 60 },
    );
  });
});
