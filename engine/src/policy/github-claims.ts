/**
 * Claims of GitHub beside the subject: whether they say whose workflow runs. What begins with an owner says so only if the
 * owner is written out, because anybody can give a repository or a workflow a name.
 * https://docs.github.com/en/actions/reference/security/oidc
 */
import { hasWildcard } from '../text/glob.ts';
import { guardsOn, isGuarded } from './grants.ts';
import { isUnknown } from './known.ts';
import type { Grant, Guard } from './policy.ts';

/** How far a claim has to be written out. */
export type Extent = 'owner' | 'repository';

/** Whether one of the claims of an issuer is demanded and written out that far, or may be as far as the text tells. */
export const isPinnedByClaim = (
  grant: Grant,
  issuer: string,
  claims: readonly string[],
  extent: Extent,
): boolean =>
  claims.some((claim) => {
    const key = `${issuer}:${claim}`;
    const guards = guardsOn(grant, key);
    if (grant.open || guards.length === 0) return isGuarded(grant, key);
    return guards.some((guard) => !isOpen(guard, claim, extent));
  });

const isOpen = ({ test: { operator, values } }: Guard, claim: string, extent: Extent): boolean =>
  operator?.wildcards === true &&
  values.some(({ text }) => !isUnknown(text) && leavesOpen(text, claim, extent));

function leavesOpen(pattern: string, claim: string, extent: Extent): boolean {
  const [owner = '', repository] = pattern.split('/');
  if (extent === 'owner' || repository === undefined) return hasWildcard(owner);
  // Where the subject has the owner, the name alone of a repository tells one of its repositories from the others.
  const isNamed = Array.from(repository).some((sign) => sign !== '*' && sign !== '?');
  return !isNamed || (claim !== 'repository' && hasWildcard(owner));
}
