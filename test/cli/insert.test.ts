/** `insert` of the bundled command line. Needs `npm run build`. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { fromBuild } from '../package/built.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'trust-policy-insert-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const run = (args: readonly string[], input = '') => {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [fromBuild('dist/cli.cjs'), 'insert', ...args],
    { cwd: folder, input, encoding: 'utf8' },
  );
  return { code: status, out: stdout, err: stderr };
};

const statement = (sid: string, principal: object): object => ({
  Sid: sid,
  Effect: 'Allow',
  Principal: principal,
  Action: 'sts:AssumeRole',
});
const textOf = (...statements: readonly object[]): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: statements }, undefined, 2);
const vendor = statement('Vendor', { AWS: '111122223333' });
const both = textOf(vendor, statement('Functions', { Service: 'lambda.amazonaws.com' }));
const conditionsIn = (text: string): readonly unknown[] =>
  (JSON.parse(text) as { readonly Statement: readonly { readonly Condition?: unknown }[] }).Statement.map(
    ({ Condition }) => Condition,
  );

it('lists what can be inserted', () => {
  const { code, out } = run(['--list', '--format', 'json']);
  const { insertions } = JSON.parse(out) as { readonly insertions: readonly { readonly name: string }[] };
  expect(code).toBe(0);
  expect(insertions.length).toBeGreaterThan(15);
  expect(run(['--list']).out).toContain(insertions[0]?.name);
});

it('prints the text with the insertion in the one statement that it makes sense for', () => {
  const { code, out, err } = run(['require-mfa', '-'], both);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(conditionsIn(out)).toEqual([{ Bool: { 'aws:MultiFactorAuthPresent': 'true' } }, undefined]);
});

it('takes a statement by index or name, and a value', () => {
  const two = textOf(vendor, statement('Other', { AWS: '444455556666' }));
  const expected = [undefined, { StringEquals: { 'sts:ExternalId': 'abc-123' } }];
  for (const which of ['1', 'Other']) {
    const { out } = run(['require-external-id', '--statement', which, '--value', 'abc-123', '-'], two);
    expect(conditionsIn(out)).toEqual(expected);
  }
  expect(run(['require-mfa', '-'], two)).toMatchObject({ code: 2, out: '' });
});

it('makes external IDs that differ', () => {
  const [first = '', second] = [1, 2].map(() => run(['require-external-id', '-'], textOf(vendor)).out);
  expect(first).not.toBe(second);
  expect(JSON.stringify(conditionsIn(first))).toMatch(/"StringEquals":\{"sts:ExternalId":"[\da-f-]{36}"\}/);
});

it('writes the file when told to, once', () => {
  const file = path.join(folder, 'trust-policy.json');
  writeFileSync(file, `\uFEFF${both}\n`);
  expect(run(['restrict-to-organization', '--value', 'o-a1b2c3d4e5', '--write', file])).toEqual({
    code: 0,
    out: '',
    err: '',
  });
  const written = readFileSync(file, 'utf8');
  expect(written.startsWith('\uFEFF')).toBe(true);
  expect(conditionsIn(written.slice(1))[0]).toEqual({
    StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' },
  });
  const again = run(['restrict-to-organization', '--value', 'o-a1b2c3d4e5', '--write', file]);
  expect(again).toMatchObject({ code: 0, out: '' });
  expect(again.err).toContain('nothing to do');
  expect(readFileSync(file, 'utf8')).toBe(written);
});

it('takes a policy among several', () => {
  const role = (name: string): object => ({
    Type: 'AWS::IAM::Role',
    Properties: { RoleName: name, AssumeRolePolicyDocument: { Statement: [vendor] } },
  });
  const template = JSON.stringify({ Resources: { A: role('a'), B: role('b') } });
  expect(run(['require-mfa', '--statement', '0', '-'], template).err).toContain('--policy');
  const { code, out } = run(['require-mfa', '--policy', 'b', '-'], template);
  expect(code).toBe(0);
  expect(out.indexOf('MultiFactorAuthPresent')).toBeGreaterThan(out.indexOf('"b"'));
});

it.each<[readonly string[], string]>([
  [[], 'needs the name'],
  [['require-mfa'], 'needs the name'],
  [['require-everything', '-'], 'There is no insertion'],
  [['require-mfa', '--value', 'x', '-'], 'takes no value'],
  [['restrict-to-account', '--value', 'x', '-'], '12 digits'],
  [['require-mfa', '--statement', '7', '-'], 'There is no statement "7"'],
  [['require-mfa', '--statement', 'Functions', '-'], 'This is for AWS accounts, users and roles'],
  [['require-mfa', '--policy', 'x', '-'], 'There is no policy "x"'],
  [['require-mfa', '--write', '-'], 'standard input'],
  [['require-mfa', 'missing.json'], 'cannot be read'],
  [['--list', '--format', 'xml'], 'There is no format'],
  [['--list', 'require-mfa'], 'takes no names'],
])('%j is misuse', (args, message) => {
  const { code, out, err } = run(args, both);
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toContain(message);
});

it('leaves alone what holds no policy', () => {
  expect(run(['require-mfa', '-'], '{"name": "x"}')).toMatchObject({ code: 2, out: '' });
});
