/** Operators that compare another type of values than the key has. */
import { conditionKeyNamed, operatorNamed, type Operator, type ValueType } from '../../catalog/catalog.ts';
import { moveTest } from '../../policy/amend.ts';
import { hasKnownValues, literalText } from '../../policy/condition.ts';
import { typeMissed } from '../../policy/type-fit.ts';
import { parseArn } from '../../policy/arn.ts';
import { ipRange } from '../../policy/ip-range.ts';
import { momentOf } from '../../policy/moment.ts';
import type { Test } from '../../policy/policy.ts';
import { hasWildcard } from '../../text/glob.ts';
import { claimTest } from '../../policy/oidc.ts';
import { defineRule, type Fix, fix } from '../rule.ts';

const typeNames: Readonly<Record<ValueType, string>> = {
  arn: 'an ARN',
  binary: 'binary data',
  bool: 'true or false',
  date: 'a date',
  ip: 'an IP address',
  numeric: 'a number',
  string: 'text',
};

/** Whether a value can be compared as a type. */
function isOfType(type: ValueType, text: string): boolean {
  switch (type) {
    case 'arn':
      return parseArn(text) !== undefined;
    case 'bool':
      return /^(?:true|false)$/i.test(text);
    case 'date':
      return momentOf(text) !== undefined;
    case 'ip':
      return ipRange(text) !== undefined;
    case 'numeric':
      return /^-?\d+(?:\.\d+)?$/.test(text);
    case 'string':
    case 'binary':
      return true;
  }
}

const operatorNames: Readonly<Record<ValueType, readonly [positive: string, negated: string]>> = {
  arn: ['ArnLike', 'ArnNotLike'],
  binary: ['BinaryEquals', ''],
  bool: ['Bool', ''],
  date: ['DateEquals', 'DateNotEquals'],
  ip: ['IpAddress', 'NotIpAddress'],
  numeric: ['NumericEquals', 'NumericNotEquals'],
  string: ['StringEquals', 'StringNotEquals'],
};

/** The operator that asks the same of values of another type. */
function operatorFor(type: ValueType, { id, negated }: Operator, pattern: boolean): Operator | undefined {
  const ordered = /^(?:Numeric|Date)((?:Greater|Less)Than(?:Equals)?)$/.exec(id)?.[1];
  if (ordered !== undefined)
    return operatorNamed(`${type === 'date' ? 'Date' : type === 'numeric' ? 'Numeric' : ''}${ordered}`);
  const name = operatorNames[type][negated ? 1 : 0];
  return operatorNamed(type === 'string' && pattern ? name.replace('Equals', 'Like') : name);
}

/** Another operator with the prefix and suffix of the present one. */
function useOperator(test: Test, type: ValueType): readonly Fix[] {
  const { operator, operatorText, quantifier, values, key } = test;
  if (operator === undefined || !hasKnownValues(test)) return [];
  const fits = conditionKeyNamed(key)?.pattern;
  const pattern = new RegExp(type === 'string' && fits !== undefined ? fits : '');
  if (!values.every(({ text }) => isOfType(type, text) && pattern.test(text))) return [];
  const other = operatorFor(
    type,
    operator,
    operator.wildcards && values.some(({ text }) => hasWildcard(text)),
  );
  if (other === undefined || (quantifier !== undefined && !other.quantifiers)) return [];
  const text = operatorText.replace(operator.id, other.id);
  return fix(`Use ${text}`, moveTest(test, text));
}

/** Whether text of the two words is compared, which works although it is not the way. */
const isPlainBoolean = ({ operator, values }: Test, type: ValueType): boolean =>
  type === 'bool' && operator?.type === 'string' && values.every(({ text }) => isOfType('bool', text));

/** Whether a wildcard stands before the part of an ARN behind the last colon, where text may run across fields. */
const canRunAcross = (text: string): boolean => {
  const arn = parseArn(literalText(text));
  return arn === undefined || hasWildcard(text.slice(0, text.lastIndexOf(arn.resource)));
};

export const rules = [
  defineRule({
    id: 'type-mismatch-operator',
    category: 'condition',
    severity: 'warning',
    *check({ statements }) {
      for (const test of statements.flatMap(({ tests }) => tests)) {
        const type = typeMissed(test);
        const { key, operator, operatorMember, operatorText } = test;
        if (type === undefined || operator === undefined) continue;
        // Claims have the type that AWS gives them; only numbers among them are told from text.
        if (type === 'string' && claimTest(test)) continue;
        const other = operatorFor(type, operator, false)?.id ?? operatorNames[type][0];
        const plain = isPlainBoolean(test, type);
        yield {
          at: operatorMember.key,
          about: test.member.key,
          severity: plain ? 'information' : 'warning',
          message: plain
            ? `${key} is ${typeNames[type]}, and ${operatorText} compares it letter by letter. Use Bool, which does not mind the case.`
            : `${key} is ${typeNames[type]}, and ${operatorText} does not compare that as it is meant. Use an operator such as ${other}.`,
          fixes: useOperator(test, type),
        };
      }
    },
  }),
  defineRule({
    id: 'string-like-on-arn-key',
    category: 'condition',
    severity: 'warning',
    supersedes: ['like-without-wildcard'],
    when: ['operator wildcards'],
    *check({ statements }) {
      for (const test of statements.flatMap(({ tests }) => tests)) {
        const { key, operator, operatorMember, operatorText, values } = test;
        const known = conditionKeyNamed(key);
        if (operator?.type !== 'string' || !operator.wildcards || known?.type !== 'arn') continue;
        const arnText = operatorText.replace('String', 'Arn');
        const across = values.some(({ text }) => canRunAcross(text));
        yield {
          at: operatorMember.key,
          about: test.member.key,
          severity: across ? 'warning' : 'information',
          message: across
            ? `${operatorText} takes the ARN for plain text, in which * runs across the colons, so ARNs of other kinds match too. Use ${arnText}.`
            : `${key} is an ARN, and ${operatorText} takes it for plain text. ${arnText} compares its parts one by one.`,
          fixes: values.every(({ text }) => isOfType('arn', literalText(text)) || text === '*')
            ? fix(`Use ${arnText}`, moveTest(test, arnText))
            : [],
        };
      }
    },
  }),
];
