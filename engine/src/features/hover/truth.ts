/** What becomes of a statement under an operator, case by case, above all when a request lacks the key. */
import { operatorNamed } from '../../catalog/catalog.ts';
import type { OperatorText } from '../../policy/condition.ts';
import { holdsForNothing } from '../../policy/demand.ts';
import type { Quantifier, Statement } from '../../policy/policy.ts';
import { paragraphs } from '../markdown.ts';

type Row = readonly [request: string, holds: boolean];

/** Markdown for a table of the cases of an operator that compares; for `Null` both values are cases. */
export function truthTable(operator: OperatorText, { effect }: Statement): string | undefined {
  const known = operatorNamed(operator.name);
  if (known === undefined) return undefined;
  if (known.type === 'null')
    return table(
      ['Request', '`true`', '`false`'],
      [
        ['without the key', 'holds', 'does not hold'],
        ['with the key', 'does not hold', 'holds'],
      ],
    );
  const rows = rowsFor(operator, known.negated);
  return table(
    ['Request', 'Condition', ...(effect === undefined ? [] : [effect])],
    rows.map(([request, holds]) => [
      request,
      holds ? 'holds' : 'does not hold',
      ...(effect === undefined ? [] : [holds ? '**applies**' : 'does not apply']),
    ]),
  );
}

function rowsFor(operator: OperatorText, negated: boolean): readonly Row[] {
  const absent = ['without the key', holdsForNothing(operator, negated)] as const;
  const { quantifier } = operator;
  return [absent, ...(quantifier === undefined ? single(negated) : several(quantifier, negated))];
}

const single = (negated: boolean): readonly Row[] => [
  ['with a value that is listed', !negated],
  ['with another value', negated],
];

const several = (quantifier: Quantifier, negated: boolean): readonly Row[] => [
  ['all its values are listed', !negated],
  ['some are, some are not', quantifier === 'ForAnyValue'],
  ['none of its values is listed', negated],
];

/** What `aws:MultiFactorAuthPresent` does in the four forms that people write. */
export const mfaTable = (): string =>
  paragraphs(
    'Access keys of users and calls of services carry no such key at all:',
    table(
      ['', 'with MFA', 'without', 'no key'],
      [
        ['Allow, `Bool` `true`', '**lets in**', 'no effect', 'no effect'],
        ['Allow, `BoolIfExists` `true`', '**lets in**', 'no effect', '**lets in**'],
        ['Deny, `Bool` `false`', 'no effect', '**keeps out**', 'no effect'],
        ['Deny, `BoolIfExists` `false`', 'no effect', '**keeps out**', '**keeps out**'],
      ],
    ),
  );

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n');
