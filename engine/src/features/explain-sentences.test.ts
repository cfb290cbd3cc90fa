/**
 * Sentences hold word for word: a reader that knows nothing but English reads them back, and the evaluator must let in
 * just those calls of which the sentence says so.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluate } from '../evaluate/evaluate.ts';
import { type AssumeRequest, readRequest } from '../evaluate/request.ts';
import { readDocument } from '../index.ts';
import { presenceOf } from '../policy/presence.ts';
import { readPolicy } from '../policy/read.ts';
import type { Policy } from '../policy/policy.ts';
import type { JsonValue } from '../tree/walk.ts';
import { explainRegion, plainText } from './explain.ts';

const account = '111122223333';
const arn = (resource: string, service = 'iam'): string => `arn:aws:${service}::${account}:${resource}`;
const session = arn('assumed-role/deploy/s', 'sts');

/** A principal, how sentences name it, and which callers it stands for. */
interface Named {
  readonly type: 'AWS' | 'Service' | 'Federated';
  readonly text: string;
  /** Where it is let in, where it is kept out or excepted from all, and where it alone is spared. */
  readonly phrases: readonly [allowed: string, named: string, spared: string, alone: string];
  readonly callers: readonly string[];
  readonly itself?: string;
}

const same = (phrase: string): Named['phrases'] => [phrase, phrase, phrase, phrase];
const all = `any principal of account ${account}`;
const named: readonly Named[] = [
  {
    type: 'AWS',
    text: account,
    phrases: [
      `${all} that its own policies allow`,
      all,
      `the principals of account ${account}`,
      `account ${account}`,
    ],
    callers: ['alice', 'bob', 'session', 'other session', 'root'],
    itself: 'root',
  },
  {
    type: 'AWS',
    text: arn('user/alice'),
    phrases: same(`the IAM user alice of account ${account}`),
    callers: ['alice'],
    itself: 'alice',
  },
  {
    type: 'AWS',
    text: arn('role/deploy'),
    phrases: same(`the role deploy of account ${account}`),
    callers: ['session', 'other session'],
  },
  {
    type: 'AWS',
    text: session,
    phrases: same(`the session s of the role deploy of account ${account}`),
    callers: ['session'],
    itself: 'session',
  },
  {
    type: 'AWS',
    text: '*',
    phrases: same('any principal of any AWS account'),
    callers: ['alice', 'bob', 'session', 'other session', 'root', 'stranger'],
  },
  {
    type: 'Service',
    text: 'ec2.amazonaws.com',
    phrases: same('the service Amazon EC2 (ec2.amazonaws.com)'),
    callers: ['service'],
    itself: 'service',
  },
  {
    type: 'Federated',
    text: arn('saml-provider/okta'),
    phrases: same(`any user whom the SAML provider okta of account ${account} signs in`),
    callers: ['saml'],
    itself: 'saml',
  },
  {
    type: 'Federated',
    text: arn('oidc-provider/example.com'),
    phrases: same('anyone with a token of example.com'),
    callers: ['oidc'],
    itself: 'oidc',
  },
];

const callers = {
  alice: { type: 'AWS', arn: arn('user/alice') },
  bob: { type: 'AWS', arn: arn('user/team/bob') },
  root: { type: 'AWS', arn: arn('root') },
  session: { type: 'AWS', arn: session, issuer: arn('role/deploy') },
  'other session': { type: 'AWS', arn: arn('assumed-role/deploy/t', 'sts'), issuer: arn('role/deploy') },
  stranger: { type: 'AWS', arn: 'arn:aws:iam::444455556666:user/eve' },
  service: { type: 'Service', value: 'ec2.amazonaws.com' },
  saml: { type: 'Federated', value: arn('saml-provider/okta') },
  oidc: { type: 'Federated', value: arn('oidc-provider/example.com') },
} as const;
type CallerName = keyof typeof callers;
const callerNames = Object.keys(callers).filter((name): name is CallerName => Object.hasOwn(callers, name));
const federatedWays = new Map<CallerName, string>([
  ['saml', 'sts:AssumeRoleWithSAML'],
  ['oidc', 'sts:AssumeRoleWithWebIdentity'],
]);
const wayOf = (name: CallerName): string => federatedWays.get(name) ?? 'sts:AssumeRole';

