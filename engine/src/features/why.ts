/** Why a call was denied: the causes that this trust policy and the message leave, the most certain first. */
import { evaluate, type Evaluation } from '../evaluate/evaluate.ts';
import type { Refusal, WrittenCaller } from '../evaluate/caller.ts';
import { type AssumeRequest, readRequest, type WrittenRequest } from '../evaluate/request.ts';
import { parseArn } from '../policy/arn.ts';
import { actionFor } from '../policy/fit.ts';
import type { Policy, Principal, Statement } from '../policy/policy.ts';
import { readPolicy } from '../policy/read.ts';
import { covers, type Span } from '../text/span.ts';
import type { Finding } from './analyze.ts';
import type { Region } from './document.ts';
import { callerGroups, groupsInWords } from './explain/groups.ts';
import { asMarkdown, asText, type Phrase, verbatim } from './explain/phrase.ts';
import { link, paragraphs, prose } from './markdown.ts';
import { contextFor } from './request/suggest.ts';
import { roleAccountIn } from './role-account.ts';
import { type Denial, readDenial } from './why/denial.ts';
import { elsewhere } from './why/elsewhere.ts';
import { nearMisses } from './why/near-misses.ts';
import { testCauses } from './why/test-causes.ts';

/** How sure a cause is, and whose matter. */
export interface Cause {
  readonly certainty: 'certain' | 'likely' | 'possible';
  readonly side: 'trust' | 'caller' | 'session' | 'provider' | 'organization';
  readonly what: Phrase;
  readonly remedy: Phrase;
  readonly url?: string;
  /** The place in the policy that it is about. */
  readonly span?: Span;
}

/** A cause with the fixes that the rules offer for its statement. */
export interface RankedCause extends Cause {
  readonly fixes: readonly string[];
}

/** What was read of the message, and what it may come from. */
export interface Why {
  readonly denial: Denial;
  readonly causes: readonly RankedCause[];
}

const certainties: readonly Cause['certainty'][] = ['certain', 'likely', 'possible'];

/** Ranks the causes of a denial; `findings` are those of the document. */
export function whyDenied(region: Region, text: string, findings: readonly Finding[]): Why | Refusal {
  const denial = readDenial(text);
  if (denial === undefined)
    return {
      problem:
        'This is no denial: paste a message such as "… is not authorized to perform: sts:AssumeRole on resource: …", another error of AWS STS, or a CloudTrail event.',
    };
  const policy = readPolicy(region.node);
  const causes = [
    ...knownCauses(denial),
    ...(denial.action === undefined ? [] : policyCauses(region, policy, denial)),
  ];
  const ranked = certainties.flatMap((certainty) => causes.filter((cause) => cause.certainty === certainty));
  return {
    denial,
    causes: ranked.map((cause) => ({ ...cause, fixes: fixesFor(cause, policy, region, findings) })),
  };
}

const knownCauses = ({ known }: Denial): readonly Cause[] =>
  known.map(({ cause, remedy, side, url }) => ({
    certainty: 'certain',
    side,
    what: [cause],
    remedy: [remedy],
    url,
  }));

/** The titles of fixes of findings about the same place: those of other parts of the statement would not help. */
function fixesFor(
  { span, side }: Cause,
  { statements }: Policy,
  region: Region,
  findings: readonly Finding[],
): readonly string[] {
  const statement = span && statements.find(({ node }) => covers(node.span, span));
  // What the caller has to do differently is no fault of the policy.
  if (span === undefined || statement === undefined || (side !== 'trust' && side !== 'provider')) return [];
  const place = statement.tests.find(({ member }) => member.key.span === span)?.member.span ?? span;
  const own = findings.filter(
    (each) =>
      each.region.node.span.start === region.node.span.start &&
      (covers(place, each.span) || covers(each.span, place)),
  );
  return [...new Set(own.flatMap(({ fixes }) => fixes.map(({ title }) => title)))].slice(0, 5);
}

