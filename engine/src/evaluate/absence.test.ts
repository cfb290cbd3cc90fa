/** Rules and evaluator agree about requests that do not carry a key: a test is a guard if and only if it fails for them. */
import { expect, it } from 'vitest';
import { operators } from '../catalog/catalog.ts';
import { holdsIfAbsent } from '../policy/demand.ts';
import { readPolicy } from '../policy/read.ts';
import { json } from '../syntax/json.ts';
import { evaluate } from './evaluate.ts';
import { readRequest } from './request.ts';

/** A value that each type of operator takes. */
const values: Readonly<Record<string, string>> = {
  arn: 'arn:aws:iam::111122223333:role/ci',
  binary: 'QQ==',
  bool: 'true',
  date: '2026-01-01T00:00:00Z',
  ip: '203.0.113.0/24',
  numeric: '1',
  string: 'x',
};

const forms = operators()
  .filter(({ type }) => type !== 'null')
  .flatMap(({ id, type, negated }) =>
    ['', 'ForAllValues:', 'ForAnyValue:'].flatMap((set) =>
      ['', 'IfExists'].map((end) => ({ operator: `${set}${id}${end}`, value: values[type] ?? '', negated })),
    ),
  );

it.each(forms)('$operator', ({ operator, value, negated }) => {
  const { root } = json.parse(
    JSON.stringify({
      Version: '2012-10-17',
      Statement: {
        Effect: 'Allow',
        Principal: { AWS: '*' },
        Action: 'sts:AssumeRole',
        Condition: { [operator]: { 'aws:PrincipalTag/team': value } },
      },
    }),
  );
  const policy = root && readPolicy(root);
  const test = policy?.statements[0]?.tests[0];
  const caller = { type: 'AWS', arn: 'arn:aws:iam::111122223333:role/caller' };
  const request = readRequest({ action: 'sts:AssumeRole', principal: caller }, '111122223333');
  if (!policy || !test || 'problem' in request) throw new Error('Nothing to judge.');
  const isLetIn = evaluate(policy, request).decision === 'allowed';
  expect(holdsIfAbsent(test)).toBe(isLetIn);
  // What is negated is never taken for a guard of an Allow.
  expect(policy.grants[0]?.guards.length).toBe(isLetIn || negated ? 0 : 1);
});
