/** The bundled command line: what it prints, and how it ends. Needs `npm run build`. */
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { ruleIds } from '../../engine/src/rules/ids.gen.ts';
import { fromBuild } from '../package/built.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'trust-policy-cli-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const write = (name: string, text: string | Uint8Array): string => {
  const file = path.join(folder, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
  return name;
};

interface Outcome {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

function run(args: readonly string[], input: string | Buffer = ''): Outcome {
  const { status, stdout, stderr } = spawnSync(process.execPath, [fromBuild('dist/cli.cjs'), ...args], {
    cwd: folder,
    input,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    env: { ...process.env, NO_COLOR: '1' },
  });
  return { code: status, out: stdout, err: stderr };
}

const good =
  '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}]}';
const bad = good.replace('"Action"', '"Resource": "*", "Action"');

describe('check', () => {
  it('is silent about good policies and other files', () => {
    write('good/trust-policy.json', good);
    write('good/package.json', '{"name": "x", "version": "1.0.0"}');
    write('good/node_modules/x/trust-policy.json', bad);
    expect(run(['check', 'good'])).toEqual({
      code: 0,
      out: 'Nothing to report: 1 trust policy in 2 files.\n',
      err: '',
    });
  });

  it('says where, what and which rule', () => {
    write('bad.json', bad);
    expect(run(['check', 'bad.json'])).toMatchInlineSnapshot(`
      {
        "code": 1,
        "err": "",
        "out": "bad.json:1:100  error        IAM answers "Has prohibited field Resource": a trust policy always is about the role it is attached to. Take it out.  resource-not-allowed

      1 error: 1 trust policy in 1 file.
      ",
      }
    `);
  });

  it('knows what day it is', () => {
    const dated = (date: string): string =>
      good.replace('}]}', `,"Condition":{"DateLessThan":{"aws:CurrentTime":"${date}"}}}]}`);
    expect(run(['check', '-'], dated('2020-06-30')).out).toContain('date-condition-expired');
    expect(run(['check', '-'], dated('2999-06-30')).code).toBe(0);
  });

  it('judges the permissions of callers where the name of a file declares them', () => {
    const caller =
      '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole","Resource":"*"}]}';
    write('caller/caller-policy.json', caller);
    write('caller/policy.json', caller);
    const { code, out } = run(['check', 'caller']);
    expect(code).toBe(1);
    expect(out).toContain('identity-assume-role-star');
    expect(out).toContain('1 warning: 1 trust policy in 2 files.');
  });

  it('prints JSON of a fixed shape', () => {
    const { code, out } = run(['check', '--format', 'json', '-'], `\r\n${bad}`);
    expect(code).toBe(1);
    const start = { line: 1, character: 99, offset: 101 };
    const end = { line: 1, character: 109, offset: 111 };
    expect(JSON.parse(out)).toMatchObject({
      version: 1,
      findings: [
        {
          file: 'trust-policy.json',
          rule: 'resource-not-allowed',
          severity: 'error',
          start,
          end,
          region: null,
        },
      ],
    });
    expect(Object.keys((JSON.parse(out) as { findings: object[] }).findings[0] ?? {})).toEqual([
      'file',
      'rule',
      'severity',
      'message',
      'start',
      'end',
      'region',
    ]);
  });

  it('names the role of an embedded policy', () => {
    const { out } = run(
      ['check', '--format', 'json', '--stdin-filename', 'roles.json', '-'],
      `{"RoleName": "deploy", "AssumeRolePolicyDocument": ${bad}}`,
    );
    expect(JSON.parse(out)).toMatchObject({ findings: [{ file: 'roles.json', region: 'deploy' }] });
  });

  it('takes severities and own accounts', () => {
    expect(run(['check', 'bad.json', '--severity', 'resource-not-allowed=hint']).code).toBe(0);
    write('account.json', good.replace('{"Service":"ec2.amazonaws.com"}', '{"AWS":"999988887777"}'));
    expect(run(['check', 'account.json']).code).toBe(1);
    expect(run(['check', 'account.json', '--trusted-account', '999988887777']).code).toBe(0);
  });

  it('fixes what is safe, in place', () => {
    write('fixable.json', bad);
    chmodSync(path.join(folder, 'fixable.json'), 0o640);
    const { code, out } = run(['check', '--fix', 'fixable.json']);
    expect({ code, out }).toEqual({ code: 0, out: expect.stringContaining('1 fix applied') as string });
    expect(JSON.parse(readFileSync(path.join(folder, 'fixable.json'), 'utf8'))).toEqual(JSON.parse(good));
    expect(statSync(path.join(folder, 'fixable.json')).mode & 0o777).toBe(0o640);
  });

  it('fixes what a link leads to, in the mode and with the byte order mark that it has', () => {
    write('target.json', `\uFEFF${bad}`);
    chmodSync(path.join(folder, 'target.json'), 0o666);
    symlinkSync('target.json', path.join(folder, 'link.json'));
    expect(run(['check', '--fix', 'link.json'])).toMatchObject({ code: 0, err: '' });
    expect(lstatSync(path.join(folder, 'link.json')).isSymbolicLink()).toBe(true);
    expect(statSync(path.join(folder, 'target.json')).mode & 0o777).toBe(0o666);
    expect(readFileSync(path.join(folder, 'target.json'), 'utf8')).toMatch(/^\uFEFF\{/);
  });

  it('counts positions behind a byte order mark, as editors do', () => {
    const { out } = run(['check', '--format', 'json', '-'], `\uFEFF${bad}`);
    expect(JSON.parse(out)).toMatchObject({ findings: [{ start: { line: 0, character: 99, offset: 99 } }] });
  });

  it('expands patterns that the shell has left alone', () => {
    for (const name of ['a/one.json', 'a/b/two.json', 'a/b/three.yaml']) write(`patterns/${name}`, bad);
    const files = (pattern: string): readonly string[] => {
      const { out } = run(['check', '--format', 'json', pattern]);
      return (JSON.parse(out) as { findings: { file: string }[] }).findings.map(({ file }) => file);
    };
    expect(files('patterns/**/*.json')).toEqual(['patterns/a/b/two.json', 'patterns/a/one.json']);
    expect(files('./patterns/a/{one,none}.json')).toEqual(['patterns/a/one.json']);
    expect(files('patterns/a/b/t[w]?.json')).toEqual(['patterns/a/b/two.json']);
  });

  it('lets no text steer the terminal', () => {
    write('steering.json', bad.replace('"sts:AssumeRole"', '"sts:\\u001b[31mAssume\\u202eRole"'));
    const { out } = run(['check', 'steering.json']);
    expect(out).toContain('steering.json:1:');
    expect(out.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  });

  it('reports broken texts, and goes on behind files that are none', () => {
    write('binary.json', new Uint8Array([0x7b, 0xff, 0xfe]));
    write('broken-trust-policy.json', good.slice(0, 50));
    const { code, out, err } = run(['check', 'binary.json', 'broken-trust-policy.json']);
    expect(code).toBe(2);
    expect(err).toContain('binary.json cannot be read: it is not UTF-8 text');
    expect(out).toContain('json-syntax-error');
  });
});

describe('explain', () => {
  const roles = JSON.stringify({
    Roles: [
      { RoleName: 'deploy', AssumeRolePolicyDocument: JSON.parse(good) as unknown },
      { RoleName: 'ci', AssumeRolePolicyDocument: JSON.parse(good.replace('"ec2', '"lambda')) as unknown },
    ],
  });

  it('says who can assume each role', () => {
    write('explain/trust-policy.json', good);
    expect(run(['explain', 'explain/trust-policy.json'])).toMatchInlineSnapshot(`
      {
        "code": 0,
        "err": "",
        "out": "explain/trust-policy.json:1:1
      Who can assume: 1 service

        1. The service Amazon EC2 (ec2.amazonaws.com).

        A resource control policy of the role’s organization can deny what this policy allows.
      ",
      }
    `);
  });

  it('prints Markdown', () => {
    expect(run(['explain', '--format', 'md', '--stdin-filename', 'roles.json', '-'], roles).out)
      .toMatchInlineSnapshot(`
      "## roles.json:1:59

      **Who can assume \`deploy\`:** 1 service

      - 1: The service Amazon EC2 (\`ec2.amazonaws.com\`).

      What this policy cannot tell:

      - A resource control policy of the role’s organization can deny what this policy allows.

      ## roles.json:1:232

      **Who can assume \`ci\`:** 1 service

      - 1: The service AWS Lambda (\`lambda.amazonaws.com\`).

      What this policy cannot tell:

      - A resource control policy of the role’s organization can deny what this policy allows.
      "
    `);
  });

  it('prints JSON of a fixed shape', () => {
    const { code, out } = run(['explain', '--format', 'json', '--stdin-filename', 'roles.json', '-'], roles);
    expect(code).toBe(0);
    const parsed = JSON.parse(out) as { policies: { statements: object[] }[] };
    expect(parsed).toMatchObject({
      version: 1,
      policies: [
        {
          file: 'roles.json',
          region: 'deploy',
          start: { line: 0 },
          summary: '1 service',
          callers: [{ kind: 'service', names: ['the service Amazon EC2 (ec2.amazonaws.com)'] }],
          statements: [{ index: 0, sid: null, effect: 'allow', actions: ['sts:AssumeRole'], conditions: [] }],
        },
        { region: 'ci' },
      ],
    });
    expect(Object.keys(parsed.policies[0] ?? {})).toEqual([
      'file',
      'region',
      'start',
      'end',
      'summary',
      'callers',
      'statements',
      'limits',
    ]);
    expect(Object.keys(parsed.policies[0]?.statements[0] ?? {})).toEqual([
      'index',
      'sid',
      'effect',
      'start',
      'end',
      'excludes',
      'callers',
      'actions',
      'conditions',
      'sentence',
    ]);
  });

  it('says that there is nothing to explain, and what cannot be read', () => {
    write('explain/package.json', '{}');
    expect(run(['explain', 'explain/package.json'])).toMatchObject({
      code: 0,
      out: 'There is no trust policy in these files.\n',
    });
    write('explain/binary.json', new Uint8Array([0x7b, 0xff]));
    expect(run(['explain', 'explain/binary.json'])).toMatchObject({
      code: 2,
      err: expect.stringContaining('binary.json cannot be read') as string,
    });
  });

  it('lets no text steer the terminal', () => {
    write('explain/steering.json', good.replace('"ec2.', '"\\u001b[31me\\u202ec2.'));
    const { out } = run(['explain', 'explain/steering.json']);
    expect(out.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  });
});

describe('simulate', () => {
  const policy = {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { AWS: 'arn:aws:iam::111122223333:root' },
        Action: 'sts:AssumeRole',
        Condition: { StringEquals: { 'sts:ExternalId': 'x' } },
      },
    ],
  };
  const request = {
    action: 'sts:AssumeRole',
    principal: { type: 'AWS', arn: 'arn:aws:iam::111122223333:user/alice' },
    context: { 'sts:ExternalId': 'x' },
  };
  const template = (...roles: readonly string[]): string =>
    JSON.stringify({
      Resources: Object.fromEntries(
        roles.map((role) => [
          role,
          { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: policy } },
        ]),
      ),
    });
  write('simulate/policy.json', JSON.stringify(policy));
  write('simulate/request.json', JSON.stringify(request));
  write('simulate/stranger.json', JSON.stringify({ ...request, context: {} }));
  write('simulate/one.json', template('A'));
  write('simulate/two.json', template('A', 'B'));
  write('simulate/broken.json', '{"Statement": [{"Effect": "Allow", "Principal": ');
  write('simulate/none.json', '{}');
  write('simulate/wrong.json', JSON.stringify({ ...request, action: [] }));
  const simulate = (file: string, asked: string, ...more: readonly string[]): Outcome =>
    run([
      'simulate',
      '--policy',
      `simulate/${file}`,
      '--role-account',
      '123456789012',
      '--request',
      `simulate/${asked}`,
      ...more,
    ]);

  it('prints JSON of a fixed shape', () => {
    const { code, out, err } = simulate('policy.json', 'request.json', '--format', 'json');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const answer = JSON.parse(out) as { trace: object[] };
    expect(answer).toMatchObject({ decision: 'allowed', reason: 'allowed', statement: 0, dependsOn: [] });
    expect(Object.keys(answer)).toEqual(['decision', 'reason', 'statement', 'trace', 'dependsOn', 'notes']);
    expect(Object.keys(answer.trace[0] ?? {})).toEqual([
      'statement',
      'element',
      'outcome',
      'message',
      'span',
    ]);
  });

  it('says which clause decides', () => {
    const { code, out } = simulate('policy.json', 'stranger.json');
    expect(code).toBe(0);
    expect(out).toContain('Denied: condition-not-met, statement 1.');
    expect(out).toMatch(
      /policy\.json:1:164 {2}condition {2}no {7}StringEquals sts:ExternalId "x" is not met/,
    );
  });

  it('compares with what is expected', () => {
    expect(simulate('policy.json', 'request.json', '--expect', 'allowed').code).toBe(0);
    expect(simulate('policy.json', 'request.json', '--expect', 'denied').code).toBe(1);
  });

  it('reads policies in templates, and one of several by its name', () => {
    expect(simulate('one.json', 'request.json', '--expect', 'allowed').code).toBe(0);
    expect(simulate('two.json', 'request.json', '--role', 'B', '--expect', 'allowed').code).toBe(0);
    expect(simulate('two.json', 'request.json').err).toContain('name one of "A", "B" with --role');
    expect(simulate('two.json', 'request.json', '--role', 'C').err).toContain('There is no role "C"');
  });

  it('reads standard input', () => {
    const args = [
      'simulate',
      '--role-account',
      '123456789012',
      '--request',
      'simulate/request.json',
      '--policy',
      '-',
    ];
    expect(run(args, JSON.stringify(policy)).out).toContain('Allowed: allowed, statement 1.');
  });

  it.each([
    ['none.json', 'request.json', 'There is no trust policy in simulate/none.json.'],
    ['missing.json', 'request.json', 'cannot be read'],
    ['broken.json', 'request.json', 'cannot be read: see "trust-policy check"'],
    ['policy.json', 'wrong.json', 'The action is a name'],
    ['policy.json', 'broken.json', 'is no JSON'],
  ])('refuses %s with %s', (file, asked, message) => {
    const { code, out, err } = simulate(file, asked);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(message);
  });

  it('answers a batch line by line', () => {
    const entry = { policy, roleAccount: '123456789012', request };
    const lines = [
      entry,
      { ...entry, policy: JSON.stringify(policy), request: { ...request, context: {} } },
      { ...entry, policy: 'simulate/one.json' },
      { ...entry, roleAccount: '12' },
      { ...entry, policy: 5 },
      [],
    ];
    write('simulate/calls.jsonl', `${lines.map((line) => JSON.stringify(line)).join('\n')}\nno JSON\n`);
    const { code, out, err } = run(['simulate', '--batch', 'simulate/calls.jsonl']);
    expect(code).toBe(2);
    const answers = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { reason?: string; error?: string });
    expect(answers.map(({ reason }) => reason ?? 'error')).toEqual([
      'allowed',
      'condition-not-met',
      'allowed',
      'error',
      'error',
      'error',
      'error',
    ]);
    expect(err.trim().split('\n')).toHaveLength(4);
  });

  it('goes on behind a line of a batch that cannot be taken, and says which it was', () => {
    const good = JSON.stringify({ policy, roleAccount: '123456789012', request });
    const deep = `{"roleAccount":"123456789012","policy":{"a":${'['.repeat(20_000)}${']'.repeat(20_000)}}}`;
    const lines = [good, '', '  \r', deep, '{"policy": "-", "roleAccount": "123456789012"}', `${good}\r`];
    const input = Buffer.concat([
      Buffer.from(`${lines.join('\n')}\n`),
      Buffer.from([0xff, 0x0a]),
      Buffer.from(good),
    ]);
    const { code, out, err } = run(['simulate', '--batch', '-'], input);
    expect(code).toBe(2);
    const answers = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { decision?: string });
    expect(answers.map(({ decision }) => decision ?? 'error')).toEqual([
      'allowed',
      'error',
      'error',
      'allowed',
      'error',
      'allowed',
    ]);
    expect(err.match(/line \d+/g)).toEqual(['line 4', 'line 5', 'line 7']);
  });

  it('answers ten thousand lines', () => {
    const line = (index: number): string =>
      JSON.stringify({
        policy,
        roleAccount: '123456789012',
        request: index % 2 === 0 ? request : { ...request, context: {} },
      });
    write('simulate/many.jsonl', Array.from({ length: 10_000 }, (_, index) => line(index)).join('\n'));
    const { code, out } = run(['simulate', '--batch', 'simulate/many.jsonl']);
    expect(code).toBe(0);
    expect(out.match(/"decision":"allowed"/g)).toHaveLength(5000);
    expect(out.match(/"decision":"denied"/g)).toHaveLength(5000);
  });
});

