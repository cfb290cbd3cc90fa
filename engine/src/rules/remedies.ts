/** Remedies that several rules offer, each said once: what to require of callers in other accounts. */
import { requireTest } from '../policy/amend.ts';
import type { Statement } from '../policy/policy.ts';
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
