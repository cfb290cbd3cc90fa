/** External IDs: those that a policy asks for. https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_common-scenarios_third-party.html */
import { hasWildcard } from '../text/glob.ts';
import { isWrittenOut } from './condition.ts';
import { testsOn } from './grants.ts';
import type { Policy, Statement, TestValue } from './policy.ts';

/** An external ID, and the statement that asks for it. */
export interface AskedExternalId {
  readonly statement: Statement;
  readonly value: TestValue;
}

/** The external IDs that Allow statements ask for, as far as they are exact and written out. */
export const externalIds = ({ statements }: Policy): readonly AskedExternalId[] =>
  statements
    .filter(({ effect }) => effect === 'Allow')
    .flatMap((statement) =>
      testsOn(statement, 'sts:ExternalId')
        .filter(({ operator }) => operator?.type === 'string' && !operator.negated)
        .flatMap(({ values }) => values)
        .filter(({ text }) => isWrittenOut(text) && !hasWildcard(text))
        .map((value) => ({ statement, value })),
    );
