/** Account ids in the values of conditions, by themselves and in ARNs, that are none. */
import { conditionKeyNamed } from '../catalog/catalog.ts';
import { hasWildcard } from '../text/glob.ts';
import { isAccountId, parseArn } from './arn.ts';
import { accountIdFault } from './arn-fault.ts';
import { isWrittenOut } from './condition.ts';
import type { Policy, Test, TestValue } from './policy.ts';

/** A value with an account id that no account has. */
export interface FaultyAccount {
  readonly key: string;
  readonly value: TestValue;
  /** The value as it was probably meant. */
  readonly repaired?: string;
}

/** The values with digits where an account id is due, and not twelve of them. */
export const faultyAccounts = ({ statements }: Policy): readonly FaultyAccount[] =>
  statements
    .flatMap(({ tests }) => tests)
    .flatMap((test) =>
      test.values
        .filter(({ text }) => isWrittenOut(text))
        .flatMap((value) => {
          const written = accountIn(test, value.text);
          if (written === undefined || isAccountId(written) || !/^\d[\d\s-]*$/.test(written)) return [];
          const fault = accountIdFault(written);
          const meant = fault.kind === 'account-id' ? fault.repaired : undefined;
          const repaired = meant && value.text.replace(written, meant);
          return [{ key: test.key, value, ...(repaired !== undefined && { repaired }) }];
        }),
    );

/** The part of a value that should be an account id. */
function accountIn({ key, operator }: Test, text: string): string | undefined {
  const known = conditionKeyNamed(key);
  if (operator === undefined || operator.type === 'null' || (operator.wildcards && hasWildcard(text)))
    return operator?.type === 'arn' ? parseArn(text)?.account : undefined;
  if (operator.type === 'arn' || known?.type === 'arn') return parseArn(text)?.account;
  return known?.pattern === String.raw`^\d{12}$` ? text : undefined;
}
