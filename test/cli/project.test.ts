/** The project file on the bundled command line. Needs `npm run build`. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { fromBuild } from '../package/built.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'trust-policy-project-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const write = (name: string, value: unknown): void => {
  const file = path.join(folder, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, typeof value === 'string' ? value : JSON.stringify(value, undefined, 2));
};

function run(args: readonly string[], input = ''): { code: number | null; rules: string[]; err: string } {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [fromBuild('dist/cli.cjs'), 'check', '--format', 'json', ...args],
    { cwd: folder, input, encoding: 'utf8' },
  );
  const { findings } = (stdout === '' ? { findings: [] } : JSON.parse(stdout)) as {
    findings: { rule: string; severity: string }[];
  };
  return { code: status, rules: findings.map(({ rule, severity }) => `${severity} ${rule}`), err: stderr };
}

const open = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { AWS: '*' }, Action: 'sts:AssumeRole' }],
};

it('the nearest project file above a file counts, under what the command line says', () => {
  write('a/.trustpolicy.json', { rules: { 'public-principal': 'hint' } });
  write('a/roles/deep/trust-policy.json', open);
  expect(run(['a'])).toEqual({ code: 0, rules: ['hint public-principal'], err: '' });
  expect(run(['--severity', 'public-principal=warning', 'a']).rules).toEqual(['warning public-principal']);
  write('a/roles/.trustpolicy.json', {});
  expect(run(['a'])).toEqual({ code: 1, rules: ['error public-principal'], err: '' });
});

it('entries of ignore go by the path from the project file, also for standard input', () => {
  write('b/.trustpolicy.json', {
    ignore: [{ rule: 'public-principal', file: 'roles/*.json', reason: 'a demonstration' }],
  });
  write('b/roles/trust-policy.json', open);
  write('b/other/trust-policy.json', open);
  expect(run(['b/roles']).rules).toEqual([]);
  expect(run(['b/other']).rules).toEqual(['error public-principal']);
  expect(run(['--stdin-filename', 'b/roles/x-trust-policy.json', '-'], JSON.stringify(open)).rules).toEqual(
    [],
  );
});

it('arguments in Terraform that it names take trust policies, for all commands', () => {
  const statement = '{ Effect = "Allow", Principal = "*" }';
  write('t/main.tf', `module "m" {\n  who_may_assume = jsonencode({ Statement = [${statement}] })\n}\n`);
  const explain = (): string =>
    spawnSync(process.execPath, [fromBuild('dist/cli.cjs'), 'explain', 't/main.tf'], {
      cwd: folder,
      encoding: 'utf8',
    }).stdout;
  write('t/.trustpolicy.json', {});
  expect(run(['t']).rules).toEqual([]);
  expect(explain()).toContain('There is no trust policy');
  write('t/.trustpolicy.json', { terraformArguments: ['who_may_assume'] });
  expect(run(['t']).rules).toContain('error missing-action');
  expect(explain()).toContain('t/main.tf:2:');
});

it('a project file that cannot be taken ends it with exit code 2, before anything is written', () => {
  write('c/.trustpolicy.json', '{\n  "ignore": [{ "rule": "public-principal" }],\n  "trustedAccount": []\n}');
  write('c/trust-policy.json', open);
  const { code, rules, err } = run(['c']);
  expect({ code, rules }).toEqual({ code: 2, rules: [] });
  expect(err).toContain('c/.trustpolicy.json cannot be taken:');
  expect(err).toContain('2:16  This entry has no "reason".');
  expect(err).toContain('3:3  There is no such setting; did you mean "trustedAccounts"?');
  write('c/.trustpolicy.json', '{ "ignore": [');
  expect(run(['c'])).toMatchObject({ code: 2, err: expect.stringContaining('This is not JSON') as string });
});

const entry = (more: object): object => ({ rule: 'public-principal', reason: 'a demonstration', ...more });
const closed = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }],
};

it('entries that ignore nothing are reported, where all is read that they may be meant for', () => {
  write('d/.trustpolicy.json', {
    ignore: [
      entry({ file: 'roles/open-trust.json' }),
      entry({ file: 'roles/closed-trust.json' }),
      entry({ file: 'roles/*.json', sid: 'Gone' }),
      entry({ file: 'elsewhere/trust.json' }),
    ],
  });
  write('d/roles/open-trust.json', open);
  write('d/roles/closed-trust.json', closed);
  expect(run(['d']).rules).toEqual(['warning unused-suppression', 'warning unused-suppression']);
  expect(run([path.join(folder, 'd')]).rules).toHaveLength(2);
  // The pattern may be meant for a file that is not read here, the path is not.
  expect(run(['d/roles'])).toEqual({ code: 1, rules: ['warning unused-suppression'], err: '' });
  expect(run(['d/roles/open-trust.json'])).toEqual({ code: 0, rules: [], err: '' });
  expect(run(['--severity', 'public-principal=off', 'd'])).toEqual({ code: 0, rules: [], err: '' });
});

it('nothing is said of entries for files that are broken or cannot be read', () => {
  write('e/.trustpolicy.json', {
    ignore: [entry({ file: 'broken-trust.json' }), entry({ file: 'latin-trust.json' })],
  });
  write('e/broken-trust.json', JSON.stringify(open).slice(0, -3));
  mkdirSync(path.join(folder, 'e'), { recursive: true });
  writeFileSync(path.join(folder, 'e/latin-trust.json'), Buffer.from([0x22, 0xe9, 0x22]));
  expect(run(['e']).rules).not.toContain('warning unused-suppression');
});

it('an entry with the words of the light bulb for a reason ignores nothing, and is reported once', () => {
  write('f/.trustpolicy.json', { ignore: [entry({ file: 'trust-policy.json', reason: 'say why' })] });
  write('f/trust-policy.json', open);
  expect(run(['f'])).toEqual({
    code: 1,
    rules: ['error public-principal', 'warning suppression-without-reason'],
    err: '',
  });
});
