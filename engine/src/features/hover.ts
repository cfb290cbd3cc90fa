/** What stands at an offset, explained in two or three sentences with a link. */
import type { Span } from '../text/span.ts';
import { touches } from '../text/span.ts';
import { stsActionNamed, trustActionsMatching } from '../catalog/catalog.ts';
import { splitOperator } from '../policy/condition.ts';
import type { Node } from '../tree/tree.ts';
import { keyText, textOf } from '../tree/walk.ts';
import type { Document } from './document.ts';
import { type ElementInfo, policyElements, principalTypes, statementElements } from './elements.gen.ts';
import { describeKey, describeValue } from './hover/condition.ts';
import { describePrincipal } from './hover/principal.ts';
import { code, documented, paragraphs, prose } from './markdown.ts';
import { describeOperator } from './operator-text.ts';
import { type Place, placeAt, type PlaceKind } from './place.ts';

export interface Hover {
  readonly span: Span;
  readonly markdown: string;
}

/** Explains what a node of the place means; nothing where nothing is known of it. */
type Explainer<Kind extends PlaceKind> = (place: Place<Kind>, node: Node) => string | undefined;

const explainers: { readonly [Kind in PlaceKind]: Explainer<Kind> } = {
  elementKey: ({ statement }, node) => explainElement(statement ? statementElements : policyElements, node),
  version: (_, node) => explainWord(policyElements, 'Version', node),
  statement: () => undefined,
  sid: () => undefined,
  effect: (_, node) => explainWord(statementElements, 'Effect', node),
  principalType: (_, node) =>
    textOf(node) === '*' ? describePrincipal(node) : explainElement(principalTypes, node),
  principalValue: ({ type }, node) => describePrincipal(node, type),
  action: (_, node) => explainAction(node),
  operator: (_, node) => explainOperator(textOf(node) ?? ''),
  conditionKey: ({ statement, slot }, node) =>
    slot.kind === 'key' ? describeKey(textOf(node) ?? '', statement) : undefined,
  conditionValue: ({ operator, key }, node) => describeValue(operator, key, node),
};

const explain = <Kind extends PlaceKind>(place: Place<Kind>, node: Node): string | undefined =>
  explainers[place.kind](place, node);

/** The explanation of what an offset is on. */
export function hoverAt(document: Document, offset: number): Hover | undefined {
  const place = placeAt(document, offset);
  const node = place?.node;
  if (place === undefined || node === undefined || !touches(node.span, offset)) return undefined;
  const markdown = explain(place, node);
  return markdown === undefined ? undefined : { span: node.span, markdown };
}

function explainElement(elements: readonly ElementInfo[], node: Node): string | undefined {
  const name = node.kind === 'string' ? keyText(node) : undefined;
  const info = elements.find((element) => element.name === name);
  return info && paragraphs(`**${info.name}**`, documented(info.doc, info.url));
}

function explainWord(elements: readonly ElementInfo[], name: string, node: Node): string | undefined {
  const info = elements.find((element) => element.name === name);
  const word = info?.values?.find(({ value }) => value === textOf(node));
  return info && word && paragraphs(`**${word.value}**`, documented(word.doc, info.url));
}

function explainOperator(text: string): string | undefined {
  const description = describeOperator(splitOperator(text));
  return description && paragraphs(`**${prose(text)}**`, description);
}

function explainAction(node: Node): string | undefined {
  const pattern = textOf(node);
  if (pattern === undefined) return undefined;
  const action = stsActionNamed(pattern);
  if (action) return paragraphs(`**${action.id}**`, documented(action.doc, action.url));
  const matches = trustActionsMatching(pattern);
  if (matches.length === 0) return undefined;
  const lines = matches.map(({ id, doc }) => `- ${prose(id)}: ${prose(doc)}`);
  return paragraphs(`${code(pattern)} stands for these actions:`, lines.join('\n'));
}