/** A condition key, the words for it, and values that policies and requests have. */
interface Key {
  readonly key: string;
  readonly subject: string;
  readonly each?: string;
  readonly operators: readonly string[];
  readonly values: readonly string[];
  readonly given: readonly string[];
}

const texts = [
  'StringEquals',
  'StringNotEquals',
  'StringLike',
  'StringNotLike',
  'StringEqualsIgnoreCase',
  'StringNotEqualsIgnoreCase',
];
const numbers = ['Equals', 'NotEquals', 'LessThan', 'LessThanEquals', 'GreaterThan', 'GreaterThanEquals'];
const dates = ['2026-01-01T00:00:00Z', '2026-06-01T00:00:00Z', '2027-01-01T00:00:00Z'];
const addresses = ['192.0.2.7', '10.1.2.3', '203.0.113.9'];
const keys: readonly Key[] = [
  {
    key: 'sts:ExternalId',
    subject: 'the external ID of the call',
    operators: texts,
    values: ['a', 'a*', '?', '*b', 'b', '*', 'A'],
    given: ['a', 'ab', 'b', 'A'],
  },
  {
    key: 'aws:PrincipalTag/x',
    subject: 'its tag x',
    operators: texts,
    values: ['a', 'a*', 'b', '${aws:username}'],
    given: ['a', 'ab', 'alice'],
  },
  {
    key: 'aws:TagKeys',
    subject: 'the key of the session tag',
    each: 'session tag key',
    operators: texts,
    values: ['a', 'a*', '*b', 'b', '*'],
    given: ['a', 'ab', 'b'],
  },
  {
    key: 'aws:SourceIp',
    subject: 'the address of the call',
    operators: ['IpAddress', 'NotIpAddress'],
    values: ['192.0.2.0/24', '10.0.0.0/8', '203.0.113.9'],
    given: addresses,
  },
  {
    key: 'aws:MultiFactorAuthAge',
    subject: 'the age in seconds of its sign-in with MFA',
    operators: numbers.map((name) => `Numeric${name}`),
    values: ['10', '300'],
    given: ['9', '10', '11', '300'],
  },
  {
    key: 'aws:CurrentTime',
    subject: 'the time of the call',
    operators: numbers.map((name) => `Date${name}`),
    values: dates,
    given: dates,
  },
  {
    key: 'aws:MultiFactorAuthPresent',
    subject: 'aws:MultiFactorAuthPresent',
    operators: ['Bool'],
    values: ['true', 'false'],
    given: ['true', 'false'],
  },
  {
    key: 'aws:PrincipalArn',
    subject: 'the ARN of its role or user',
    operators: ['ArnEquals', 'ArnLike', 'ArnNotEquals', 'ArnNotLike'],
    values: [arn('role/deploy'), arn('user/*'), 'arn:aws:iam::*:user/eve'],
    given: [],
  },
];

const condition = fc.constantFrom(...keys).chain(({ key, operators, values }) =>
  fc.record({
    key: fc.constant(key),
    operator: fc.oneof(
      { arbitrary: fc.constantFrom(...operators), weight: 6 },
      { arbitrary: fc.constant('Null'), weight: 1 },
    ),
    set:
      key === 'aws:TagKeys'
        ? fc.constantFrom('ForAllValues:', 'ForAnyValue:')
        : fc.constantFrom('', '', '', 'ForAllValues:', 'ForAnyValue:'),
    ifExists: fc.constantFrom('', '', 'IfExists'),
    values: fc.uniqueArray(fc.constantFrom(...values), { minLength: 0, maxLength: 3 }),
    isNull: fc.boolean(),
  }),
);
const statement = fc.record({
  effect: fc.constantFrom('Allow', 'Deny'),
  principals: fc.uniqueArray(fc.constantFrom(...named), { minLength: 1, maxLength: 3 }),
  excludes: fc.boolean(),
  actions: fc.uniqueArray(
    fc.constantFrom(
      'sts:AssumeRole',
      'sts:AssumeRoleWithSAML',
      'sts:AssumeRoleWithWebIdentity',
      'sts:TagSession',
      'sts:SetSourceIdentity',
      'sts:*',
      'sts:AssumeRole*',
    ),
    { minLength: 1, maxLength: 3 },
  ),
  notAction: fc.constantFrom(false, false, false, true),
  conditions: fc.array(condition, { maxLength: 3 }),
});
type Written = typeof statement extends fc.Arbitrary<infer Item> ? Item : never;

