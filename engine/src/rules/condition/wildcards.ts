/** Wildcards where AWS asks for exact values, where they match too much, and pattern operators without any. */
import { conditionKeyNamed } from '../../catalog/catalog.ts';
import { moveTest, replaceValue } from '../../policy/amend.ts';
import { hasKnownValues, isVacuous, isWrittenOut, literalText } from '../../policy/condition.ts';
import { isUnknown } from '../../policy/known.ts';
import type { Policy, Test, TestValue } from '../../policy/policy.ts';
import { exactly } from '../../policy/template.ts';
import { variablesIn } from '../../policy/variable.ts';
import { hasWildcard } from '../../text/glob.ts';
import { placeholder } from '../../tree/change.ts';
import { defineRule, type Fix, fix } from '../rule.ts';

interface Found {
  readonly test: Test;
  readonly value: TestValue;
}

/** The values that positive operators of Allow statements compare with, as far as they are known. */
const allowedValues = ({ statements }: Policy): readonly Found[] =>
  statements
    .filter(({ effect }) => effect === 'Allow')
    .flatMap(({ tests }) => tests)
    .filter(({ operator }) => operator?.negated === false && operator.type !== 'null')
    .flatMap((test) => test.values.map((value) => ({ test, value })))
    .filter(({ value }) => !isUnknown(value.text));

/** Access Analyzer asks for as many letters before a wildcard. */
const ENOUGH = 6;

/** Keys that callers fill in by themselves, so that a pattern of a few letters is met by many of them. */
const chosen =
  /^(?:sts:(?:ExternalId|RoleSessionName|SourceIdentity)$|aws:(?:username$|(?:Principal|Request)Tag\/))/i;

export const rules = [
  defineRule({
    id: 'like-without-wildcard',
    category: 'quality',
    severity: 'hint',
    when: ['operator wildcards'],
    *check({ statements }) {
      for (const test of statements.flatMap(({ tests }) => tests)) {
        const { operator, operatorText, values } = test;
        // The operators of ARNs do the same, with Like in their names or without.
        if (operator?.type !== 'string' || !operator.wildcards || values.length === 0) continue;
        // AWS itself writes StringLike for the way in which a user of Cognito signed in.
        if (test.key.toLowerCase().endsWith(':amr')) continue;
        if (!hasKnownValues(test) || !values.every(({ text }) => isWrittenOut(text) && !hasWildcard(text)))
          continue;
        const exact = operatorText.replace('Like', 'Equals');
        yield {
          at: operatorMember(test),
          about: test.member.key,
          message: `No value of ${test.key} has a wildcard, so ${exact} says the same and stays exact when values are added. Use ${exact}.`,
          fixes: fix(`Use ${exact}`, moveTest(test, exact), true),
        };
      }
    },
  }),
  defineRule({
    id: 'wildcard-in-sensitive-key',
    category: 'condition',
    severity: 'error',
    supersedes: ['redundant-condition-value'],
    when: ['value wildcard', 'value variable'],
    *check(policy) {
      for (const { test, value } of allowedValues(policy)) {
        const { key, operator } = test;
        if (conditionKeyNamed(key)?.exact !== true || isVacuous(value.text)) continue;
        const wild = operator?.wildcards === true && hasWildcard(literalText(value.text));
        if (!wild && !usesKey(value.text)) continue;
        yield {
          at: value.node,
          // AWS warns of variables in general and uses some of them in its own examples.
          severity: wild ? 'error' : 'warning',
          message: `${key} tells accounts, organizations or networks apart, and a ${wild ? 'pattern' : 'variable'} lets in others than the one that is meant. Write the exact value.`,
          fixes: beExact(test, value, placeholder(nameOfValue(key))),
        };
      }
    },
  }),
  defineRule({
    id: 'userid-wildcard-too-broad',
    category: 'condition',
    severity: 'warning',
    supersedes: ['redundant-condition-value'],
    when: ['key aws:userid'],
    *check(policy) {
      for (const { test, value } of allowedValues(policy)) {
        const [id = '', ...session] = value.text.split(':');
        if (test.key.toLowerCase() !== 'aws:userid' || test.operator?.wildcards !== true) continue;
        if (!hasWildcard(id) || isVacuous(value.text)) continue;
        const pinned = [placeholder('UNIQUE_ID'), ...(session.length > 0 ? session : ['*'])].join(':');
        yield {
          at: value.node,
          message: `The wildcard stands in the id of the role, so sessions of other roles match as well, in any account. Write the whole id before the colon: AROAEXAMPLEID:*.`,
          fixes: fix('Name the id of the role', replaceValue(value.node, pinned)),
        };
      }
    },
  }),
  defineRule({
    id: 'short-wildcard-prefix',
    category: 'condition',
    severity: 'information',
    supersedes: ['redundant-condition-value'],
    when: ['value wildcard'],
    *check(policy) {
      for (const { test, value } of allowedValues(policy)) {
        const { text } = value;
        const at = text.search(/[*?]/);
        if (test.operator?.wildcards !== true || !chosen.test(test.key) || !isWrittenOut(text)) continue;
        if (at < 1 || at >= ENOUGH || (at < 2 && /^sts:externalid$/i.test(test.key))) continue;
        yield {
          at: value.node,
          message: `Only ${letters(at)} before the wildcard: many values of ${test.key} begin so. Access Analyzer asks for six at least; write more, or the exact value.`,
          fixes: beExact(test, value, exactly(text)),
        };
      }
    },
  }),
];

const operatorMember = ({ operatorMember: { key } }: Test) => key;

const letters = (count: number): string =>
  count === 1 ? 'one character stands' : `${String(count)} characters stand`;

/** Whether IAM fills something in; variables of other languages may stand for an exact value. */
const usesKey = (text: string): boolean =>
  variablesIn(text).some(({ name, fault }) => fault === undefined && conditionKeyNamed(name) !== undefined);

/** What a sensitive key holds. */
const nameOfValue = (key: string): string => {
  if (/account$/i.test(key)) return 'ACCOUNT_ID';
  if (/orgid$/i.test(key)) return 'ORGANIZATION_ID';
  return /vpce$/i.test(key) ? 'VPC_ENDPOINT_ID' : 'VPC_ID';
};

/** The exact operator, with a place to fill in where the pattern is not exact. */
function beExact(test: Test, { node }: TestValue, value: string): readonly Fix[] {
  const { operator, operatorText, values } = test;
  if (operator?.wildcards !== true || operator.type !== 'string')
    return fix('Write the exact value', replaceValue(node, value));
  return values.length > 1
    ? fix('Write the exact value', replaceValue(node, value))
    : fix('Write the exact value', moveTest(test, operatorText.replace('Like', 'Equals'), value));
}