describe('why', () => {
  const policy = good.replace(
    '{"Service":"ec2.amazonaws.com"}',
    '{"AWS":"444455556666"},"Condition":{"StringEquals":{"sts:ExternalId":"secret"}}',
  );
  const message =
    'User: arn:aws:iam::444455556666:user/alice is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::111122223333:role/r';

  it('ranks what a denial may come from', () => {
    write('why.json', policy);
    expect(run(['why', '--policy', 'why.json'], message)).toMatchInlineSnapshot(`
      {
        "code": 0,
        "err": "",
        "out": "Caller: arn:aws:iam::444455556666:user/alice
      Action: sts:AssumeRole
      Role: arn:aws:iam::111122223333:role/r

      1. likely, caller: The external ID of the call may be missing or another: StringEquals asks for secret; the message does not say what it was.
         Pass --external-id secret.
      2. likely, caller: The own policies of arn:aws:iam::444455556666:user/alice may not allow sts:AssumeRole on the role.
         Allow it there on arn:aws:iam::111122223333:role/r.
         https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
      3. possible, session: A permissions boundary or a session policy of the caller may not allow the call.
         Look at the boundary of the user or role, and at the policies that its session was started with.
         https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
      4. possible, organization: A service control policy of the caller’s organization, or a resource control policy of the role’s, may deny the call.
         Ask those who administer the organizations.
         https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
      5. possible, caller: There may be no such role: arn:aws:iam::111122223333:role/r; AWS answers the same then.
         Compare the ARN, with the path of the role and the account.
      ",
      }
    `);
  });

  it('prints JSON of a fixed shape', () => {
    const { code, out } = run(['why', '--policy', 'why.json', '--format', 'json'], message);
    expect(code).toBe(0);
    const parsed = JSON.parse(out) as { causes: object[] };
    expect(parsed).toMatchObject({
      version: 1,
      caller: 'arn:aws:iam::444455556666:user/alice',
      action: 'sts:AssumeRole',
      role: 'arn:aws:iam::111122223333:role/r',
      causes: [
        { certainty: 'likely', side: 'caller', start: { line: 0 } },
        { side: 'caller', start: null },
        {},
        {},
        {},
      ],
    });
    expect(Object.keys(parsed.causes[0] ?? {})).toEqual([
      'certainty',
      'side',
      'text',
      'remedy',
      'url',
      'start',
      'end',
      'fixes',
    ]);
  });

  it('says what is no denial', () => {
    expect(run(['why', '--policy', 'why.json'], 'hello')).toMatchObject({
      code: 2,
      err: expect.stringContaining('This is no denial') as string,
    });
  });
});

