/**
 * The examples of the catalogue of rules: each bad one is found, no good one is. The catalogue lies beside the repository,
 * where it is at all; where ours differs from it, the reason is data here.
 */
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ruleIds } from '../../engine/src/rules/ids.gen.ts';
import { type Example, look } from '../harness/look.ts';
import differences from './differences.json' with { type: 'json' };

const file = '../shared/design/rules.json';

interface Entry {
  readonly id: string;
  readonly appliesTo: 'trust' | 'identity';
  readonly examplesBad: readonly unknown[];
  readonly examplesGood: readonly unknown[];
  readonly exampleSettings?: Readonly<Record<string, unknown>>;
}

const entries: readonly Entry[] = existsSync(file)
  ? (JSON.parse(readFileSync(file, 'utf8')) as readonly Entry[])
  : [];

/** The day of the catalogue, so that its dates stay what they are. */
const today = '2026-11-29';

/** An example as a document: under a name that says what it is, or as what the AWS CLI prints of a role. */
function documentOf({ appliesTo, exampleSettings = {} }: Entry, example: unknown): Example {
  const { roleArn, accountId, ...rest } = exampleSettings;
  const settings = { today, ...rest, ...(typeof accountId === 'string' && { trustedAccounts: [accountId] }) };
  const text = typeof example === 'string' ? example : JSON.stringify(example, undefined, 2);
  if (typeof roleArn === 'string') return { text: roleOutput(roleArn, example), language: 'json', settings };
  const name = appliesTo === 'identity' ? 'caller-policy.json' : 'trust-policy.json';
  return { text, language: 'json', file: name, settings };
}

const roleOutput = (arn: string, policy: unknown): string =>
  JSON.stringify({
    Role: {
      RoleName: arn.split('/').at(-1),
      RoleId: 'AROAEXAMPLEID12345678',
      Arn: arn,
      AssumeRolePolicyDocument: policy,
    },
  });

type Kind = 'bad' | 'good';

interface Difference {
  readonly rule: string;
  readonly kind: string;
  readonly index: number;
  readonly reason: string;
}

const known: readonly Difference[] = differences.differences;

const isKnown = (rule: string, kind: Kind, index: number): boolean =>
  known.some((each) => each.rule === rule && each.kind === kind && each.index === index);

it('is here, or says that it is not', () => {
  if (entries.length === 0) console.log(`No catalogue at ${file}: its examples were not run.`);
  expect(entries.length === 0 || entries.length > 200).toBe(true);
});

it('has a page for each of its rules', () => {
  expect(entries.map(({ id }) => id).filter((id) => !ruleIds.some((rule) => rule === id))).toEqual([]);
});

it('names differences with a reason, each once', () => {
  expect(known.every(({ reason }) => reason.length > 20)).toBe(true);
  const names = known.map(({ rule, kind, index }) => `${rule} ${kind} ${String(index)}`);
  expect(new Set(names).size).toBe(names.length);
});

describe.each(entries.map((entry) => ({ entry, id: entry.id })))('$id', ({ entry, id }) => {
  const speaks = (example: unknown): boolean =>
    look(documentOf(entry, example)).findings.some(({ rule }) => rule === id);

  it('finds its bad examples', () => {
    const missed = entry.examplesBad.flatMap((example, index) =>
      speaks(example) === isKnown(id, 'bad', index) ? [JSON.stringify(example)] : [],
    );
    expect(missed).toEqual([]);
  });

  it('is silent about its good ones', () => {
    const alarms = entry.examplesGood.flatMap((example, index) =>
      speaks(example) === isKnown(id, 'good', index) ? [] : [JSON.stringify(example)],
    );
    expect(alarms).toEqual([]);
  });
});