function jsonOf({ effect, principals, excludes, actions, notAction, conditions }: Written): JsonValue {
  const byType: Record<string, string[]> = {};
  for (const { type, text } of principals) (byType[type] ??= []).push(text);
  const block: Record<string, Record<string, JsonValue>> = {};
  for (const { operator, set, ifExists, key, values, isNull } of conditions) {
    const name = operator === 'Null' ? 'Null' : `${set}${operator}${ifExists}`;
    (block[name] ??= {})[key] = operator === 'Null' ? String(isNull) : [...values];
  }
  return {
    Effect: effect,
    [excludes ? 'NotPrincipal' : 'Principal']: byType,
    [notAction ? 'NotAction' : 'Action']: [...actions],
    ...(conditions.length > 0 && { Condition: block }),
  };
}

interface Call {
  readonly name: CallerName;
  readonly actions: readonly string[];
  readonly request: AssumeRequest;
}

const contexts = fc.record(
  Object.fromEntries(
    keys
      .filter(({ given }) => given.length > 0)
      .map(({ key, given }) => [
        key,
        fc.uniqueArray(fc.constantFrom(...given), { minLength: 1, maxLength: key === 'aws:TagKeys' ? 2 : 1 }),
      ]),
  ),
  { requiredKeys: [] },
);

/** A call that can occur: callers send no keys that such callers never send. */
function callOf(
  name: CallerName,
  more: readonly string[],
  context: Readonly<Record<string, readonly string[] | undefined>>,
): Call {
  const actions = [wayOf(name), ...more];
  const principal = callers[name];
  const bare = readRequest({ action: actions, principal }, account);
  if ('problem' in bare) throw new Error(bare.problem);
  const possible = Object.entries(context).filter(([key]) => presenceOf(key, bare.caller.principal) !== 'no');
  const request = readRequest({ action: actions, principal, context: Object.fromEntries(possible) }, account);
  if ('problem' in request) throw new Error(request.problem);
  return { name, actions, request };
}

// The reader. It throws where it does not understand, so that no phrase goes unread.

type Says = (call: Call) => boolean;

/** Takes a list of known phrases apart: `A, B or C`. */
function listIn(text: string, phrases: ReadonlyMap<string, Named>): readonly Named[] {
  const found: Named[] = [];
  let rest = text;
  while (rest !== '') {
    const [phrase, meant] =
      [...phrases].sort(([a], [b]) => b.length - a.length).find(([each]) => rest.startsWith(each)) ?? [];
    if (phrase === undefined || meant === undefined) throw new Error(`Who is this: ${rest}`);
    found.push(meant);
    rest = rest.slice(phrase.length).replace(/^(?:, | or | and )/, '');
  }
  return found;
}

function readWho(text: string, isDeny: boolean): Says {
  const but =
    /^everybody but (.*?)(?: \(an account or a role that is named spares neither its users nor its sessions\))?$/.exec(
      text,
    );
  const place = but ? (isDeny ? 3 : 2) : isDeny ? 1 : 0;
  const phrases = new Map(named.map((each) => [each.phrases[place], each]));
  const list = listIn(but?.[1] ?? text, phrases);
  if (!but) return ({ name }) => list.some((each) => each.callers.includes(name));
  if (isDeny)
    return ({ name }) =>
      !list.some((each) => (each.text === '*' ? each.callers.includes(name) : each.itself === name));
  return ({ name }) => !list.some((each) => each.callers.includes(name));
}