function policyCauses(region: Region, policy: Policy, denial: Denial): readonly Cause[] {
  const { refusedBy } = denial;
  const calls = callsOf(region, policy, denial);
  const trust = uniqueCauses(calls.flatMap((call) => trustCauses(policy, call, denial)));
  const others = elsewhere(denial, calls[0]?.request, policy);
  // The message says that it was another policy.
  if (refusedBy && refusedBy.policy !== 'resource-based policy') return others;
  return [...trust, ...others];
}

interface Call {
  readonly request: AssumeRequest;
  /** Whether the context of the call is known, if only in part. */
  readonly isRecorded: boolean;
}

/** The calls that a message may be about: without a caller, one for each provider that the policy names. */
function callsOf(region: Region, policy: Policy, denial: Denial): readonly Call[] {
  const roleAccount =
    (denial.role === undefined ? undefined : parseArn(denial.role)?.account) ?? roleAccountIn(region, policy);
  const written: readonly WrittenRequest[] = denial.request
    ? [denial.request]
    : callersOf(policy, denial).map((principal) => ({
        action: denial.action ?? 'sts:AssumeRole',
        principal,
      }));
  return written.flatMap((each) => {
    const request = readRequest(each, roleAccount);
    return 'problem' in request ? [] : [{ request, isRecorded: denial.request !== undefined }];
  });
}

function callersOf({ statements }: Policy, { caller, action }: Denial): readonly WrittenCaller[] {
  if (caller !== undefined) return [{ type: 'AWS', arn: caller }];
  const isOfAction = (principal: Principal): boolean =>
    actionFor(principal) === action && principal.kind !== 'account';
  const providers = statements.flatMap(({ principals }) => principals.filter(isOfAction));
  return providers
    .filter(({ type }) => type === 'Federated')
    .map(({ text }) => ({ type: 'Federated', value: text }));
}

/** What of the policy keeps a call out, or may. */
function trustCauses(policy: Policy, call: Call, denial: Denial): readonly Cause[] {
  const { request, isRecorded } = call;
  const evaluation = evaluate(policy, request);
  const named = policy.statements.filter((statement) => isNamed(statement, evaluation));
  const denying = named
    .filter(({ effect }) => effect === 'Deny')
    .flatMap((statement) => denyCauses(statement, evaluation));
  const allowing = named.filter(({ effect }) => effect === 'Allow');
  if (allowing.length === 0) return [...denying, unnamed(policy, request, denial)];
  const met = allowing.map((statement) => statementCauses(statement, evaluation, call));
  // A statement that lets the call through leaves no cause in the others.
  const isLetIn =
    evaluation.decision === 'allowed' || (!isRecorded && met.some((causes) => causes.length === 0));
  return [...denying, ...(isLetIn ? [] : met.flat())];
}

function isNamed(statement: Statement, { trace }: Evaluation): boolean {
  return trace.some(
    (step) =>
      step.statement === statement.index && step.element === 'principal' && step.outcome !== 'no-match',
  );
}

function unnamed(policy: Policy, { caller }: AssumeRequest, { caller: arn }: Denial): Cause {
  const who = arn ?? caller.principal.text;
  const trusted = groupsInWords(callerGroups(policy));
  return {
    certainty: 'certain',
    side: 'trust',
    what: [
      'No statement of the trust policy names ',
      verbatim(who),
      `; it lets in: ${trusted}.`,
      ...nearMisses(policy, caller),
    ],
    remedy: ['Name the caller, its role or its account under Principal, or call as somebody who is named.'],
    span: policy.node.span,
    url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html',
  };
}

function denyCauses(statement: Statement, { trace }: Evaluation): readonly Cause[] {
  const steps = trace.filter((step) => step.statement === statement.index);
  if (steps.some(({ element, outcome }) => element === 'action' && outcome === 'no-match')) return [];
  const missed = steps.some(({ element, outcome }) => element === 'condition' && outcome === 'no-match');
  const isSure = statement.tests.length === 0 && !statement.open.tests;
  if (missed && !isSure && steps.every(({ outcome }) => outcome !== 'depends'))
    return possibleDeny(statement);
  return [
    {
      certainty: isSure ? 'certain' : 'likely',
      side: 'trust',
      what: [
        isSure
          ? `Statement ${statement.index + 1} keeps the caller out, whatever other statements allow.`
          : `Statement ${statement.index + 1} keeps the caller out if its conditions hold, and nothing that is known of the call speaks against that.`,
      ],
      remedy: ['Exempt the caller from the Deny, by a narrower Principal or another condition.'],
      span: statement.node.span,
    },
  ];
}

