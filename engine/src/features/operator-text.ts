/** What an operator with its prefix and suffix does, above all when a request lacks the key. */
import { operatorNamed } from '../catalog/catalog.ts';
import type { OperatorText } from '../policy/condition.ts';
import type { Quantifier } from '../policy/policy.ts';
import { documented, paragraphs, prose } from './markdown.ts';

const quantified: Readonly<Record<Quantifier, string>> = {
  ForAllValues:
    'ForAllValues: every value in the request has to pass. It also passes when the request has no value at all: in an Allow add a Null test of false.',
  ForAnyValue:
    'ForAnyValue: at least one value in the request has to pass, so a request without the key does not.',
};

/** Markdown for an operator that IAM has. */
export function describeOperator({ name, quantifier, ifExists }: OperatorText): string | undefined {
  const operator = operatorNamed(name);
  if (operator === undefined) return undefined;
  const extra = [
    ...(quantifier === undefined ? [] : [quantified[quantifier]]),
    ...(ifExists
      ? ['IfExists: a request without the key passes too. In an Allow that lets in whoever lacks it.']
      : []),
  ];
  if (extra.length === 0 && !operator.negated && operator.type !== 'null')
    extra.push('A request without the key does not match.');
  return paragraphs(...extra.map(prose), documented(operator.doc, operator.url));
}
