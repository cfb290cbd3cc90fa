/**
 * Names of a Terraform file, followed to where they are used in a policy: identity providers that it declares, and local
 * values, which cannot be set from outside, so that what is written for them is what they are.
 * https://developer.hashicorp.com/terraform/language/values/locals
 */
import type { Span } from '../text/span.ts';
import { arrayOf, type MemberParts, objectOf, rebuild } from '../tree/build.ts';
import type { Hole, Member, Node, ObjectNode, StringNode } from '../tree/tree.ts';

/** What a file tells of its names. */
export interface Names {
  /** The value of a local value, as far as it is written in the file. */
  readonly valueOf: (name: string) => Node | undefined;
  /** The ARN that an expression is, as far as that is known. */
  readonly arnOf: (expression: string) => StringNode['parts'] | undefined;
}

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

/** A copy of a tree in which names are what they stand for, as far as that is written. */
export function withNames(root: ObjectNode, names: Names): ObjectNode {
  const copy = rebuild(root, { span: (span) => span, replace: (node) => followed(node, names, 0) });
  return copy.kind === 'object' ? copy : root;
}

function followed(node: Node, names: Names, depth: number): Node {
  switch (node.kind) {
    case 'string':
      return withKnownParts(node, names, depth);
    case 'opaque': {
      const value = valueHere(node.text, node.span, names, depth) ?? node;
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
function valueHere(text: string, span: Span, names: Names, depth: number): Node | undefined {
  const name = localName(text);
  if (name === undefined) return arnHere(text, span, names);
  const value = depth < farthest ? names.valueOf(name) : undefined;
  if (value === undefined) return undefined;
  if (value.kind === 'opaque') return valueHere(value.text, span, names, depth + 1);
  return rebuild(value, {
    span: () => span,
    replace: (copy) => ({ ...followed(copy, names, depth + 1), followed: true }),
  });
}

/** The ARN that an expression is, standing where the expression stands. */
function arnHere(text: string, span: Span, { arnOf }: Names): StringNode | undefined {
  const parts = arnOf(bare(text));
  return parts && { kind: 'string', span, content: span, complete: true, parts, followed: true };
}

/** A string in which the names of local values that are text are that text. */
function withKnownParts(node: StringNode, names: Names, depth: number): StringNode {
  if (node.value !== undefined) return node;
  const parts = node.parts.flatMap((part) => partsFor(part, node, names, depth));
  if (parts.every((part, index) => part === node.parts[index])) return node;
  const joined = parts.reduce<readonly (string | Hole)[]>(withPart, []);
  const [only, more] = joined;
  const value = more === undefined && typeof only === 'string' ? { value: only } : {};
  return { ...node, parts: joined, ...value, followed: true };
}

function partsFor(
  part: string | Hole,
  { span }: StringNode,
  names: Names,
  depth: number,
): StringNode['parts'] {
  if (typeof part === 'string') return [part];
  const value = valueHere(part.hole, span, names, depth);
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
