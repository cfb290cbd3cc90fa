/** What can be copied of a policy: its explanation, itself as JSON, and what its callers need in their own policies. */
import { accountOf, allowsAssumeRole } from '../policy/grants.ts';
import type { Policy, Principal } from '../policy/policy.ts';
import { readPolicy } from '../policy/read.ts';
import { type JsonValue, plainValue } from '../tree/walk.ts';
import type { Region } from './document.ts';
import { explainRegion, explanationMarkdown, explanationText } from './explain.ts';

export interface Copy {
  readonly label: string;
  readonly text: string;
}

/** What can be copied of a policy, as far as it is known. */
export function copiesOf(region: Region): readonly Copy[] {
  const explanation = explainRegion(region);
  const json = plainValue(region.node);
  const caller = callerPolicy(readPolicy(region.node));
  return [
    { label: 'Explanation as text', text: explanationText(explanation) },
    { label: 'Explanation as Markdown', text: explanationMarkdown(explanation) },
    ...(json === undefined ? [] : [{ label: 'Trust policy as JSON', text: printed(json) }]),
    ...(caller === undefined ? [] : [{ label: 'Policy that a caller needs', text: printed(caller) }]),
  ];
}

const printed = (value: JsonValue): string => JSON.stringify(value, undefined, 2);

/** The identity policy by which AWS identities may assume the role. Its name and account are for the user to fill in. */
function callerPolicy({ grants, statements }: Policy): JsonValue | undefined {
  const named = grants.filter((grant) => accountOf(grant.principal) !== undefined && allowsAssumeRole(grant));
  const [grant] = named;
  if (grant === undefined) return undefined;
  const companions = statements
    .filter(({ effect }) => effect === 'Allow')
    .flatMap(({ actions }) => actions.flatMap(({ matches }) => matches))
    .filter(({ assumes }) => !assumes)
    .map(({ id }) => id);
  const actions = [...new Set(['sts:AssumeRole', ...companions])];
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Action: actions.length === 1 ? 'sts:AssumeRole' : actions,
        Resource: `arn:${partitionOf(grant.principal)}:iam::ACCOUNT_ID:role/ROLE_NAME`,
      },
    ],
  };
}

const partitionOf = (principal: Principal): string =>
  'partition' in principal && principal.partition.startsWith('aws') ? principal.partition : 'aws';
