/** Values of ARN operators that are no ARN: each of the six fields is compared by itself, so all have to be there. */
import { conditionKeyNamed, partitions } from '../../catalog/catalog.ts';
import { replaceValue } from '../../policy/amend.ts';
import { parseArn } from '../../policy/arn.ts';
import { isVacuous } from '../../policy/condition.ts';
import { isPlaceholderWord, isUnknown } from '../../policy/known.ts';
import type { Policy, Test, TestValue } from '../../policy/policy.ts';
import { typeMissed } from '../../policy/type-fit.ts';
import { hasWildcard } from '../../text/glob.ts';
import { defineRule, fix } from '../rule.ts';

interface Found {
  readonly test: Test;
  readonly value: TestValue;
}

/** Whether the values of a test are compared as ARNs, or as exact texts with an ARN. */
const comparesArns = (test: Test): boolean =>
  (test.operator?.type === 'arn' && typeMissed(test) === undefined) || isTextOfArn(test);

const isTextOfArn = ({ key, operator }: Test): boolean =>
  operator?.type === 'string' && !operator.wildcards && conditionKeyNamed(key)?.type === 'arn';

const arnValues = ({ statements }: Policy): readonly Found[] =>
  statements
    .flatMap(({ tests }) => tests)
    .filter(comparesArns)
    .flatMap((test) => test.values.map((value) => ({ test, value })))
    .filter(
      ({ value: { text } }) =>
        text !== '' && !isUnknown(text) && !isVacuous(text) && !isPlaceholderWord(text),
    );

/** Variables are of one field, whatever colons they have. */
const withoutVariables = (text: string): string => text.replace(/\$\{[^}]*\}/g, 'x');

/** What is wrong with a value, as the end of a sentence. */
function faultOf({ test, value }: Found): string | undefined {
  const arn = parseArn(withoutVariables(value.text));
  if (arn === undefined)
    return 'has not the six fields of an ARN, and a wildcard does not stand for a missing colon';
  const { partition, service } = arn;
  if (!hasWildcard(partition) && partition !== 'x' && !partitions().some((known) => known === partition))
    return `has "${partition}" where the partition is due, which is aws almost everywhere`;
  const isOfCallers = hasWildcard(service) || ['iam', 'sts', 'x'].includes(service);
  return test.key.toLowerCase() === 'aws:principalarn' && !isOfCallers
    ? 'is no ARN of a role or user, which is all that this key holds'
    : undefined;
}

/** The ARN that a text is meant for: a colon or the beginning is missing, or there is a slash in place of a colon. */
function arnMeant(text: string): string | undefined {
  const trimmed = text.trim();
  const [, partition = 'aws', account, resource] =
    /^(?:(?:arn:)?(aws[a-z-]*):iam::?)?(\d{12})[:/]((?:role|user)\/\S+)$/.exec(trimmed) ?? [];
  if (account !== undefined && resource !== undefined) return `arn:${partition}:iam::${account}:${resource}`;
  return trimmed !== text && parseArn(trimmed) ? trimmed : undefined;
}

export const rule = defineRule({
  id: 'invalid-arn-condition-value',
  category: 'condition',
  severity: 'warning',
  *check(policy) {
    for (const found of arnValues(policy)) {
      const { node, text } = found.value;
      const fault = faultOf(found);
      if (fault === undefined) continue;
      const meant = arnMeant(text);
      yield {
        at: node,
        message: `"${text}" ${fault}, so it matches nothing. Write it like arn:aws:iam::111122223333:role/NAME.`,
        fixes: meant === undefined ? [] : fix(`Change to ${meant}`, replaceValue(node, meant)),
      };
    }
  },
});
