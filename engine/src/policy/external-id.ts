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
export function* externalIds({ statements }: Policy): Generator<AskedExternalId> {
  for (const statement of statements.filter(({ effect }) => effect === 'Allow')) {
    for (const { operator, values } of testsOn(statement, 'sts:ExternalId')) {
      if (operator?.type !== 'string' || operator.negated) continue;
      for (const value of values) {
        if (isWrittenOut(value.text) && !hasWildcard(value.text)) yield { statement, value };
      }
    }
  }
}
