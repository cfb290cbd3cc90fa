/** Why one condition may have kept a call out, and what to do about it. */
import type { AssumeRequest } from '../../evaluate/request.ts';
import { demandsKey } from '../../policy/demand.ts';
import { claimTest, isGitHub } from '../../policy/oidc.ts';
import { oidcProviderFor } from '../../catalog/catalog.ts';
import { presenceOf, withoutKey } from '../../policy/presence.ts';
import type { Principal, Test } from '../../policy/policy.ts';
import { keyItself, subjectOfKey } from '../explain/key-words.ts';
import { capitalized, listed, type Phrase, verbatim } from '../explain/phrase.ts';
import { speak, spokenOf } from '../explain/unknown.ts';
import type { Cause } from '../why.ts';

/** Keys that every event records when the call has them, so that their absence says something. */
const recorded = [
  'aws:currenttime',
  'aws:multifactorauthpresent',
  'aws:principalaccount',
  'aws:principalarn',
  'aws:requestedregion',
  'aws:sourceidentity',
  'aws:sourceip',
  'aws:tagkeys',
  'aws:useragent',
  'sts:externalid',
  'sts:rolesessionname',
  'sts:sourceidentity',
  'sts:transitivetagkeys',
];

/** The causes in a test that the request, as far as it is known, does not meet. */
export function testCauses(
  test: Test,
  request: AssumeRequest,
  isRecorded: boolean,
  wanted: string | readonly string[] | undefined,
): readonly Cause[] {
  const { principal } = request.caller;
  const span = test.member.key.span;
  if (demandsKey(test) && presenceOf(test.key, principal) === 'no')
    return [{ certainty: 'certain', side: 'trust', span, ...neverSent(test, principal) }];
  const given = request.context.get(test.key.toLowerCase());
  const certainty = certaintyOf(test, given !== undefined, isRecorded);
  const { side, remedy } = remedyFor(test, principal, wanted);
  return [{ certainty, side, what: whatFor(test, given, isRecorded), remedy, span }];
}

function certaintyOf(test: Test, isGiven: boolean, isRecorded: boolean): Cause['certainty'] {
  const name = test.key.toLowerCase();
  if (isGiven || (isRecorded && recorded.includes(name))) return 'certain';
  return isTelling(test) ? 'likely' : 'possible';
}

/** Conditions that callers fail most often. */
const isTelling = (test: Test): boolean =>
  ['sts:externalid', 'aws:multifactorauthpresent', 'aws:multifactorauthage', 'saml:aud'].includes(
    test.key.toLowerCase(),
  ) || ['sub', 'aud'].includes(claimTest(test)?.claim.toLowerCase() ?? '');

function neverSent(test: Test, principal: Principal): Pick<Cause, 'what' | 'remedy'> {
  return {
    what: [
      'The policy asks for ',
      verbatim(test.key),
      `, which requests of ${withoutKey(test.key, principal)} never carry.`,
    ],
    remedy: ['Take the condition out of the statement for this caller, or split the statement.'],
  };
}

/** What the test asks, and what the call has. */
function whatFor(test: Test, given: readonly string[] | undefined, isRecorded: boolean): Phrase {
  if (test.operator?.type === 'null') return whetherThere(test, given !== undefined, isRecorded);
  const subject = capitalized(subjectOfKey(test, issuersOf(test)).subject);
  const asked: Phrase = [
    verbatim(test.operatorText),
    test.operator?.negated === true ? ' rules out ' : ' asks for ',
    ...valuesOf(test),
  ];
  if (given !== undefined)
    return [
      ...subject,
      ' is ',
      ...listed(
        given.map((text) => [verbatim(text)]),
        'and',
      ),
      ', but ',
      ...asked,
      '.',
    ];
  if (isRecorded) return [...subject, ' is not in the event, but ', ...asked, '.'];
  const doubt = test.operator?.negated === true ? ' may be just that: ' : ' may be missing or another: ';
  return [...subject, doubt, ...asked, '; the message does not say what it was.'];
}

function valuesOf({ values, open }: Test): Phrase {
  const phrases = values.map(({ text, node }) => speak(spokenOf(text, node, 'value')));
  return listed(open || phrases.length === 0 ? [...phrases, ['what is not known here']] : phrases, 'or');
}

/** Of a test whether the request has a key at all. */
function whetherThere(test: Test, isGiven: boolean, isRecorded: boolean): Phrase {
  const key = keyItself(test);
  if (isGiven) return ['The call carries ', ...key, ', but the policy asks that it does not.'];
  const unsaid = isRecorded ? 'the event does not show it.' : 'the message does not say whether it did.';
  return ['The policy asks that the call carries ', ...key, `; ${unsaid}`];
}

const issuersOf = (test: Test): readonly string[] => {
  const issuer = claimTest(test)?.issuer;
  return issuer === undefined ? [] : [issuer.toLowerCase()];
};

interface Remedy {
  readonly side: Cause['side'];
  readonly remedy: Phrase;
}

function remedyFor(test: Test, principal: Principal, wanted: string | readonly string[] | undefined): Remedy {
  const name = test.key.toLowerCase();
  const value = typeof wanted === 'string' ? wanted : wanted?.[0];
  if (name === 'sts:externalid')
    return {
      side: 'caller',
      remedy:
        value === undefined
          ? ['Pass the agreed external ID.']
          : ['Pass --external-id ', verbatim(value), '.'],
    };
  if (name.startsWith('aws:multifactorauth')) return { side: 'caller', remedy: mfaRemedy(principal) };
  if (name === 'sts:rolesessionname')
    return { side: 'session', remedy: ['Name the session as the policy asks.'] };
  if (name === 'sts:sourceidentity')
    return { side: 'session', remedy: ['Pass --source-identity as the policy asks.'] };
  if (name.startsWith('aws:requesttag/') || name === 'aws:tagkeys')
    return { side: 'session', remedy: ['Pass the session tags that the policy asks for, and no others.'] };
  const claim = claimTest(test);
  if (claim?.claim.toLowerCase() === 'sub') return { side: 'trust', remedy: subjectRemedy(claim.issuer) };
  if (claim?.claim.toLowerCase() === 'aud')
    return {
      side: 'provider',
      remedy: [
        'Request the token for the audience that the policy names; the provider in IAM must list it, too.',
      ],
    };
  if (claim) return { side: 'trust', remedy: ['Compare the claim with the token, letter by letter.'] };
  if (name.startsWith('saml:'))
    return { side: 'provider', remedy: ['Compare the attribute with the assertion, letter by letter.'] };
  if (name.includes('org'))
    return {
      side: 'organization',
      remedy: ['Compare the organization of the caller’s account with the policy.'],
    };
  return { side: 'trust', remedy: ['Compare the condition with the call.'] };
}

const mfaRemedy = ({ kind }: Principal): Phrase =>
  kind === 'user'
    ? [
        'Long-term access keys never say that MFA was used: pass --serial-number and --token-code, or call with a session of GetSessionToken.',
      ]
    : ['Sign in with MFA before; a session of a role does not pass MFA on to the next role.'];

/** Subjects of GitHub have two forms; a policy with one does not let in the other. */
const subjectRemedy = (issuer: string): Phrase =>
  isGitHub(oidcProviderFor(issuer))
    ? [
        'Print the token’s subject in the workflow and compare: the event decides its end, and newer repositories have ids in it, repo:OWNER@ID/REPOSITORY@ID.',
      ]
    : ['Compare the subject with that of the token, letter by letter; upper and lower case count.'];
