/**
 * Intrinsic functions of CloudFormation, long (`Fn::Sub`) and short (`!Sub`, which YAML reads as an object with that
 * key): what they compute is not known here. `Sub` and `Join` are texts whose literal parts are known; everything else
 * may be anything. https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html
 * Pulumi's functions (`fn::join`) are called alike. https://www.pulumi.com/docs/iac/languages-sdks/yaml/yaml-language-reference/
 */
import { templateTextPieces } from '../syntax/hcl-template.ts';
import type { Piece } from '../text/segments.ts';
import { slice } from '../text/span.ts';
import { type MemberParts, objectOf, rebuild } from '../tree/build.ts';
import type { Choice, Hole, Member, Node, ObjectNode, StringNode } from '../tree/tree.ts';
import { textOf, valueOf } from '../tree/walk.ts';
import { arnFrom, type Providers } from './providers.ts';

/** The call of a function: its name without prefix, and what it is given. */
export interface Call {
  readonly name: string;
  readonly argument?: Node;
}

/** The one function call that an object is, if it is one. */
export function callIn(node: Node): Call | undefined {
  const member = node.kind === 'object' && node.members.length === 1 ? node.members[0] : undefined;
  const name = member && functionName(member);
  return name === undefined ? undefined : { name, ...(member?.value && { argument: member.value }) };
}

function functionName({ key }: Member): string | undefined {
  const text = key.value ?? '';
  if (text === 'Ref') return text;
  if (text.startsWith('Fn::') || text.startsWith('fn::')) return text.slice('Fn::'.length);
  return text.startsWith('!') ? text.slice(1) : undefined;
}

/** What the text around calls tells of them. */
export interface Surroundings {
  readonly text: string;
  readonly providers: Providers;
  /** The mappings of the template. */
  readonly mappings?: Node;
  /** Every text is a template of Pulumi: `${name}` is computed, `$${` is the text `${`. */
  readonly isInterpolated?: true;
}

/** A copy of a tree in which calls are holes, or texts with holes. */
export function withoutCalls(root: Node, around: Surroundings): Node {
  return rebuild(root, {
    span: (span) => span,
    replace: (copy, original) => resolved(copy, original, around),
  });
}

function resolved(node: Node, original: Node, around: Surroundings): Node {
  const { text, providers } = around;
  if (node.kind === 'string')
    return node.value === undefined ? resolvedKey(node) : interpolated(node, around);
  if (node.kind !== 'object') return node;
  const call = callIn(node);
  if (call === undefined) return withUnknownMembers(node);
  const arn = arnFrom(call.name, call.argument, providers);
  if (arn) return { ...textNode(node, node, arn), followed: true };
  const mapped = call.name === 'FindInMap' ? mappedTo(call.argument, around.mappings) : undefined;
  if (mapped)
    return rebuild(mapped, { span: () => node.span, replace: (copy) => ({ ...copy, followed: true }) });
  const parts = call.argument && partsOf(call.name, call.argument);
  if (parts === undefined) {
    const choice = call.name === 'If' ? choiceOf(call.argument, callIn(original)?.argument) : undefined;
    const unknown = { kind: 'opaque', span: node.span, complete: node.complete } as const;
    return { ...unknown, text: slice(text, node.span), ...(choice && { choice }) };
  }
  return textNode(node, call.argument ?? node, parts);
}

/**
 * The choice that `If` makes; `AWS::NoValue` is no value at all.
 * @param argument as it is once calls in it are resolved
 * @param original as it is written
 */
function choiceOf(argument: Node | undefined, original: Node | undefined): Choice | undefined {
  if (argument?.kind !== 'array' || original?.kind !== 'array' || argument.items.length !== 3)
    return undefined;
  const [condition, ...sides] = argument.items;
  const isNone = (node: Node | undefined): boolean => {
    const call = node && callIn(node);
    return call?.name === 'Ref' && textOf(call.argument) === 'AWS::NoValue';
  };
  const name = textOf(condition);
  return name === undefined
    ? undefined
    : {
        condition: name,
        sides: sides.map((side, index) => (isNone(original.items[index + 1]) ? undefined : side)),
      };
}

/** The value in a mapping, which cannot be set from outside; nothing where a key is computed. */
const mappedTo = (keys: Node | undefined, mappings: Node | undefined): Node | undefined =>
  keys?.kind === 'array' && keys.items.length === 3
    ? keys.items.reduce<Node | undefined>((value, key) => valueOf(value, textOf(key) ?? ''), mappings)
    : undefined;

