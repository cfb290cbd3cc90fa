/**
 * The parser of HCL that HashiCorp publishes, as the npm package @cdktf/hcl2json carries it: what it makes of a text, and
 * what our tree is in the same form. Attributes are values, blocks are lists below their labels, expressions are text in
 * `${…}`.
 */
import { parse } from '@cdktf/hcl2json';
import { bodyOf } from '../../engine/src/syntax/hcl-read.ts';
import { withoutHoles } from '../../engine/src/syntax/hcl-template.ts';
import type { Member, Node, ObjectNode, StringNode } from '../../engine/src/tree/tree.ts';
import type { JsonValue } from '../../engine/src/tree/walk.ts';

/** Why a text is refused, and where. */
export interface Refused {
  readonly why: string;
  readonly offset: number;
}

/** The published parser's reading of a text. */
export async function publishedReading(text: string): Promise<{ readonly value: JsonValue } | Refused> {
  try {
    return { value: normal(await parse('main.tf', text)) };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const [, line = '1', column = '1'] = /main\.tf:(\d+),(\d+)-/.exec(why) ?? [];
    const before = text.split('\n').slice(0, Number(line) - 1);
    const offset = before.reduce((sum, each) => sum + each.length + 1, Number(column) - 1);
    return { why: why.slice(0, 200), offset };
  }
}

/** The body of a file as the published parser would show it. */
export const ownReading = (root: ObjectNode, text: string): JsonValue => normal(bodyValue(root, text));

function bodyValue({ members }: ObjectNode, text: string): JsonValue {
  const body: Record<string, unknown> = {};
  for (const member of members)
    if (member.slot === undefined) addBlock(body, member, text);
    else body[textOfKey(member.key)] = assigned(member, text);
  return body as JsonValue;
}

function addBlock(holder: Record<string, unknown>, member: Member, text: string): void {
  const body = bodyOf(member);
  const name = textOfKey(member.key);
  if (body === undefined) return;
  if (member.value === body || member.value?.kind !== 'object')
    holder[name] = [...((holder[name] ?? []) as readonly unknown[]), bodyValue(body, text)];
  else {
    const inner = (holder[name] ?? {}) as Record<string, unknown>;
    holder[name] = inner;
    for (const label of member.value.members) addBlock(inner, label, text);
  }
}

/** Calls that our reader takes for the list or object that they make are expressions here. */
function assigned({ slot, value }: Member, text: string): JsonValue {
  const written = text.slice(slot?.start, slot?.end).trim();
  const isCall = value?.kind !== 'opaque' && value?.kind !== 'string' && /^[\w:]+\(/.test(written);
  return isCall ? `\${${written}}` : ownValue(value, text);
}

/** The value of an expression as the published parser would show it. */
export function ownValue(node: Node | undefined, text: string): JsonValue {
  switch (node?.kind) {
    case 'string':
      return textOfParts(node.parts);
    case 'number':
    case 'boolean':
      return node.value;
    case 'array':
      return node.items.map((item) => ownValue(item, text));
    case 'object':
      return Object.fromEntries(
        node.members.map((member) => [textOfKey(member.key), assigned(member, text)]),
      );
    case 'opaque': {
      if (/^-[\d.]+$/.test(node.text)) return Number(node.text);
      return node.text.startsWith('${') ? node.text : `\${${node.text}}`;
    }
    case 'null':
    case undefined:
      return null;
  }
}

const textOfParts = (parts: StringNode['parts']): string =>
  parts.map((part) => (typeof part === 'string' ? withoutHoles(part) : part.hole)).join('');

const textOfKey = ({ parts }: StringNode): string => nameOf(textOfParts(parts));

/** A name that is computed is shown in `${…}` or without it. */
const nameOf = (key: string): string =>
  normalText(key)
    .replace(/^\$\{(.*)\}$/, '$1')
    .replace(/^\(([^()]*)\)$/, '$1');

/** Values in which white space, marks that strip it and parentheses around an expression do not count. */
export function normal(value: JsonValue): JsonValue {
  if (typeof value === 'string') return normalText(value);
  if (Array.isArray(value)) return value.map((item: JsonValue) => normal(item));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, item]) => [nameOf(key), normal(item)] as const);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

const normalText = (text: string): string =>
  text
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/([$%]\{)~? ?/g, '$1')
    .replace(/ ?~?\}/g, '}')
    .replace(/^\$\{\( ?([^()]*?) ?\)\}$/, '${$1}');
