/**
 * How well guards keep out callers of other accounts. What a key can do is data of the catalogue; here it meets the
 * values, because a strong key with a loose pattern is a weak guard.
 */
import { conditionKeyNamed } from '../catalog/catalog.ts';
import { hasWildcard } from '../text/glob.ts';
import { isAccountId, parseArn } from './arn.ts';
import { isVacuous } from './condition.ts';
import { holdsIfAbsent } from './demand.ts';
import { isGuarded, testsOn } from './grants.ts';
import { isUnknown } from './known.ts';
import { claimTest, isTestedElsewhere, type OidcGrant, requiredKey } from './oidc.ts';
import type { Grant, Guard, Test } from './policy.ts';

/** `strong`: outsiders cannot meet it. `weak`: they can set, guess or steal it. `none`: it does not ask who calls. */
export type Strength = 'strong' | 'weak' | 'none';

/** The strength of one guard. A key that is not known says nothing against the guard. */
export function strengthOf({ key, test }: Guard): Strength {
  const known = conditionKeyNamed(key);
  if (known === undefined) return 'strong';
  if (known.guard !== 'strong') return known.guard;
  // A Deny of callers without the key leaves every value of it.
  if (test.operator?.type === 'null') return 'weak';
  const loose = ({ text }: { readonly text: string }): boolean =>
    known.exact === true && test.operator?.wildcards === true && hasWildcard(text);
  return test.values.every((value) => isUnknown(value.text) || (!loose(value) && pins(key, value.text)))
    ? 'strong'
    : 'weak';
}

/** Whether a value of a key that can be strong names somebody in particular. */
function pins(key: string, text: string): boolean {
  if (key === 'aws:principalarn') return isAccountId(parseArn(text)?.account ?? '');
  if (key === 'aws:userid') return /^(?:A[A-Z0-9]{15,}|\d{12})(?::|$)/.test(text);
  if (key.endsWith('orgpaths')) return !hasWildcard(text.split('/')[0] ?? '');
  return true;
}

/** The guards of a grant that ask who calls. */
export const narrowing = (grant: Grant): readonly Guard[] =>
  grant.guards.filter((guard) => strengthOf(guard) !== 'none');

/** Whether anything narrows who may use a grant, or may do so unseen. */
export const isNarrowed = (grant: Grant): boolean => grant.open || narrowing(grant).length > 0;

/** Whether a test asks who calls but, by `IfExists`, lets in those whose request does not say. */
export const isBypassed = (test: Test): boolean =>
  test.ifExists && test.operator?.negated === false && holdsIfAbsent(test) && !isBlank(test) && asksWho(test);

/** Whether a value of a test matches everything. */
const isBlank = ({ operator, values }: Test): boolean =>
  operator?.wildcards === true && values.some(({ text }) => isVacuous(text));

/** Claims of tokens and assertions all say something of the caller, if only for whom it was let in. */
const asksWho = (test: Test): boolean =>
  test.key.toLowerCase().startsWith('saml:') ||
  claimTest(test) !== undefined ||
  (conditionKeyNamed(test.key)?.guard ?? 'strong') !== 'none';

/**
 * Whether a grant has a test on one of the keys that was meant as a guard and is none: `IfExists`, `ForAllValues`, or
 * a value that matches everything. The rules on such tests speak of them, so that nobody else calls the guard missing.
 */
export const isAttempted = ({ statement }: Grant, ...keys: readonly string[]): boolean =>
  keys.some((key) => testsOn(statement, key).some(isMistaken));

const isMistaken = (test: Test): boolean =>
  test.operator !== undefined &&
  !test.operator.negated &&
  test.operator.type !== 'null' &&
  (holdsIfAbsent(test) || isBlank(test));

/** The key that IAM demands to trust a shared issuer, where a grant has no test of it, not even one that fails. */
export function lackedKey(grant: OidcGrant): string | undefined {
  const { principal, statement } = grant;
  const key = requiredKey(principal);
  if (key === undefined) return undefined;
  const bypassed = testsOn(statement, key).some(isBypassed);
  const elsewhere = isTestedElsewhere(grant, key.slice(key.lastIndexOf(':') + 1));
  return isGuarded(grant, key) || bypassed || elsewhere ? undefined : key;
}
