/** Remedies that several rules offer, each said once: what to require of callers in other accounts. */
import { dropTest, requireTest } from '../policy/amend.ts';
import { isEffective } from '../policy/condition.ts';
import { holdsIfAbsent } from '../policy/demand.ts';
import type { Statement, Test } from '../policy/policy.ts';
import type { Settings } from '../settings.ts';
import { type Change, placeholder, randomValue } from '../tree/change.ts';
import { type Fix, fix } from './rule.ts';

/** What an external ID can be: a new one that nobody can guess, or the one that the third party gave. */
const externalIds = [
  ['Require a new random external ID', randomValue],
  ['Require the external ID of the third party', placeholder('REPLACE_WITH_EXTERNAL_ID')],
] as const;

/** Demands an external ID, by changes that lead to a statement with the chosen one. */
export const externalIdFixes = (
  changesFor: (externalId: string) => readonly Change[] | undefined,
): readonly Fix[] => externalIds.flatMap(([title, externalId]) => fix(title, changesFor(externalId)));

/** Demands an external ID in a statement that has none. */
export const requireExternalId = (statement: Statement): readonly Fix[] =>
  externalIdFixes((externalId) => requireTest(statement, 'StringEquals', 'sts:ExternalId', externalId));

/** Demands multi-factor authentication, for people. */
export const requireMfa = (statement: Statement): readonly Fix[] =>
  fix('Require MFA', requireTest(statement, 'Bool', 'aws:MultiFactorAuthPresent', 'true'));

/** A test that is met by everybody, or never, can go: in the second case only where something else keeps strangers out. */
export function removeUseless({ tests }: Statement, test: Test): readonly Fix[] {
  if (holdsIfAbsent(test)) return fix('Remove the test, which does nothing', dropTest(test));
  const guarded = tests.some((other) => other !== test && isEffective(other, tests));
  return guarded ? fix('Remove the test, so that the others decide', dropTest(test)) : [];
}

/** Takes out a statement of several. */
export const removeStatement = ({ node }: Statement): readonly Fix[] =>
  node.parent?.kind === 'array' && node.parent.items.length > 1
    ? fix('Remove this statement', [{ kind: 'remove', node }])
    : [];

/** Lets in one's own organization only: the first of the settings, or one to fill in. */
export const restrictToOrganization = (
  statement: Statement,
  { trustedOrganizations }: Settings,
): readonly Fix[] =>
  fix(
    'Restrict to your organization',
    requireTest(
      statement,
      'StringEquals',
      'aws:PrincipalOrgID',
      trustedOrganizations[0] ?? placeholder('ORGANIZATION_ID'),
    ),
  );