const number = (text: string): number => Number(text.replaceAll(/[^0-9.]/g, ''));
const bounds: readonly (readonly [words: string, holds: (given: number, limit: number) => boolean])[] = [
  ['more than ', (given, limit) => given > limit],
  ['at least ', (given, limit) => given >= limit],
  ['less than ', (given, limit) => given < limit],
  ['at most ', (given, limit) => given <= limit],
  ['at or after ', (given, limit) => given >= limit],
  ['at or before ', (given, limit) => given <= limit],
  ['after ', (given, limit) => given > limit],
  ['before ', (given, limit) => given < limit],
];
const like = (pattern: string, text: string): boolean =>
  new RegExp(
    `^${pattern
      .replaceAll(/[.+^$()|[\]\\]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.')}$`,
  ).test(text);

/** One value as sentences show it: `a`, `like a*`, `anything`, `a in upper or lower case`, `what the request carries as k`. */
function readValue(words: string, inside: boolean): (given: string, call: Call) => boolean {
  if (words === 'anything') return () => true;
  const carried = /^what the request carries as (\S+)$/.exec(words);
  if (carried)
    return (given, { request }) => request.context.get(carried[1]?.toLowerCase() ?? '')?.join() === given;
  const [, isLike, text = '', anyCase] = /^(like )?(\S+)( in upper or lower case)?$/.exec(words) ?? [];
  if (text === '') throw new Error(`What is this value: ${words}`);
  if (inside) {
    const parts = Math.floor(Number(text.split('/')[1] ?? '32') / 8);
    const prefix = (address: string): string =>
      address.split('/')[0]?.split('.').slice(0, parts).join('.') ?? '';
    return (given) => prefix(given) === prefix(text);
  }
  if (isLike !== undefined) return (given) => like(text, given);
  return (given) => (anyCase === undefined ? given === text : given.toLowerCase() === text.toLowerCase());
}

const listed = (text: string): readonly string[] =>
  text.split(/, or is |, | or (?!lower case)| nor /).map((each) => each.replace(/^is /, ''));

/** What is said of a value behind its subject. */
function readVerb(words: string): (given: string, call: Call) => boolean {
  if (words === 'is one of an empty list (nothing is)') return () => false;
  if (words === 'is anything') return () => true;
  const [, negation = '', inside, rest = ''] =
    /^is (not |none of |neither )?(in )?(?:none of |neither )?(.*)$/.exec(words) ?? [];
  const isNegated = negation !== '' || /^is in (?:none of|neither) /.test(words);
  const bound = bounds.find(([start]) => rest.startsWith(start));
  if (bound) {
    const limits = listed(rest.slice(bound[0].length)).map(number);
    return (given) => limits.some((limit) => bound[1](number(given), limit));
  }
  const values = listed(rest).map((each) => readValue(each.replace(/^in /, ''), inside !== undefined));
  return (given, call) => values.some((value) => value(given, call)) !== isNegated;
}

const facts: Readonly<Record<string, readonly [key: string, value: string]>> = {
  'it signed in with MFA': ['aws:multifactorauthpresent', 'true'],
  'it signed in without MFA': ['aws:multifactorauthpresent', 'false'],
};

function readCondition(text: string): Says {
  const silent = /, or the request (?:does not say|has none)$/;
  const ifAbsent = silent.test(text);
  const words = text.replace(silent, '');
  const presence = /^the request (carries|does not carry) (\S+)$/.exec(words);
  if (presence)
    return ({ request }) =>
      request.context.has(presence[2]?.toLowerCase() ?? '') === (presence[1] === 'carries');
  const fact = facts[words];
  if (fact)
    return ({ request }) => {
      const given = request.context.get(fact[0]);
      return given === undefined ? ifAbsent : given.every((value) => value === fact[1]);
    };
  const set = /^(every|at least one) /.exec(words)?.[1];
  const body = set === undefined ? words : words.slice(set.length + 1);
  const wordsFor = ({ subject, each }: Key): string =>
    set === undefined ? subject : (each ?? `value of ${subject}`);
  const key = keys.find((each) => body.startsWith(`${wordsFor(each)} is `));
  if (key === undefined) throw new Error(`What is this condition: ${text}`);
  const verb = readVerb(body.slice(wordsFor(key).length + 1));
  return (call) => {
    const given = call.request.context.get(key.key.toLowerCase());
    if (given === undefined) return ifAbsent;
    return set === 'at least one'
      ? given.some((value) => verb(value, call))
      : given.every((value) => verb(value, call));
  };
}

const every =
  (says: readonly Says[]): Says =>
  (call) =>
    says.every((each) => each(call));