/** A Deny whose conditions a message does not tell. */
const possibleDeny = (statement: Statement): readonly Cause[] => [
  {
    certainty: 'possible',
    side: 'trust',
    what: [
      `Statement ${statement.index + 1} keeps the caller out if its conditions hold; the message does not say whether they do.`,
    ],
    remedy: ['Compare the conditions with the call.'],
    span: statement.node.span,
  },
];

function statementCauses(
  statement: Statement,
  evaluation: Evaluation,
  { request, isRecorded }: Call,
): readonly Cause[] {
  const steps = evaluation.trace.filter((step) => step.statement === statement.index);
  const action = steps.find(({ element, outcome }) => element === 'action' && outcome === 'no-match');
  if (action) {
    const what: Phrase = [
      `Statement ${statement.index + 1} names the caller, but does not allow `,
      verbatim(request.actions.join(' and ')),
      '.',
    ];
    return [
      {
        certainty: 'certain',
        side: 'trust',
        what,
        remedy: ['Add the action to the statement.'],
        span: action.span,
      },
    ];
  }
  const failed = new Set(steps.filter(({ outcome }) => outcome === 'no-match').map(({ span }) => span));
  const wanted = contextFor(statement);
  return statement.tests
    .filter((test) => failed.has(test.member.key.span))
    .flatMap((test) => testCauses(test, request, isRecorded, wanted[test.key]));
}

/** Causes that are the same in words are one. */
function uniqueCauses(causes: readonly Cause[]): readonly Cause[] {
  const byWords = new Map(causes.map((cause) => [asText(cause.what), cause] as const));
  return [...byWords.values()];
}

const sides: Readonly<Record<Cause['side'], string>> = {
  trust: 'trust policy',
  caller: 'caller',
  session: 'session',
  provider: 'identity provider',
  organization: 'organization',
};

/** The causes as plain text, numbered. */
export const whyText = ({ denial, causes }: Why): string =>
  [
    `Caller: ${denial.caller ?? 'not in the message'}`,
    `Action: ${denial.action ?? 'not in the message'}`,
    `Role: ${denial.role ?? 'not in the message'}`,
    '',
    ...causes.flatMap((cause, index) => [
      `${index + 1}. ${cause.certainty}, ${sides[cause.side]}: ${asText(cause.what)}`,
      `   ${asText(cause.remedy)}`,
      ...(cause.fixes.length > 0 ? [`   Fixes: ${cause.fixes.join('; ')}`] : []),
      ...(cause.url === undefined ? [] : [`   ${cause.url}`]),
    ]),
  ].join('\n');

/** The causes as Markdown, in which nothing of policy or message is more than code. */
export function whyMarkdown({ denial, causes }: Why): string {
  const said = [
    ['Caller', denial.caller],
    ['Action', denial.action],
    ['Role', denial.role],
  ].flatMap(([name, value]) =>
    name === undefined || value === undefined ? [] : [`- ${name}: ${asMarkdown([verbatim(value)])}`],
  );
  const items = causes.map((cause, index) => {
    const more = [
      asMarkdown(cause.remedy),
      cause.fixes.length > 0 ? `Fixes at the light bulb: ${prose(cause.fixes.join('; '))}.` : '',
      cause.url === undefined ? '' : link('Documentation', cause.url),
    ].filter((part) => part !== '');
    return `${index + 1}. **${cause.certainty}**, ${sides[cause.side]}: ${asMarkdown(cause.what)} ${more.join(' ')}`;
  });
  return paragraphs('**Why was this denied?**', said.join('\n'), items.join('\n'));
}
