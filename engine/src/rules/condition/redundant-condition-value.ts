/** Values of a list that another of them covers: they change nothing, and hide what is allowed. */
import type { Policy, Test, TestValue } from '../../policy/policy.ts';
import { isWrittenOut } from '../../policy/condition.ts';
import { ipRange, isWithin } from '../../policy/ip-range.ts';
import { momentOf } from '../../policy/moment.ts';
import { globIncludes } from '../../text/glob.ts';
import { defineRule, fix } from '../rule.ts';

/** Whether whatever one value matches, the other matches too. */
function covers(test: Test, wide: string, narrow: string): boolean {
  const { operator } = test;
  if (operator === undefined) return false;
  if (wide === narrow) return true;
  switch (operator.type) {
    case 'string':
      if (operator.wildcards) return globIncludes(wide, narrow);
      return operator.id.endsWith('IgnoreCase') && wide.toLowerCase() === narrow.toLowerCase();
    case 'arn':
      return arnCovers(wide, narrow);
    case 'numeric':
      return bounds(operator.id, Number(wide), Number(narrow));
    case 'date':
      return bounds(operator.id, momentOf(wide), momentOf(narrow));
    case 'ip': {
      const [outer, inner] = [ipRange(wide), ipRange(narrow)];
      return outer !== undefined && inner !== undefined && isWithin(inner, outer);
    }
    default:
      return false;
  }
}

/** Fields of ARNs are compared one by one. */
function arnCovers(wide: string, narrow: string): boolean {
  const [outer, inner] = [fieldsOf(wide), fieldsOf(narrow)];
  return (
    outer.length === inner.length && outer.every((field, index) => globIncludes(field, inner[index] ?? ''))
  );
}

const fieldsOf = (arn: string): readonly string[] => {
  const fields = arn.split(':');
  return [...fields.slice(0, 5), fields.slice(5).join(':')];
};

/** Whether the bound of one value lets everything pass that the other does. */
function bounds(operator: string, wide: number | undefined, narrow: number | undefined): boolean {
  if (wide === undefined || narrow === undefined) return false;
  if (operator.includes('LessThan')) return wide >= narrow;
  return operator.includes('GreaterThan') ? wide <= narrow : wide === narrow;
}

/** Values with one that covers them; of two equal ones the second is too much. */
function redundantIn(test: Test): readonly { readonly value: TestValue; readonly by: TestValue }[] {
  const { values } = test;
  const known = values.filter(({ text }) => isWrittenOut(text));
  return known.flatMap((value, index) => {
    const by = known.find((other, place) => {
      if (place === index || !covers(test, other.text, value.text)) return false;
      return place < index || !covers(test, value.text, other.text);
    });
    return by ? [{ value, by }] : [];
  });
}

const listsIn = ({ statements }: Policy): readonly Test[] =>
  statements
    .flatMap(({ tests }) => tests)
    .filter(
      ({ operator, values }) => values.length > 1 && operator?.type !== 'bool' && operator?.type !== 'null',
    );

export const rule = defineRule({
  id: 'redundant-condition-value',
  category: 'quality',
  severity: 'hint',
  tag: 'unnecessary',
  when: ['value list'],
  *check(policy) {
    for (const test of listsIn(policy)) {
      for (const { value, by } of redundantIn(test)) {
        const equal = value.text === by.text;
        yield {
          at: value.node,
          // What is said of the wider value comes first: once that is mended, this one may be needed.
          ...(!equal && { about: by.node }),
          message: equal
            ? `"${value.text}" stands in this list already. Take it out.`
            : `"${by.text}" covers "${value.text}" as well, so this value changes nothing. Take out the one that is not meant.`,
          fixes: [
            ...fix('Remove this value', [{ kind: 'remove', node: value.node }], true),
            ...(equal ? [] : fix(`Remove ${by.text} instead`, [{ kind: 'remove', node: by.node }])),
          ],
          related: [{ at: by.node, message: 'It is covered here.' }],
        };
      }
    }
  },
});