/** The conditions: one, two that an "and" joins, or a list with numbers. */
function readConditions(text: string): Says {
  const numbered = /^all of this holds: (.*)$/.exec(text);
  if (numbered)
    return every(
      (numbered[1] ?? '')
        .split(/(?:; )?\(\d\) /)
        .filter((each) => each !== '')
        .map(readCondition),
    );
  return every(text.split(new RegExp(`(?:, | and )(?=${starts.join('|')})`)).map(readCondition));
}

/** What a condition begins with. */
const starts = [
  ...keys.map(({ subject }) => `${subject} is`),
  ...Object.keys(facts),
  'the request ',
  'every ',
  'at least one ',
];

const companions: Readonly<Record<string, string>> = {
  'sts:TagSession': 'pass session tags',
  'sts:SetSourceIdentity': 'set a source identity',
};

/** What a sentence says of a call. */
function read(sentence: string): Says {
  if (/^Nobody(?: is kept out)?(?: by this alone)?[:;]/.test(sentence)) return () => false;
  const denial = /^Kept out(?: of (?<what>[^,]*))?, whatever other statements allow: (?<rest>.*)\.$/s.exec(
    sentence,
  );
  const whole = denial?.groups?.['rest'] ?? `${sentence.charAt(0).toLowerCase()}${sentence.slice(1, -1)}`;
  const [, main = '', notes = ''] = /^(.*?)((?:; (?!\(\d\)).*)?)$/s.exec(whole) ?? [];
  const [, head = '', conditions] = /^(.*?)(?:(?: – each only if |, if )(.*))?$/s.exec(main) ?? [];
  const [, callersIn = '', by] = /^(.*?)(?:, by (.*))?$/.exec(head) ?? [];
  const who = readWho(callersIn, denial !== null);
  const holds = conditions === undefined ? (): boolean => true : readConditions(conditions);
  const what = denial?.groups?.['what']?.split(' or ') ?? by?.split(' or ');
  return (call) => {
    if (!who(call) || !holds(call)) return false;
    if (denial) return what === undefined || call.actions.some((action) => what.includes(action));
    if (what !== undefined && !what.includes(wayOf(call.name))) return false;
    return call.actions.slice(1).every((action) => notes.includes(companions[action] ?? '?'));
  };
}

const policyOf = (
  ...Statement: readonly JsonValue[]
): { readonly policy: Policy; readonly sentence: string } => {
  const text = JSON.stringify({ Version: '2012-10-17', Statement });
  const [region] = readDocument({ uri: 'file:///trust-policy.json', languageId: 'json', text }).regions;
  if (region === undefined) throw new Error('There is no policy.');
  return {
    policy: readPolicy(region.node),
    sentence: plainText(explainRegion(region).statements.at(-1)?.sentence ?? []),
  };
};

const everybody = { Effect: 'Allow', Principal: '*', Action: '*' };

describe('a sentence', () => {
  it.each(['Allow', 'Deny'] as const)('of an %s says exactly who is let in or kept out', (effect) => {
    let [yes, no] = [0, 0];
    fc.assert(
      fc.property(
        statement,
        fc.array(contexts, { minLength: 4, maxLength: 4 }),
        fc.constantFrom([], [], ['sts:TagSession'], ['sts:SetSourceIdentity']),
        (written, given, more) => {
          const json = jsonOf({ ...written, effect });
          const { policy, sentence } = effect === 'Deny' ? policyOf(everybody, json) : policyOf(json);
          const says = read(sentence);
          for (const [index, context] of given.entries())
            for (const name of callerNames) {
              const call = callOf(name, index % 2 === 0 ? [] : more, context);
              const { decision } = evaluate(policy, call.request);
              const meant = says(call);
              if (meant) yes++;
              else no++;
              const show = `${sentence}\n${JSON.stringify(json)}\n${name} ${call.actions.join()} ${JSON.stringify([...call.request.context])}`;
              expect(decision, show).toBe(meant === (effect === 'Allow') ? 'allowed' : 'denied');
            }
        },
      ),
      { numRuns: 250 },
    );
    expect(Math.min(yes, no)).toBeGreaterThan(200);
  });
});