describe('diff', () => {
  const role = (principal: string): object => ({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { AWS: principal }, Action: 'sts:AssumeRole' }],
  });
  const template = (roles: Readonly<Record<string, object>>): string =>
    JSON.stringify({
      Resources: Object.fromEntries(
        Object.entries(roles).map(([name, policy]) => [
          name,
          { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: policy } },
        ]),
      ),
    });
  const [user, account] = [role('arn:aws:iam::111122223333:user/a'), role('111122223333')];
  write('diff/user.json', JSON.stringify(user));
  write('diff/account.json', JSON.stringify(account));
  write('diff/before.json', template({ A: user, B: account, C: user }));
  write('diff/after.json', template({ B: account, A: account, D: user }));
  write('diff/none.json', '{}');
  const compare = (...args: readonly string[]): Outcome => run(['diff', ...args]);

  it('says what is let in, with a call that shows it', () => {
    const { code, out } = compare('diff/user.json', 'diff/account.json');
    expect(code).toBe(0);
    expect(out).toBe(`Wider: the new policy lets in all that the old one does, and more.

Let in by the new policy only:
  {"action":"sts:AssumeRole","principal":{"type":"AWS","arn":"arn:aws:iam::111122223333:user/somebody"},"context":{}}
  old: denied, since no statement names the caller
  new: allowed by statement 1
`);
    expect(compare('diff/account.json', 'diff/user.json').out).toContain('Narrower:');
    expect(compare('diff/user.json', 'diff/user.json').out).toBe('Equal: both let in the same callers.\n');
  });

  it('fails on more trust if asked to', () => {
    expect(compare('diff/user.json', 'diff/account.json', '--fail-on', 'wider').code).toBe(1);
    expect(compare('diff/account.json', 'diff/user.json', '--fail-on', 'wider').code).toBe(0);
  });

  it('compares roles by their names', () => {
    const { code, out } = compare('diff/before.json', 'diff/after.json', '--format', 'json');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      relation: 'incomparable',
      policies: [
        { role: 'A', relation: 'wider', lost: null, undecided: { gained: false, lost: false } },
        { role: 'B', relation: 'equal', gained: null },
        { role: 'C', relation: 'narrower' },
        { role: 'D', relation: 'wider' },
      ],
    });
    expect(compare('diff/before.json', 'diff/after.json').out).toContain('All together: incomparable.');
  });

  it.each([
    [['diff/user.json'], 'diff takes two files'],
    [['diff/user.json', 'diff/none.json'], 'There is no trust policy in diff/none.json.'],
    [['diff/user.json', 'diff/missing.json'], 'cannot be read'],
    [['-', '-'], 'Only one of the files'],
    [['diff/user.json', 'diff/user.json', '--fail-on', 'narrower'], 'to fail on: use wider'],
    [['diff/user.json', 'diff/user.json', '--role-account', '1'], 'An account id has 12 digits'],
  ])('refuses %j', (args, message) => {
    const { code, out, err } = compare(...args);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(message);
  });
});

