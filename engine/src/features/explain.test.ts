/** Explanations as data, and that nothing a policy says becomes more than text. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readDocument } from '../index.ts';
import { type JsonValue } from '../tree/walk.ts';
import { copiesOf } from './copies.ts';
import { explainDocument, explanationMarkdown, explanationText, plainText } from './explain.ts';
import { lensesOf } from './lenses.ts';

const read = (value: JsonValue | string, languageId = 'json'): ReturnType<typeof readDocument> =>
  readDocument({
    uri: `file:///trust-policy.${languageId === 'json' ? 'json' : 'tf'}`,
    languageId,
    text: typeof value === 'string' ? value : JSON.stringify(value),
  });

const policy = (...statements: JsonValue[]): JsonValue => ({ Version: '2012-10-17', Statement: statements });
const allow = (more: Readonly<Record<string, JsonValue>>): JsonValue => ({
  Effect: 'Allow',
  Principal: { AWS: '111122223333' },
  Action: 'sts:AssumeRole',
  ...more,
});

const only = <T>(items: readonly T[]): T => {
  const [item, ...others] = items;
  if (item === undefined || others.length > 0) throw new Error(`There are ${items.length}.`);
  return item;
};

describe('the explanation of a statement', () => {
  it('has what it says as data', () => {
    const condition = {
      StringEqualsIfExists: { 'sts:ExternalId': ['a', 'b'] },
      Null: { 'aws:username': 'false' },
    };
    const { statements, callers } = only(
      explainDocument(read(policy(allow({ Condition: condition, Sid: 'S' })))),
    );
    const { conditions, ...statement } = only(statements);
    expect(statement).toMatchObject({
      index: 0,
      sid: 'S',
      effect: 'allow',
      excludes: false,
      actions: ['sts:AssumeRole'],
    });
    expect(conditions).toMatchObject([
      {
        key: 'sts:ExternalId',
        operator: 'StringEqualsIfExists',
        values: ['a', 'b'],
        ifAbsent: true,
        known: true,
      },
      { key: 'aws:username', operator: 'Null', values: ['false'], ifAbsent: false, known: true },
    ]);
    expect(callers).toEqual([{ kind: 'account', names: ['111122223333'] }]);
  });

  it.each([
    ['StringEquals', 'a', false],
    ['StringNotEquals', 'a', true],
    ['StringEqualsIfExists', 'a', true],
    ['ForAllValues:StringEquals', 'a', true],
    ['ForAnyValue:StringEquals', 'a', false],
    ['ForAnyValue:StringNotEquals', 'a', false],
    ['ForAnyValue:StringEqualsIfExists', 'a', false],
    ['ForAllValues:Null', 'true', true],
    ['Null', 'true', true],
    ['Null', 'false', false],
  ])('says of %s %s whether it holds without the key', (operator, value, ifAbsent) => {
    const condition = { [operator]: { 'aws:TagKeys': value } };
    const { statements } = only(explainDocument(read(policy(allow({ Condition: condition })))));
    const clause = only(only(statements).conditions);
    expect(clause.ifAbsent).toBe(ifAbsent);
    if (!operator.endsWith('Null'))
      expect(plainText(clause.phrase).includes(', or the request ')).toBe(ifAbsent);
  });

  it('names unknown values by their expressions', () => {
    const text = `resource "aws_iam_role" "r" {
  assume_role_policy = jsonencode({ Statement = [{
    Effect = "Allow", Action = "sts:AssumeRole", Principal = { AWS = "111122223333" },
    Condition = { StringEquals = { "sts:ExternalId" = [var.id, "x-\${local.y}"] } }
  }] })
}`;
    const explanation = only(explainDocument(read(text, 'terraform')));
    expect(only(explanation.statements).conditions).toMatchObject([
      { key: 'sts:ExternalId', values: ['x-${local.y}'], known: false },
    ]);
    expect(explanationText(explanation)).toContain('is x-${local.y} or the value of var.id');
  });
});

describe('a policy that tries to be more than text', () => {
  const hostile = fc.oneof(
    fc.constantFrom(
      '[x](command:evil)',
      '![x](http://evil)',
      '<img src=x>',
      '`',
      '``` \n# x',
      '**b**',
      '\u001B[31m',
      '\u202E',
    ),
    fc.string({ maxLength: 30 }),
  );

  it('is shown as code only', () => {
    fc.assert(
      fc.property(hostile, hostile, hostile, (sid, principal, value) => {
        const document = read(
          policy(
            allow({
              Sid: sid,
              Principal: { AWS: [principal, '*'] },
              Condition: { StringLike: { [value]: value } },
            }),
          ),
        );
        const explanation = only(explainDocument(document));
        const outside = withoutCode(explanationMarkdown(explanation));
        expect(outside).not.toMatch(/[[\]<>]|^#/m);
        expect(explanationText(explanation).split('\n').length).toBeLessThan(12);
        for (const { title } of lensesOf(document)) expect(title).not.toMatch(/\n/);
      }),
      { numRuns: 300 },
    );
  });
});

/** Markdown without its code, which begins and ends with as many backticks as no code has in it. */
const withoutCode = (markdown: string): string => markdown.split('\n').map(proseOf).join('\n');

function proseOf(line: string): string {
  const [first = '', ...rest] = line.split(/(`+)/);
  let text = first;
  for (let at = 0; at < rest.length; at += 2) {
    const end = rest.findIndex((fence, index) => index > at && index % 2 === 0 && fence === rest[at]);
    if (end > 0) at = end;
    text += rest[at + 1] ?? '';
  }
  return text;
}

describe('copies', () => {
  const labels = (value: JsonValue | string, languageId?: string): readonly string[] =>
    copiesOf(only(read(value, languageId).regions)).map(({ label }) => label);

  it('are of what is known', () => {
    expect(labels(policy(allow({})))).toEqual([
      'Explanation as text',
      'Explanation as Markdown',
      'Trust policy as JSON',
      'Policy that a caller needs',
    ]);
    expect(labels(policy(allow({ Principal: { Service: 'ec2.amazonaws.com' } })))).not.toContain(
      'Policy that a caller needs',
    );
    const text =
      'resource "aws_iam_role" "r" {\n  assume_role_policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { AWS = var.x } }] })\n}';
    expect(labels(text, 'terraform')).toEqual(['Explanation as text', 'Explanation as Markdown']);
  });

  it('give a caller what the trust policy permits', () => {
    const statement = allow({
      Principal: { AWS: 'arn:aws-cn:iam::111122223333:root' },
      Action: ['sts:AssumeRole', 'sts:TagSession'],
    });
    const copies = copiesOf(only(read(policy(statement)).regions));
    expect(
      JSON.parse(copies.find(({ label }) => label === 'Policy that a caller needs')?.text ?? ''),
    ).toEqual({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Action: ['sts:AssumeRole', 'sts:TagSession'],
          Resource: 'arn:aws-cn:iam::ACCOUNT_ID:role/ROLE_NAME',
        },
      ],
    });
  });
});
