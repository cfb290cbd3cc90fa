/** What condition keys ask about, in words that a sentence about a caller can go on with. */
import { claimTest } from '../../policy/oidc.ts';
import type { Test } from '../../policy/policy.ts';
import { type Phrase, verbatim } from './phrase.ts';
import { speak, spokenOf } from './unknown.ts';

/** `each` names one of the values where a request may carry several. */
interface KeyWords {
  readonly subject: string;
  readonly each?: string;
}

const globalKeys = new Map<string, KeyWords>(
  Object.entries({
    'aws:calledvia': {
      subject: 'the services that the call came through',
      each: 'service that the call came through',
    },
    'aws:currenttime': { subject: 'the time of the call' },
    'aws:ec2instancesourcevpc': { subject: 'the VPC of the instance that the credentials were given to' },
    'aws:epochtime': { subject: 'the time of the call' },
    'aws:federatedprovider': { subject: 'the identity provider' },
    'aws:multifactorauthage': { subject: 'the age in seconds of its sign-in with MFA' },
    'aws:principalaccount': { subject: 'its account' },
    'aws:principalarn': { subject: 'the ARN of its role or user' },
    'aws:principalorgid': { subject: 'the organization of its account' },
    'aws:principalorgpaths': {
      subject: 'the organizational unit of its account',
      each: 'organizational unit of its account',
    },
    'aws:principalservicename': { subject: 'the service principal that calls' },
    'aws:principaltype': { subject: 'its type' },
    'aws:requestedregion': { subject: 'the Region of the call' },
    'aws:resourceaccount': { subject: 'the account of this role' },
    'aws:resourceorgid': { subject: 'the organization of this role' },
    'aws:sourceaccount': { subject: 'the account that the service acts for' },
    'aws:sourcearn': { subject: 'the resource that the service acts for' },
    'aws:sourceidentity': { subject: 'the source identity that it carries' },
    'aws:sourceip': { subject: 'the address of the call' },
    'aws:sourceorgid': { subject: 'the organization that the service acts for' },
    'aws:sourceorgpaths': {
      subject: 'the organizational unit that the service acts for',
      each: 'organizational unit that the service acts for',
    },
    'aws:sourcevpc': { subject: 'the VPC of the call' },
    'aws:sourcevpce': { subject: 'the VPC endpoint of the call' },
    'aws:tagkeys': { subject: 'the key of the session tag', each: 'session tag key' },
    'aws:tokenissuetime': { subject: 'the time when its credentials were issued' },
    'aws:useragent': { subject: 'the user agent of the call' },
    'aws:userid': { subject: 'its unique id' },
    'aws:username': { subject: 'its user name' },
    'aws:vpcsourceip': { subject: 'the private address of the call' },
    'saml:aud': { subject: 'the recipient of the assertion' },
    'saml:doc': { subject: 'the provider of the assertion' },
    'saml:iss': { subject: 'the issuer of the assertion' },
    'saml:sub': { subject: 'the subject of the assertion' },
    'saml:sub_type': { subject: 'the type of the subject of the assertion' },
    'sts:externalid': { subject: 'the external ID of the call' },
    'sts:rolesessionname': { subject: 'the name of the session' },
    'sts:sourceidentity': { subject: 'the source identity of the session' },
    'sts:transitivetagkeys': { subject: 'the key of the transitive tag', each: 'transitive tag key' },
  }),
);

/** Keys that end in a name of the user's own. */
const namedKeys: readonly (readonly [prefix: string, subject: string])[] = [
  ['aws:principaltag/', 'its tag '],
  ['aws:requesttag/', 'the session tag '],
  ['aws:resourcetag/', 'the tag of this role '],
  ['iam:resourcetag/', 'the tag of this role '],
  ['saml:', 'the SAML attribute '],
];

const claimWords = new Map([
  ['aud', 'the audience of the token'],
  ['email', 'the mail address in the token'],
  ['oaud', 'the original audience of the token'],
  ['sub', 'the subject of the token'],
]);

/** What a test compares, once for the whole and once for each of its values. */
export interface KeySubject {
  readonly subject: Phrase;
  readonly each: Phrase;
}

/**
 * What the key of a test asks about.
 * @param issuers the issuers whose tokens the statement is about, in lower case
 */
export function subjectOfKey(test: Test, issuers: readonly string[]): KeySubject {
  const { key } = test;
  const name = key.toLowerCase();
  const words = globalKeys.get(name);
  if (words) return { subject: [words.subject], each: [words.each ?? `value of ${words.subject}`] };
  const prefixed = namedKeys.find(([prefix]) => name.startsWith(prefix) && name.length > prefix.length);
  const subject = prefixed
    ? [prefixed[1], verbatim(key.slice(prefixed[0].length))]
    : (claimSubject(test, issuers) ?? keyItself(test));
  return { subject, each: ['value of ', ...subject] };
}

/** The key as it stands in the policy, or the expression that it is. */
export const keyItself = ({ key, member }: Test): Phrase => speak(spokenOf(key, member.key, 'value'));

/** A claim, and of whose tokens where that is not plain. */
function claimSubject(test: Test, issuers: readonly string[]): Phrase | undefined {
  const found = claimTest(test);
  if (found === undefined) return undefined;
  const { claim, issuer } = found;
  const words = claimWords.get(claim.toLowerCase());
  const subject: Phrase = words === undefined ? ['the claim ', verbatim(claim), ' of the token'] : [words];
  return issuers.includes(issuer.toLowerCase()) ? subject : [...subject, ' of ', verbatim(issuer)];
}
