/** The evaluator against tables that were written from AWS's documentation: each row is a verdict and its reason. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { evaluatorOf, readPolicies, readRequest, type Evaluation } from '#engine';

interface Group<Row> {
  readonly title: string;
  readonly source: string;
  readonly rows: readonly Row[];
  readonly key?: string;
  readonly context?: object;
}

interface ConditionRow {
  readonly operator: string;
  readonly policy: unknown;
  readonly request: unknown;
  readonly holds: boolean;
}

interface VariableRow extends Omit<ConditionRow, 'request'> {
  readonly version: string | null;
  readonly key: string;
  readonly context: object;
}

interface Scenario {
  readonly name: string;
  readonly source: string;
  readonly policy: object;
  readonly request: object;
  readonly reason: string;
  readonly statement: number | null;
}

const read = (name: string): unknown =>
  JSON.parse(readFileSync(path.join(import.meta.dirname, `${name}.json`), 'utf8'));
const conditions = read('conditions') as { groups: readonly Group<ConditionRow>[] };
const variables = read('variables') as { groups: readonly Group<VariableRow>[] };
const actions = read('actions') as {
  groups: readonly Group<{ statement: object; action: unknown; covered: boolean }>[];
};
const principals = read('principals') as {
  groups: readonly Group<{ principal: unknown; caller: object; matches: boolean }>[];
  negated: readonly Group<{ notPrincipal: unknown; caller: object; allows: boolean; denies: boolean }>[];
};
const scenarios = read('scenarios') as { roleAccount: string; cases: readonly Scenario[] };

const account = '111122223333';
const user = { type: 'AWS', arn: `arn:aws:iam::${account}:user/alice` };
const everyone = { Principal: { AWS: account }, Action: '*' };
const open = { Effect: 'Allow', ...everyone };

function answer(policy: object, request: object, roleAccount = scenarios.roleAccount): Evaluation {
  const text = JSON.stringify(policy);
  const [region] = readPolicies({ uri: 'file:///trust-policy.json', languageId: 'json', text });
  const asked = readRequest(request, roleAccount);
  if (region === undefined || 'problem' in asked) throw new Error('problem' in asked ? asked.problem : text);
  const result = evaluatorOf(region)(asked);
  for (const { span } of result.trace) {
    expect(span.start).toBeGreaterThanOrEqual(0);
    expect(span.end).toBeLessThanOrEqual(text.length);
    expect(span.end).toBeGreaterThan(span.start);
  }
  expect(result.dependsOn).toEqual([]);
  return result;
}

const policyOf = (...Statement: readonly object[]): object => ({ Version: '2012-10-17', Statement });

/** A condition lets in whom it is met for, and in a Deny keeps out just the same. */
function expectCondition(condition: object, context: object, holds: boolean, version?: string | null): void {
  const header = version === null ? {} : { Version: version ?? '2012-10-17' };
  const allow = { ...header, Statement: [{ ...open, Condition: condition }] };
  const deny = { ...header, Statement: [open, { ...open, Effect: 'Deny', Condition: condition }] };
  const request = { action: 'sts:AssumeRole', principal: user, context };
  expect(answer(allow, request).reason).toBe(holds ? 'allowed' : 'condition-not-met');
  expect(answer(deny, request).reason).toBe(holds ? 'explicit-deny' : 'allowed');
}

const rowsOf = <Row extends object>(groups: readonly Group<Row>[]) =>
  groups.flatMap(({ title, rows }) =>
    rows.map((row) => ({ title: `${title}: ${JSON.stringify(row)}`, row })),
  );

describe('conditions', () => {
  const rows = conditions.groups.flatMap(({ title, key = '', rows: each }) =>
    each.map((row) => ({ title: `${title}: ${JSON.stringify(row)}`, key, row })),
  );
  it.each(rows)('$title', ({ key, row }) => {
    const context = row.request === null ? {} : { [key]: row.request };
    expectCondition({ [row.operator]: { [key]: row.policy } }, context, row.holds);
  });
});

describe('variables and keys', () => {
  it.each(rowsOf(variables.groups))('$title', ({ row }) => {
    expectCondition({ [row.operator]: { [row.key]: row.policy } }, row.context, row.holds, row.version);
  });
});

describe('principals', () => {
  const rows = principals.groups.flatMap(({ title, rows: each, context = {} }) =>
    each.map((row) => ({ title: `${title}: ${JSON.stringify(row)}`, row, context })),
  );
  it.each(rows)('$title', ({ row: { principal, caller, matches }, context }) => {
    const request = { action: 'sts:AssumeRole', principal: caller, context };
    const statement = { Effect: 'Allow', Principal: principal, Action: '*' };
    const { reason, statement: index } = answer(policyOf(statement), request);
    expect([reason, index]).toEqual(matches ? ['allowed', 0] : ['no-principal-match', null]);
  });

  it.each(rowsOf(principals.negated))('$title', ({ row: { notPrincipal, caller, allows, denies } }) => {
    const request = { action: 'sts:AssumeRole', principal: caller };
    const statement = { NotPrincipal: notPrincipal, Action: '*' };
    const all = { Effect: 'Allow', Principal: '*', Action: '*' };
    expect(answer(policyOf({ Effect: 'Allow', ...statement }), request).reason).toBe(
      allows ? 'allowed' : 'no-principal-match',
    );
    expect(answer(policyOf(all, { Effect: 'Deny', ...statement }), request).reason).toBe(
      denies ? 'explicit-deny' : 'allowed',
    );
  });
});

describe('actions', () => {
  it.each(rowsOf(actions.groups))('$title', ({ row: { statement, action, covered } }) => {
    const request = { action, principal: user };
    const allow = { Effect: 'Allow', Principal: { AWS: account }, ...statement };
    expect(answer(policyOf(allow), request).reason).toBe(covered ? 'allowed' : 'no-action-match');
  });
});

describe('scenarios', () => {
  it.each(scenarios.cases)('$name', ({ policy, request, reason, statement }) => {
    const result = answer(policy, request);
    expect(result).toMatchObject({
      decision: reason === 'allowed' ? 'allowed' : 'denied',
      reason,
      statement,
    });
    expect(result.notes.length).toBeGreaterThan(0);
  });
});

describe('the tables', () => {
  const groups: readonly Group<object>[] = [
    ...conditions.groups,
    ...variables.groups,
    ...principals.groups,
    ...principals.negated,
    ...actions.groups,
  ];

  it('name their sources', () => {
    for (const { source } of [...groups, ...scenarios.cases]) expect(source).toMatch(/^https:\/\//);
  });

  it('have more than 400 rows', () => {
    const rows = groups.reduce((sum, group) => sum + group.rows.length, scenarios.cases.length);
    expect(rows).toBeGreaterThan(400);
  });
});
