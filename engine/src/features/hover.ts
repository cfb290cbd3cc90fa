/** What stands at an offset, explained in two or three sentences with a link. */
import type { Span } from '../text/span.ts';
import { slice, touches } from '../text/span.ts';
import { splitOperator } from '../policy/condition.ts';
import type { Statement } from '../policy/policy.ts';
import { readPolicy } from '../policy/read.ts';
import { defaultSettings, type Settings } from '../settings.ts';
import type { Node } from '../tree/tree.ts';
import { keyText, memberAround, textOf } from '../tree/walk.ts';
import { type Document, type Region, regionAt } from './document.ts';
import { type ElementInfo, policyElements, principalTypes, statementElements } from './elements.gen.ts';
import { asMarkdown } from './explain/phrase.ts';
import { describeAction } from './hover/action.ts';
import { describeKey, isMfa } from './hover/condition.ts';
import { describeNames } from './hover/declared.ts';
import { callersHere, conditionsHere, explanationOf } from './hover/here.ts';
import { describePrincipal } from './hover/principal.ts';
import { describeRoleProperty } from './hover/role.ts';
import { mfaTable, truthTable } from './hover/truth.ts';
import { describeValue } from './hover/value.ts';
import { documented, paragraphs, prose } from './markdown.ts';
import { describeOperator } from './operator-text.ts';
import { type Place, placeAt, type PlaceKind } from './place.ts';

export interface Hover {
  readonly span: Span;
  readonly markdown: string;
}

/** Explains what a node of the place means; nothing where nothing is known of it. */
type Explainer<Kind extends PlaceKind> = (
  place: Place<Kind>,
  node: Node,
  settings: Settings,
) => string | undefined;

const explainers: { readonly [Kind in PlaceKind]: Explainer<Kind> } = {
  elementKey: ({ statement, region }, node) => {
    const element = explainElement(statement ? statementElements : policyElements, node);
    if (statement === undefined) return element;
    if (isLabel(node)) return withSentence(region, statement.node, element);
    return paragraphs(element, element && elementHere(region, statement, node)) || undefined;
  },
  version: (_, node) => explainWord(policyElements, 'Version', node),
  statement: () => undefined,
  sid: ({ region, statement }) => withSentence(region, statement.node),
  effect: ({ region, statement }, node) =>
    withSentence(region, statement.node, explainWord(statementElements, 'Effect', node)),
  principalType: (_, node) =>
    textOf(node) === '*' ? describePrincipal(node) : explainElement(principalTypes, node),
  principalValue: ({ type }, node, settings) => describePrincipal(node, type, settings),
  action: ({ statement }, node) => describeAction(node, statement),
  operator: ({ statement, region, keys, slot }, node) =>
    slot.kind === 'key'
      ? explainOperator(textOf(node) ?? '', keys, statement, region, slot.member?.span)
      : undefined,
  conditionKey: ({ statement, slot, region }, node) =>
    slot.kind === 'key'
      ? describeKey(textOf(node) ?? '', statement, conditionsHere(region, statement, slot.member?.span))
      : undefined,
  conditionValue: ({ operator, key, statement, region }, node, settings) =>
    paragraphs(
      conditionsHere(region, statement, memberAround(node)?.span),
      describeValue(operator, key, node, settings),
    ) || undefined,
};

const explain = <Kind extends PlaceKind>(
  place: Place<Kind>,
  node: Node,
  settings: Settings,
): string | undefined => explainers[place.kind](place, node, settings);

/** The explanation of what an offset is on. */
export function hoverAt(
  document: Document,
  offset: number,
  settings: Settings = defaultSettings,
): Hover | undefined {
  const place = placeAt(document, offset);
  const node = place?.node;
  if (place && node && touches(node.span, offset)) {
    const markdown = paragraphs(explain(place, node, settings), describeNames(document, node));
    if (markdown !== '') return { span: node.span, markdown };
  }
  const property = describeRoleProperty(document, offset);
  return property ? { span: property.key.span, markdown: property.markdown } : braceAt(document, offset);
}

/** What a statement says, where one of its braces stands. */
function braceAt(document: Document, offset: number): Hover | undefined {
  const region = regionAt(document, offset);
  if (region === undefined) return undefined;
  for (const { node } of readPolicy(region.node).statements) {
    const { start, end } = node.span;
    const braces = [
      { start, end: start + 1 },
      { start: end - 1, end },
    ];
    const span = braces.find((each) => touches(each, offset) && isBrace(slice(document.source.text, each)));
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
  const found = explanationOf(region, node);
  return found ? paragraphs(asMarkdown(found.sentence), more) : more;
}

/** What an element holds in its statement. */
function elementHere(region: Region, statement: Statement, node: Node): string | undefined {
  const name = textOf(node);
  if (name === 'Principal' || name === 'NotPrincipal') return callersHere(region, statement);
  return name === 'Condition' ? conditionsHere(region, statement) : undefined;
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

/** An operator, its cases, and those of the key that is most often tested by the wrong one. */
function explainOperator(
  text: string,
  keys: readonly string[],
  statement: Statement,
  region: Region,
  within: Span | undefined,
): string | undefined {
  const operator = splitOperator(text);
  const description = describeOperator(operator);
  if (description === undefined) return undefined;
  return paragraphs(
    `**${prose(text)}**`,
    within && conditionsHere(region, statement, within),
    truthTable(operator, statement),
    keys.some(isMfa) ? mfaTable() : undefined,
    description,
  );
}
