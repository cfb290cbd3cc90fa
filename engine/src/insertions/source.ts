/** For which resources of which account a service may use the role: https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html */
import { servicePrincipalNamed } from '../catalog/catalog.ts';
import { isAccountId } from '../policy/arn.ts';
import { partitionOf } from '../policy/partition.ts';
import { documentedArn } from '../policy/source.ts';
import { isArnPattern } from '../policy/value-form.ts';
import { placeholder } from '../tree/change.ts';
import { type Insertion, type Outcome, type Target, unfit } from './insertion.ts';
import { block, demand } from './require.ts';

/** Services that are known not to send the keys would be locked out. */
function exempt({ statement }: Target): Outcome | undefined {
  const other = statement.principals.find(
    (each) => each.kind === 'service' && servicePrincipalNamed(each.host)?.source?.kind === 'exempt',
  );
  return (
    other && unfit(`${other.text} acts for resources of the role's own account only and sends no source.`)
  );
}

/** The form of ARN that the one service of a statement documents. */
function formIn({ statement, policy }: Target): string | undefined {
  const [only, ...others] = statement.principals;
  const arn =
    only?.kind === 'service' && others.length === 0
      ? servicePrincipalNamed(only.host)?.source?.arn
      : undefined;
  return arn === undefined ? undefined : documentedArn(arn, { partition: partitionOf(policy) ?? 'aws' });
}

/** Any resource of the service, where it does not say what it sends. */
const anyForm = (): string => `arn:aws:${placeholder('YOUR_SERVICE')}:*:${placeholder('ACCOUNT_ID')}:*`;

export const sourceInsertions: readonly Insertion[] = [
  {
    id: 'restrict-by-source-account',
    title: 'Restrict by source account',
    summary: 'Lets a service use the role only for resources of one account.',
    form: { name: 'ACCOUNT', accepts: isAccountId, says: 'an account id of 12 digits' },
    make: (target) =>
      exempt(target) ??
      demand(
        target,
        ['service'],
        [block('StringEquals', 'aws:SourceAccount', target.value ?? placeholder('ACCOUNT_ID'))],
      ),
  },
  {
    id: 'restrict-by-source-arn',
    title: 'Restrict by source ARN',
    summary: 'Lets a service use the role only for certain resources.',
    form: { name: 'ARN', accepts: isArnPattern, says: 'an ARN, in which * may stand for any part' },
    make: (target) =>
      exempt(target) ??
      demand(
        target,
        ['service'],
        [block('ArnLike', 'aws:SourceArn', target.value ?? formIn(target) ?? anyForm())],
      ),
  },
];
