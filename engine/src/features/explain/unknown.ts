/** What is not known is spoken of by the expression that stands for it: "the value of var.account". */
import { isUnknown, unknownPart, unknownsIn, writtenText } from '../../policy/known.ts';
import type { Node } from '../../tree/tree.ts';
import { type Phrase, verbatim } from './phrase.ts';

/** A text with unknown parts, and what stands for each of these in the document. */
export interface Spoken {
  readonly text: string;
  readonly unknowns: readonly string[];
}

/** An expression without the marks that merely say that it is one. */
export function expressionName(source: string): string {
  const inner = source.startsWith('${') && source.endsWith('}') ? source.slice(2, -1) : source;
  return inner.split('\n').join(' ').trim() || 'an expression';
}

/** A text of the policy, or the expression that it is the value of. */
export function speak({ text, unknowns }: Spoken): Phrase {
  if (!isUnknown(text)) return [verbatim(text)];
  if (text === unknownPart) return valueOfExpression(unknowns[0] ?? '');
  return [verbatim(writtenText(text, unknowns))];
}

/** The value of an expression, in words. */
export const valueOfExpression = (source: string): Phrase => [
  'the value of ',
  verbatim(expressionName(source)),
];

/** The part of a text between two offsets, with those of the unknowns that are in it. */
export function within({ text, unknowns }: Spoken, start: number, end: number = text.length): Spoken {
  const before = text.slice(0, start).split(unknownPart).length - 1;
  return { text: text.slice(start, end), unknowns: unknowns.slice(before) };
}

/** The text of a node, as it was read, with its unknowns. */
export const spokenOf = (text: string, node: Node, place: 'principal' | 'value'): Spoken => ({
  text,
  unknowns: unknownsIn(node, place),
});
