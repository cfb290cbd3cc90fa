/** External IDs, for third parties: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_common-scenarios_third-party.html */
import { isExternalId } from '../policy/value-form.ts';
import { placeholder, randomValue } from '../tree/change.ts';
import type { JsonValue } from '../tree/walk.ts';
import { type Insertion, type Outcome, type Target, unfit } from './insertion.ts';
import { block, demand } from './require.ts';

const requireExternalId = (target: Target, value: JsonValue): Outcome =>
  demand(target, ['aws'], [block('StringEquals', 'sts:ExternalId', value)]);

export const externalIdInsertions: readonly Insertion[] = [
  {
    id: 'require-external-id',
    title: 'Require a new random external ID',
    summary: 'Lets a third party in only with an external ID that nobody can guess.',
    form: { name: 'ID', accepts: isExternalId, says: '2 to 1224 letters, digits and + = , . @ : / \\ - _' },
    make: (target) => requireExternalId(target, target.value ?? randomValue),
  },
  {
    id: 'require-external-id-of-third-party',
    title: 'Require the external ID of the third party',
    summary:
      'Lets a third party in only with the external ID that it has given you, which is to be filled in.',
    make: (target) => requireExternalId(target, placeholder('REPLACE_WITH_EXTERNAL_ID')),
  },
  {
    id: 'require-external-id-variable',
    title: 'Require the external ID in a variable',
    summary:
      'Lets a third party in only with the external ID in a parameter of the template or a variable of Terraform.',
    titleAt: ({ variable }) =>
      `Require the external ID in ${variable?.name ?? 'a variable'}${variable?.isDeclared === false ? ', to be declared' : ''}`,
    make: (target) =>
      target.variable
        ? requireExternalId(target, target.variable.value)
        : unfit('There are no variables in a document of this kind.'),
  },
];
