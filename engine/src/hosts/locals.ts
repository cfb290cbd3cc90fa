/**
 * Local values of Terraform, followed to where they are used in a policy. A local value cannot be set from outside, so
 * what is written for it is what it is. https://developer.hashicorp.com/terraform/language/values/locals
 */
import type { Span } from '../text/span.ts';
import { arrayOf, type MemberParts, objectOf, rebuild } from '../tree/build.ts';
import type { Hole, Member, Node, ObjectNode, StringNode } from '../tree/tree.ts';

/** The value of a local value by its name, as far as it is written in the file. */
export type LocalValue = (name: string) => Node | undefined;

/** How far names are followed: locals may stand for each other, also in a circle. */
export const farthest = 5;

const prefix = 'local.';

/** What goes on behind a name: a path into its value, or another part of an expression. */
const signsBehindNames = '.[ (?\n';

/** An expression without the `${` and `}` of older files, and of templates. */
export const bare = (text: string): string => (text.startsWith('${') ? text.slice(2, -1).trim() : text);

/** The name in `local.NAME`; nothing in any other expression. */
export function localName(expression: string): string | undefined {
  const text = bare(expression);
  const name = text.startsWith(prefix) ? text.slice(prefix.length) : '';
  const isPath = Array.from(name).some((sign) => signsBehindNames.includes(sign));
  return name === '' || isPath ? undefined : name;
}

/** A copy of a tree in which names of local values are what these are, as far as that is written. */
export function withLocals(root: ObjectNode, valueOf: LocalValue): ObjectNode {
  const copy = rebuild(root, { span: (span) => span, replace: (node) => followed(node, valueOf, 0) });
  return copy.kind === 'object' ? copy : root;
}

function followed(node: Node, valueOf: LocalValue, depth: number): Node {
  switch (node.kind) {
    case 'string':
      return withKnownParts(node, valueOf, depth);
    case 'opaque': {
      const value = valueHere(node.text, node.span, valueOf, depth) ?? node;
      return node.spread ? { ...value, spread: true } : value;
    }
    case 'array':
      return node.items.some(isSpread) ? arrayOf(node.span, false, node.items.flatMap(spreadItems)) : node;
    case 'object':
      return node.members.some(({ value }) => isSpread(value))
        ? objectOf(node.span, false, node.members.flatMap(spreadMembers))
        : node;
    default:
      return node;
  }
}

/** Whether a value that was followed stands for its items or members. */
const isSpread = (node: Node | undefined): boolean => node?.spread === true && node.kind !== 'opaque';

const spreadItems = (item: Node): readonly Node[] =>
  isSpread(item) && item.kind === 'array' ? item.items : [item];

const spreadMembers = (member: Member): readonly MemberParts[] =>
  isSpread(member.value) && member.value?.kind === 'object' ? member.value.members : [member];

/** The value of a name, standing where the name stands. */
function valueHere(text: string, span: Span, valueOf: LocalValue, depth: number): Node | undefined {
  const name = localName(text);
  const value = name === undefined || depth >= farthest ? undefined : valueOf(name);
  if (value === undefined) return undefined;
  if (value.kind === 'opaque') return valueHere(value.text, span, valueOf, depth + 1);
  return rebuild(value, {
    span: () => span,
    replace: (copy) => ({ ...followed(copy, valueOf, depth + 1), followed: true }),
  });
}

/** A string in which the names of local values that are text are that text. */
function withKnownParts(node: StringNode, valueOf: LocalValue, depth: number): StringNode {
  if (node.value !== undefined) return node;
  const parts = node.parts.flatMap((part) => partsFor(part, node, valueOf, depth));
  if (parts.every((part, index) => part === node.parts[index])) return node;
  const joined = parts.reduce<readonly (string | Hole)[]>(withPart, []);
  const [only, more] = joined;
  const value = more === undefined && typeof only === 'string' ? { value: only } : {};
  return { ...node, parts: joined, ...value, followed: true };
}

function partsFor(
  part: string | Hole,
  { span }: StringNode,
  valueOf: LocalValue,
  depth: number,
): StringNode['parts'] {
  if (typeof part === 'string') return [part];
  const value = valueHere(part.hole, span, valueOf, depth);
  if (value?.kind === 'string') return value.parts;
  return value?.kind === 'number' ? [value.text] : [part];
}

/** Texts that follow each other are one part. */
function withPart(parts: readonly (string | Hole)[], part: string | Hole): readonly (string | Hole)[] {
  const last = parts.at(-1);
  return typeof last === 'string' && typeof part === 'string'
    ? [...parts.slice(0, -1), last + part]
    : [...parts, part];
}