describe('test', () => {
  const tests = `policy: ../policies/ec2-trust-policy.json
allow:
  - ec2.amazonaws.com
deny:
  - name: Lambda & "others"
    caller: lambda.amazonaws.com
`;

  it('runs tests beside their policies, and says what they try', () => {
    write('policies/ec2-trust-policy.json', good);
    write('tests/ec2.trust-tests.yaml', tests);
    write('tests/other.yaml', 'a: b');
    expect(run(['test', 'tests'])).toMatchInlineSnapshot(`
      {
        "code": 0,
        "err": "",
        "out": "../policies/ec2-trust-policy.json
        passed  allow  ec2.amazonaws.com
        passed  deny  Lambda & "others"
        tried: 1 of 1 statements, 0 of 0 conditions

      2 passed, 0 failed.
      ",
      }
    `);
  });

  it('fails where a case fails, and where a file is not understood', () => {
    write('tests-bad/ec2.trust-tests.yaml', tests.replace('- ec2', '- sqs'));
    const { code, out } = run(['test', 'tests-bad/ec2.trust-tests.yaml']);
    expect(code).toBe(1);
    expect(out).toContain('FAILED  allow  sqs.amazonaws.com');
    expect(out).toContain('tests-bad/ec2.trust-tests.yaml:3:5');
    expect(out).toContain('1 passed, 1 failed.');
    write('tests-bad/none.trust-tests.yaml', 'policy: none.json\n');
    const missing = run(['test', 'tests-bad/none.trust-tests.yaml']);
    expect(missing.code).toBe(2);
    expect(missing.out).toContain('"none.json" cannot be read');
  });

  it('prints JUnit and JSON of a fixed shape', () => {
    const { out } = run(['test', '--format', 'junit', 'tests-bad/ec2.trust-tests.yaml']);
    expect(out).toContain('tests="2" failures="1"');
    expect(out).toContain('name="deny: Lambda &amp; &quot;others&quot;"/>');
    expect(out).toContain('<failure message="Expected allow.');
    const parsed = JSON.parse(run(['test', '--format', 'json', 'tests']).out) as object;
    expect(parsed).toMatchObject({
      version: 1,
      files: [
        {
          file: path.join('tests', 'ec2.trust-tests.yaml'),
          problems: [],
          suites: [
            {
              policy: '../policies/ec2-trust-policy.json',
              role: null,
              cases: [
                { name: 'ec2.amazonaws.com', expect: 'allow', passed: true, start: { line: 2 } },
                { passed: true },
              ],
              coverage: {
                statements: { total: 1, tried: 1 },
                conditions: { total: 0, tried: 0 },
                untried: [],
              },
            },
          ],
        },
      ],
    });
  });
});

