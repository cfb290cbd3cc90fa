/** Who of the trusted may come: an organization, an account, a role, people with a tag. */
import { accountOf } from '../policy/grants.ts';
import { isAccountId } from '../policy/arn.ts';
import type { Principal } from '../policy/policy.ts';
import { partitionOf } from '../policy/partition.ts';
import { isOrganizationId, isRoleArn, isRoleName, tagIn } from '../policy/value-form.ts';
import { placeholder } from '../tree/change.ts';
import { type Insertion, type Target, unfit } from './insertion.ts';
import { block, demand } from './require.ts';

/** Whether a principal is one identity, and not all of an account. */
const isNamed = ({ kind }: Principal): boolean =>
  kind === 'role' || kind === 'user' || kind === 'session' || kind === 'federatedUser';

/** The one account that all principals of a statement are of. */
function accountIn({ statement }: Target): string | undefined {
  const [only, ...others] = new Set(statement.principals.map(accountOf));
  return others.length === 0 ? only : undefined;
}

const organization: Insertion = {
  id: 'restrict-to-organization',
  title: 'Restrict to your organization',
  summary: 'Lets in only callers from accounts of one organization.',
  form: {
    name: 'ORGANIZATION',
    accepts: isOrganizationId,
    says: 'the id of an organization: o- and 10 to 32 lower-case letters or digits',
  },
  make: (target) => {
    const { value, settings } = target;
    const id = value ?? settings.trustedOrganizations[0] ?? placeholder('YOUR_ORGANIZATION_ID');
    return demand(target, ['aws'], [block('StringEquals', 'aws:PrincipalOrgID', id)]);
  },
};

const account: Insertion = {
  id: 'restrict-to-account',
  title: 'Restrict to an account',
  summary: 'Lets in only callers from one account.',
  form: { name: 'ACCOUNT', accepts: isAccountId, says: 'an account id of 12 digits' },
  make: (target) => {
    const { value, settings, statement } = target;
    const isPinned = statement.principals.every((each) => accountOf(each) !== undefined);
    if (isPinned && statement.principals.length > 0 && !statement.open.principals)
      return unfit('The principals of the statement say which accounts they are of.');
    const id = value ?? settings.trustedAccounts[0] ?? placeholder('ACCOUNT_ID');
    return demand(target, ['aws'], [block('StringEquals', 'aws:PrincipalAccount', id)]);
  },
};

const role: Insertion = {
  id: 'restrict-to-role',
  title: 'Restrict to a role',
  summary: 'Lets in only one role of the trusted accounts, also after it was deleted and made anew.',
  form: {
    name: 'ROLE',
    accepts: (text) => isRoleName(text) || isRoleArn(text),
    says: 'the name or the ARN of a role',
  },
  make: (target) => {
    const { value, statement, policy } = target;
    const named = statement.principals.find(isNamed);
    if (named) return unfit(`The statement names ${named.text} itself.`);
    const whose = `arn:${partitionOf(policy) ?? 'aws'}:iam::${accountIn(target) ?? placeholder('ACCOUNT_ID')}:role/`;
    const arn =
      value !== undefined && isRoleArn(value) ? value : whose + (value ?? placeholder('YOUR_ROLE_NAME'));
    return demand(target, ['aws'], [block('ArnEquals', 'aws:PrincipalArn', arn)]);
  },
};

const tag: Insertion = {
  id: 'restrict-to-principal-tag',
  title: 'Restrict to callers with a tag',
  summary: 'Lets in only users and roles that carry a tag with one value.',
  form: {
    name: 'KEY=VALUE',
    accepts: (text) => tagIn(text) !== undefined,
    says: 'the key and the value of a tag: KEY=VALUE',
  },
  make: (target) => {
    const { key, value } = tagIn(target.value ?? '') ?? {
      key: placeholder('YOUR_TAG_KEY'),
      value: placeholder('YOUR_TAG_VALUE'),
    };
    const prefix = 'aws:PrincipalTag/';
    return demand(target, ['aws'], [block('StringEquals', prefix + key, value)], prefix);
  },
};

export const callerInsertions: readonly Insertion[] = [organization, account, role, tag];