/** A text as it is once names in it are replaced, where that is done to all texts. */
function interpolated(node: StringNode, { isInterpolated }: Surroundings): StringNode {
  if (!isInterpolated || node.value?.includes('${') !== true) return node;
  return textNode(node, node, substituted(node.value, undefined, templateTextPieces));
}

function textNode(node: Node, argument: Node, parts: StringNode['parts']): StringNode {
  const first = argument.kind === 'array' ? (argument.items[0] ?? argument) : argument;
  const content = first.kind === 'string' ? first.content : first.span;
  const known = parts.filter((part) => typeof part === 'string');
  const value = known.length === parts.length ? { value: known.join('') } : {};
  return { kind: 'string', span: node.span, complete: node.complete, content, parts, ...value };
}

/** The parts of a text that a function puts together; nothing where the result may be no text at all. */
function partsOf(name: string, argument: Node): StringNode['parts'] | undefined {
  if (name === 'Join') return joined(argument);
  if (name !== 'Sub') return undefined;
  const [template, given] = argument.kind === 'array' ? argument.items : [argument];
  return template?.kind === 'string' ? template.parts.flatMap((part) => substituted(part, given)) : undefined;
}

/** @param given the texts for names of the template, where it comes with some */
function substituted(part: string | Hole, given?: Node, piecesOf = subPieces): StringNode['parts'] {
  if (typeof part !== 'string') return [part];
  const parts: (string | Hole)[] = [];
  let known = '';
  for (const piece of piecesOf(part)) {
    const hole = slice(part, piece.raw);
    const text = piece.kind === 'hole' ? textOf(valueOf(given, hole.slice(2, -1).trim())) : undefined;
    if (piece.kind !== 'hole') known += piece.kind === 'escape' ? piece.text : hole;
    else if (text !== undefined) known += text;
    else {
      if (known !== '') parts.push(known);
      known = '';
      parts.push({ hole });
    }
  }
  return known === '' && parts.length > 0 ? parts : [...parts, known];
}

/** The pieces of a text under `Sub`: `${Name}` is computed, `${!Name}` is the text `${Name}`. */
export function* subPieces(text: string): Iterable<Piece> {
  let from = 0;
  for (let at = text.indexOf('${'); at >= 0; at = text.indexOf('${', from)) {
    const close = text.indexOf('}', at);
    if (close < 0) break;
    if (at > from) yield { kind: 'same', raw: { start: from, end: at } };
    const literal = text[at + 2] === '!';
    from = literal ? at + 3 : close + 1;
    const raw = { start: at, end: from };
    yield literal ? { kind: 'escape', raw, text: '${' } : { kind: 'hole', raw };
  }
  if (from < text.length) yield { kind: 'same', raw: { start: from, end: text.length } };
}

/** `Join` with a known delimiter; an item that is not known may only be a text. */
function joined(argument: Node): StringNode['parts'] | undefined {
  if (argument.kind !== 'array') return undefined;
  const [delimiter, list] = argument.items;
  if (delimiter?.kind !== 'string' || delimiter.value === undefined || list?.kind !== 'array')
    return undefined;
  const parts: (string | Hole)[] = [];
  for (const [index, item] of list.items.entries()) {
    if (index > 0 && delimiter.value !== '') parts.push(delimiter.value);
    if (item.kind === 'string') parts.push(...item.parts);
    else parts.push({ hole: item.kind === 'opaque' ? item.text : '' });
  }
  return parts;
}

/** A YAML key that is computed: `? !Sub "${Issuer}:sub"`. */
function resolvedKey(key: StringNode): StringNode {
  const [part] = key.parts;
  const call = typeof part === 'object' ? part.hole : '';
  if (!call.startsWith('!Sub ')) return key;
  const template = call.slice('!Sub '.length).trim();
  const quoted = template.startsWith('"') || template.startsWith("'");
  const parts = substituted(quoted ? template.slice(1, -1) : template);
  return { ...key, parts };
}

/** `Fn::Transform` and `Fn::ForEach` beside other members bring in members that are not seen here. */
function withUnknownMembers(node: ObjectNode): ObjectNode {
  if (!node.members.some(({ key }) => key.value?.startsWith('Fn::'))) return node;
  const parts = node.members.map(({ key, value, span, slot }): MemberParts => {
    const { value: name = '', ...rest } = key;
    const unknown = name.startsWith('Fn::') ? { ...rest, parts: [{ hole: name }] } : key;
    return { key: unknown, span, ...(value && { value }), ...(slot && { slot }) };
  });
  return objectOf(node.span, node.complete, parts);
}