describe('misuse', () => {
  mkdirSync(path.join(folder, 'empty'));

  it.each<[readonly string[], string]>([
    [['chek'], 'There is no command "chek".'],
    [['check'], 'check needs files'],
    [['check', '**/*.none'], 'There is no file that matches "**/*.none".'],
    [['check', 'empty'], 'There is no file to check in "empty".'],
    [['check', 'missing.json'], 'There is no file or folder "missing.json".'],
    [['check', '--format', 'xml', 'bad.json'], 'There is no format "xml"'],
    [['check', '--verbose', 'bad.json'], "Unknown option '--verbose'"],
    [['check', '--severity', 'no-such-rule=off', 'bad.json'], 'There is no rule "no-such-rule"'],
    [['check', '--severity', 'invalid-effect=loud', 'bad.json'], 'There is no level "loud"'],
    [['check', '--trusted-account', '12', 'bad.json'], 'An account id has 12 digits: "12".'],
    [['check', '--fix', '-'], '--fix cannot write to standard input.'],
    [['explain-rule', 'no-such-rule'], 'There is no rule "no-such-rule"'],
    [['explain'], 'explain needs files'],
    [['explain', '--format', 'xml', 'bad.json'], 'There is no format "xml": use text, md or json.'],
    [['simulate'], 'simulate needs --policy, --role-account and --request, or --batch.'],
    [['simulate', '--batch', 'x', '--policy', 'y'], 'give no other options with it'],
    [
      ['simulate', '--policy', '-', '--request', '-', '--role-account', '1'],
      'cannot both come from standard input',
    ],
    [
      ['simulate', '--policy', 'a', '--request', 'b', '--role-account', '1', '--expect', 'maybe'],
      'There is no decision "maybe"',
    ],
    [['why'], 'why needs --policy FILE'],
    [['test'], 'test needs files or folders'],
    [['test', '--format', 'tap', 'tests'], 'There is no format "tap": use text, junit or json.'],
    [['test', 'empty'], 'There is no file to check in "empty".'],
    [['explain-rule'], 'explain-rule takes the id of one rule.'],
  ])('%j', (args, message) => {
    const { code, out, err } = run(args);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(message);
  });
});

