/** Unknown parts, notes, places and the laws of evaluation. The tables of verdicts are in test/evaluate. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readDocument } from '../features/document.ts';
import { readPolicy } from '../policy/read.ts';
import { hosts } from '../registry.gen.ts';
import { evaluate, type Evaluation } from './evaluate.ts';
import { readRequest } from './request.ts';

const alice = { type: 'AWS', arn: 'arn:aws:iam::111122223333:user/alice' };
const call = { action: 'sts:AssumeRole', principal: alice };

function put(text: string, request: object, languageId = 'json', roleAccount = '123456789012'): Evaluation {
  const ending = languageId === 'terraform' ? 'tf' : languageId;
  const uri = `file:///trust-policy.${ending}`;
  const [region] = readDocument(hosts, { uri, languageId, text }).regions;
  const asked = readRequest(request, roleAccount);
  if (region === undefined || 'problem' in asked) throw new Error(`Not read: ${text}`);
  return evaluate(readPolicy(region.node), asked);
}

const answer = (policy: unknown, request: object = call): Evaluation => put(JSON.stringify(policy), request);

const statement = (parts: object): object => ({
  Effect: 'Allow',
  Principal: { AWS: '111122223333' },
  Action: 'sts:AssumeRole',
  ...parts,
});
const policy = (...Statement: readonly object[]): object => ({ Version: '2012-10-17', Statement });

const terraform = (body: string): string => `resource "aws_iam_role" "r" {
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = ${body}
  })
}
`;

describe('what is not known', () => {
  const allow = (principal: string, rest = ''): string =>
    terraform(`[{ Effect = "Allow", Principal = ${principal}, Action = "sts:AssumeRole"${rest} }]`);

  it.each([
    ['an account', allow('{ AWS = "arn:aws:iam::${var.a}:root" }'), 'no-principal-match'],
    ['a list of principals', allow('{ AWS = var.callers }'), 'no-principal-match'],
    ['all of Principal', allow('var.principal'), 'no-principal-match'],
    [
      'a value',
      allow('{ AWS = "*" }', ', Condition = { StringEquals = { "sts:ExternalId" = var.id } }'),
      'condition-not-met',
    ],
    [
      'an action',
      terraform('[{ Effect = "Allow", Principal = { AWS = "*" }, Action = var.a }]'),
      'no-action-match',
    ],
    [
      'an effect',
      terraform('[{ Effect = var.e, Principal = { AWS = "*" }, Action = "sts:AssumeRole" }]'),
      'explicit-deny',
    ],
    ['all statements', terraform('var.statements'), 'explicit-deny'],
  ])('%s: the stricter answer, and what it depends on', (_, text, reason) => {
    const result = put(text, { ...call, context: { 'sts:ExternalId': 'x' } }, 'terraform');
    expect(result.decision).toBe('denied');
    expect(result.dependsOn.length).toBeGreaterThan(0);
    for (const { span } of result.dependsOn) expect(text.slice(span.start, span.end)).not.toBe('');
    expect([reason, 'no-principal-match']).toContain(result.reason);
  });

  it.each([
    ['a name that cannot be the caller’s', allow('{ AWS = "arn:aws:iam::${var.a}:user/bob" }')],
    ['another partition', allow('{ AWS = "arn:aws-cn:iam::${var.a}:root" }')],
    ['an unknown service', allow('{ Service = var.service }')],
    [
      'a value whose known part differs',
      allow('{ AWS = "*" }', ', Condition = { StringEquals = { "sts:ExternalId" = "${var.p}-prod" } }'),
    ],
    [
      'a condition beside one that fails',
      allow(
        '{ AWS = "*" }',
        ', Condition = { StringEquals = { "sts:ExternalId" = var.id, "aws:PrincipalTag/a" = "b" } }',
      ),
    ],
  ])('%s decides nothing', (_, text) => {
    const result = put(text, { ...call, context: { 'sts:ExternalId': 'x' } }, 'terraform');
    expect(result).toMatchObject({ decision: 'denied', dependsOn: [] });
  });

  it('keeps what is certain although something is not', () => {
    const sure = '{ Effect = "Allow", Principal = { AWS = "111122223333" }, Action = "sts:AssumeRole" }';
    const unsure = '{ Effect = "Allow", Principal = var.p, Action = "sts:AssumeRole" }';
    const barred = '{ Effect = "Deny", Principal = { AWS = "111122223333" }, Action = "sts:*" }';
    const maybeBarred = '{ Effect = "Deny", Principal = { AWS = var.p }, Action = "sts:*" }';
    expect(put(terraform(`[${unsure}, ${sure}]`), call, 'terraform')).toMatchObject({
      reason: 'allowed',
      statement: 1,
      dependsOn: [],
    });
    expect(put(terraform(`[${unsure}, ${barred}]`), call, 'terraform')).toMatchObject({
      reason: 'explicit-deny',
      statement: 1,
      dependsOn: [],
    });
    const open = put(terraform(`[${sure}, ${maybeBarred}]`), call, 'terraform');
    expect(open).toMatchObject({ reason: 'explicit-deny', statement: 1 });
    expect(open.dependsOn).toHaveLength(1);
  });

  it('takes placeholders for what they stand for', () => {
    const placed = policy(statement({ Principal: { AWS: 'arn:aws:iam::ACCOUNT_ID:root' } }));
    expect(answer(placed).dependsOn).toHaveLength(1);
    const templated = policy(statement({ Principal: { AWS: 'arn:aws:iam::<ACCOUNT>:user/bob' } }));
    expect(answer(templated).dependsOn).toEqual([]);
  });

  it('does not say which session of a role is meant where only the role is given', () => {
    const session = policy(statement({ Principal: { AWS: 'arn:aws:sts::111122223333:assumed-role/w/x' } }));
    const role = { ...call, principal: { type: 'AWS', arn: 'arn:aws:iam::111122223333:role/w' } };
    expect(answer(session, role).dependsOn).toHaveLength(1);
  });

  it('leaves several values without a set operator open', () => {
    const several = policy(statement({ Condition: { StringEquals: { 'aws:TagKeys': 'a' } } }));
    const result = answer(several, { ...call, context: { 'aws:TagKeys': ['a', 'b'] } });
    expect(result).toMatchObject({ decision: 'denied', reason: 'condition-not-met', statement: 0 });
    expect(result.dependsOn[0]?.message).toContain('ForAnyValue or ForAllValues');
  });

  it('leaves variables open while the version is', () => {
    const versioned = (value: string): Evaluation =>
      put(
        `resource "aws_iam_role" "r" { assume_role_policy = jsonencode({ Version = var.v, Statement = [{
          Effect = "Allow", Principal = { AWS = "*" }, Action = "sts:AssumeRole",
          Condition = { StringEquals = { "sts:RoleSessionName" = "${value}" } } }] }) }`,
        { ...call, context: { 'sts:RoleSessionName': 'alice' } },
        'terraform',
      );
    expect(versioned('$${aws:username}').dependsOn).toHaveLength(1);
    expect(versioned('alice')).toMatchObject({ reason: 'allowed', dependsOn: [] });
  });
});

describe('places', () => {
  it('are those of the host', () => {
    const text = `Resources:
  R:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow
            Principal:
              AWS: arn:aws:iam::111122223333:root
            Action: sts:AssumeRole
            Condition:
              Bool:
                aws:MultiFactorAuthPresent: "true"
`;
    const { reason, trace } = put(text, call, 'yaml');
    expect(reason).toBe('condition-not-met');
    expect(
      trace.map(({ element, outcome, span }) => [element, outcome, text.slice(span.start, span.end)]),
    ).toEqual([
      ['principal', 'match', 'arn:aws:iam::111122223333:root'],
      ['action', 'match', 'sts:AssumeRole'],
      ['condition', 'no-match', 'aws:MultiFactorAuthPresent'],
    ]);
  });
});

describe('notes', () => {
  const notesOf = (principal: object, request: object = {}, ...statements: readonly object[]): string =>
    answer(policy(...(statements.length > 0 ? statements : [statement({ Principal: { AWS: '*' } })])), {
      ...call,
      principal,
      ...request,
    }).notes.join('\n');
  const aws = (arn: string, issuer?: string): object => ({ type: 'AWS', arn, ...(issuer && { issuer }) });

  it('say whose permissions are needed besides', () => {
    expect(notesOf(alice)).toContain('its own policies must allow sts:AssumeRole');
    const own = aws('arn:aws:iam::123456789012:user/alice');
    expect(notesOf(own)).toContain('no policy of the caller has to allow the call');
    expect(notesOf(own, {}, statement({ Principal: { AWS: '123456789012' } }))).toContain(
      'trusted as a whole',
    );
    expect(notesOf({ type: 'Service', value: 'ec2.amazonaws.com' })).not.toContain('own policies must');
  });

  it('say what no trust policy shows', () => {
    expect(notesOf(alice)).toContain('Service and resource control policies');
  });

  it.each([
    ['root users', aws('arn:aws:iam::111122223333:root'), {}, 'refuses AssumeRole to root users'],
    ['federated users', aws('arn:aws:sts::111122223333:federated-user/bob'), {}, 'GetFederationToken'],
    ['sessions without role', aws('arn:aws:sts::111122223333:assumed-role/w/x'), {}, 'a role without a path'],
    [
      'calls that do not exist',
      alice,
      { action: 'sts:AssumeRoleWithSAML' },
      'cannot call sts:AssumeRoleWithSAML',
    ],
    ['other actions', alice, { action: 'sts:GetCallerIdentity' }, 'no meaning in a trust policy'],
    ['companions alone', alice, { action: 'sts:TagSession' }, 'come along with'],
    [
      'services and AWS *',
      { type: 'Service', value: 'ec2.amazonaws.com' },
      {},
      'does not say whether "AWS": "*"',
    ],
  ])('speak of %s', (_, principal, request, part) => {
    expect(notesOf(principal, request)).toContain(part);
  });

  it('name the keys that AWS always sends', () => {
    const tested = statement({ Condition: { StringLike: { 'AWS:USERID': 'AIDA*' } } });
    expect(notesOf(alice, {}, tested)).toContain('The request has no aws:userid');
    expect(notesOf(alice, { context: { 'aws:userid': 'AIDA1' } }, tested)).not.toContain('aws:userid');
  });

  it('name providers of other accounts', () => {
    const value = 'arn:aws:iam::111122223333:saml-provider/Corp';
    const request = { action: 'sts:AssumeRoleWithSAML' };
    expect(notesOf({ type: 'Federated', value }, request)).toContain(
      'The provider lies in account 111122223333',
    );
  });
});

describe('laws', () => {
  const callers = [
    '111122223333',
    'arn:aws:iam::111122223333:user/alice',
    'arn:aws:iam::111122223333:user/bob',
    '*',
  ];
  const condition = fc.oneof(
    fc.constant({}),
    fc.record({
      Condition: fc
        .tuple(
          fc.constantFrom(
            'StringEquals',
            'StringNotEquals',
            'StringLikeIfExists',
            'ForAllValues:StringEquals',
          ),
          fc.constantFrom('sts:ExternalId', 'aws:PrincipalTag/a'),
          fc.constantFrom('x', 'y', '*'),
        )
        .map(([operator, key, value]) => ({ [operator]: { [key]: value } })),
    }),
  );
  const anyStatement = fc
    .tuple(
      fc.constantFrom('Allow', 'Deny'),
      fc.uniqueArray(fc.constantFrom(...callers), { minLength: 1, maxLength: 2 }),
      fc.uniqueArray(fc.constantFrom('sts:AssumeRole', 'sts:TagSession', 'sts:*'), { minLength: 1 }),
      condition,
    )
    .map(([Effect, AWS, Action, rest]) => ({ Effect, Principal: { AWS }, Action, ...rest }));
  const anyPolicy = fc.array(anyStatement, { maxLength: 4 });
  const anyRequest = fc.record({
    action: fc.constantFrom<string | readonly string[]>('sts:AssumeRole', [
      'sts:AssumeRole',
      'sts:TagSession',
    ]),
    principal: fc.constant(alice),
    context: fc.dictionary(
      fc.constantFrom('sts:ExternalId', 'aws:PrincipalTag/a'),
      fc.constantFrom('x', 'y'),
    ),
  });
  const isAllowed = (statements: readonly object[], request: object): boolean =>
    answer(policy(...statements), request).decision === 'allowed';
  const runs = { numRuns: 300 };

  it('a Deny never widens', () => {
    fc.assert(
      fc.property(anyPolicy, anyStatement, anyRequest, (statements, added, request) => {
        const denied = [...statements, { ...added, Effect: 'Deny' }];
        expect(isAllowed(denied, request) && !isAllowed(statements, request)).toBe(false);
      }),
      runs,
    );
  });

  it('an Allow never narrows', () => {
    fc.assert(
      fc.property(anyPolicy, anyStatement, anyRequest, (statements, added, request) => {
        const wider = [...statements, { ...added, Effect: 'Allow' }];
        expect(isAllowed(statements, request) && !isAllowed(wider, request)).toBe(false);
      }),
      runs,
    );
  });

  it('a guard never widens', () => {
    fc.assert(
      fc.property(anyPolicy, fc.constantFrom('x', 'y'), anyRequest, (statements, value, request) => {
        const guarded = statements.map((each) =>
          each.Effect === 'Deny'
            ? each
            : {
                ...each,
                Condition: { ...('Condition' in each && each.Condition), NumericEquals: { a: value } },
              },
        );
        expect(isAllowed(guarded, request) && !isAllowed(statements, request)).toBe(false);
      }),
      runs,
    );
  });

  it('the order of statements decides nothing', () => {
    fc.assert(
      fc.property(anyPolicy, anyRequest, (statements, request) => {
        const result = answer(policy(...statements), request);
        const turned = answer(policy(...statements.toReversed()), request);
        expect([turned.decision, turned.reason]).toEqual([result.decision, result.reason]);
      }),
      runs,
    );
  });

  it('the shape of the document decides nothing', () => {
    const reshaped = ({
      Effect,
      Principal,
      Action,
      ...rest
    }: {
      Effect: string;
      Principal: { AWS: string[] };
      Action: string[];
    }): object => ({
      ...rest,
      Action: Action.length === 1 ? Action[0] : Action.toReversed(),
      Principal: { AWS: Principal.AWS.length === 1 ? Principal.AWS[0] : Principal.AWS.toReversed() },
      Effect,
    });
    fc.assert(
      fc.property(anyPolicy, anyRequest, (statements, request) => {
        const result = answer(policy(...statements), request);
        const other = put(
          JSON.stringify({ Statement: statements.map(reshaped), Version: '2012-10-17' }, undefined, 3),
          request,
        );
        expect([other.reason, other.statement]).toEqual([result.reason, result.statement]);
      }),
      runs,
    );
  });

  it('a call of several actions needs each of them', () => {
    fc.assert(
      fc.property(anyPolicy, anyRequest, (statements, request) => {
        const actions = ['sts:AssumeRole', 'sts:TagSession'];
        const each = actions.every((action) => isAllowed(statements, { ...request, action }));
        expect(isAllowed(statements, { ...request, action: actions })).toBe(each);
      }),
      runs,
    );
  });
});
