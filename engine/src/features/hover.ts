/** What stands at an offset, explained in two or three sentences with a link. */
import type { Span } from '../text/span.ts';
import { slice, touches } from '../text/span.ts';
import { stsActionNamed, trustActionsMatching } from '../catalog/catalog.ts';
import { splitOperator } from '../policy/condition.ts';
import { readPolicy } from '../policy/read.ts';
import type { Node } from '../tree/tree.ts';
import { keyText, textOf } from '../tree/walk.ts';
import type { Document, Region } from './document.ts';
import { type ElementInfo, policyElements, principalTypes, statementElements } from './elements.gen.ts';
import { asMarkdown } from './explain/phrase.ts';
import { explainStatements } from './explain/statement.ts';
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
  elementKey: ({ statement, region }, node) => {
    const element = explainElement(statement ? statementElements : policyElements, node);
    return statement && isLabel(node) ? withSentence(region, statement.node, element) : element;
  },
  version: (_, node) => explainWord(policyElements, 'Version', node),
  statement: () => undefined,
  sid: ({ region, statement }) => withSentence(region, statement.node),
  effect: ({ region, statement }, node) =>
    withSentence(region, statement.node, explainWord(statementElements, 'Effect', node)),
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
  if (place === undefined || node === undefined || !touches(node.span, offset))
    return braceAt(document, offset);
  const markdown = explain(place, node);
  return markdown === undefined ? braceAt(document, offset) : { span: node.span, markdown };
}

/** What a statement says, where one of its braces stands. */
function braceAt({ source, regions }: Document, offset: number): Hover | undefined {
  const region = regions.find(({ node }) => touches(node.span, offset));
  if (region === undefined) return undefined;
  for (const { node } of readPolicy(region.node).statements) {
    const { start, end } = node.span;
    const braces = [
      { start, end: start + 1 },
      { start: end - 1, end },
    ];
    const span = braces.find((each) => touches(each, offset) && isBrace(slice(source.text, each)));
    const markdown = withSentence(region, node);
    if (span && markdown !== undefined) return { span, markdown };
  }
  return undefined;
}

const isBrace = (text: string): boolean => text === '{' || text === '}';

/** The elements by which a statement is looked at as a whole. */
const isLabel = (node: Node): boolean =>
  node.kind === 'string' && (node.value === 'Sid' || node.value === 'Effect');

/** What the statement of a node says, and what else there is to say. */
function withSentence(region: Region, node: Node, more?: string): string | undefined {
  const found = explainStatements(readPolicy(region.node)).find(({ span }) => span === node.span);
  return found ? paragraphs(asMarkdown(found.sentence), more) : more;
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