describe('the data', () => {
  it('is told with counts, sources and age', () => {
    const { data } = JSON.parse(run(['data', '--format', 'json']).out) as {
      data: { name: string; count: number; age: number; source: string; url: string; retrieved: string }[];
    };
    expect(data.map(({ name }) => name)).toContain('service principals');
    for (const { count, age, source, url, retrieved } of data) {
      expect(count).toBeGreaterThan(0);
      expect(age).toBeGreaterThanOrEqual(0);
      expect(source).not.toBe('');
      expect(url).toMatch(/^https:/);
      expect(retrieved).toMatch(/^\d{4}-\d{2}-\d{2}$/);
    }
    expect(run(['data']).out).toMatch(/service principals: \d{3}/);
    expect(run(['data', 'x']).code).toBe(2);
  });
});

describe('templates', () => {
  it('are listed for people and for programs', () => {
    const { templates } = JSON.parse(run(['template', '--list', '--format', 'json']).out) as {
      templates: Readonly<Record<string, string>>[];
    };
    expect(templates.length).toBeGreaterThanOrEqual(40);
    for (const template of templates)
      expect(Object.keys(template)).toEqual(['name', 'family', 'title', 'description']);
    expect(run(['template', '--list']).out).toContain(`${String(templates.length)} templates.`);
  });

  it('are printed for a host, with places filled in', () => {
    const args = ['template', 'github-branch', '--host', 'cloudformation-yaml', '--set', 'owner=acme'];
    const { code, out } = run(args);
    expect(code).toBe(0);
    expect(out).toContain('Type: AWS::IAM::Role');
    expect(out).toContain('token.actions.githubusercontent.com:sub: repo:acme/octo-repo:ref:refs/heads/main');
    write('github-role.yaml', out);
    expect(run(['check', 'github-role.yaml'])).toMatchObject({ code: 0, err: '' });
    expect(JSON.parse(run(['template', 'ec2']).out)).toHaveProperty('Statement');
  });

  it.each([
    [['template', 'githb-branch'], 'There is no template "githb-branch". Did you mean "github-branch"?'],
    [['template', 'ec2', '--host', 'terraform'], 'Did you mean "terraform-jsonencode"?'],
    [['template', 'github-branch', '--set', 'acount=1'], 'Did you mean "account"?'],
    [['template', 'ec2', '--set', 'account=1'], 'It has none to fill in.'],
    [['template', 'github-branch', '--set', 'account'], '--set takes NAME=VALUE'],
    [['template'], 'template takes the name of one template, or --list.'],
    [['template', '--list', 'ec2'], 'template takes the name of one template, or --list.'],
    [['template', '--list', '--host', 'json'], '--host and --set are for one template'],
    [['template', 'ec2', '--format', 'json'], '--format is for --list'],
  ])('%j is misuse', (args, message) => {
    const { code, out, err } = run(args);
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(err).toContain(message);
  });
});

describe('the rules', () => {
  it('are listed', () => {
    const { rules } = JSON.parse(run(['rules', '--format', 'json']).out) as {
      rules: { id: string; fixable: boolean }[];
    };
    expect(rules.map(({ id }) => id)).toEqual([...ruleIds].sort());
    expect(rules.filter(({ fixable }) => fixable).length).toBeGreaterThan(20);
    expect(run(['rules']).out).toContain(`${String(rules.length)} rules.`);
  });

  it('are explained', () => {
    expect(run(['explain-rule', 'invalid-effect']).out).toContain('# invalid-effect');
  });
});

it('has help and a version', () => {
  expect(run(['--help']).out).toContain('Usage: trust-policy COMMAND');
  expect(run(['check', '--help']).out).toContain('Usage: trust-policy COMMAND');
  expect(run([]).code).toBe(0);
  expect(run(['--version']).out.trim()).toMatch(/^\d+\.\d+\.\d+$/);
});
