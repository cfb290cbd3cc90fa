/** Whether an operator compares the type of values that a key has. */
import { conditionKeyNamed, type Operator, type ValueType } from '../catalog/catalog.ts';
import type { Policy, Test } from './policy.ts';

/** The type that a key is to be compared as, where an operator compares it as another. */
export function typeMissed({ key, operator }: Test): ValueType | undefined {
  const known = conditionKeyNamed(key);
  if (operator === undefined || operator.type === 'null' || known === undefined) return undefined;
  if (operator.type === known.type || operator.type === known.alternative) return undefined;
  // Text operators compare ARNs as well, if not as safely.
  return operator.type === 'string' && known.type === 'arn' ? undefined : known.type;
}

/** The tests under operators of a type, but for those whose key has another type: there the operator is wrong, not the value. */
export const testsOfType = (
  { statements }: Pick<Policy, 'statements'>,
  ...types: readonly Operator['type'][]
): readonly Test[] =>
  statements
    .flatMap(({ tests }) => tests)
    .filter((test) => test.operator && types.includes(test.operator.type) && typeMissed(test) === undefined);
