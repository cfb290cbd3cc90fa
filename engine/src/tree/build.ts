/** Making trees from the leaves up: containers adopt their children, and whole trees are copied with other spans. */
import type { Span } from '../text/span.ts';
import type { ArrayNode, Member, Node, ObjectNode, StringNode } from './tree.ts';

/** A node while it is being made. */
export type Building<T> = { -readonly [Key in keyof T]: T[Key] };

/** A member before an object has adopted it. */
export type MemberParts = Omit<Member, 'kind' | 'parent'>;

/** An object that adopts the values of its members. */
export function objectOf(span: Span, complete: boolean, parts: readonly MemberParts[]): ObjectNode {
  const members: Member[] = [];
  const object: ObjectNode = { kind: 'object', span, complete, members };
  for (const part of parts) {
    const member: Member = { kind: 'member', ...part, parent: object };
    if (part.value) adopt(member, part.value);
    members.push(member);
  }
  return object;
}

/** A list that adopts its items. */
export function arrayOf(span: Span, complete: boolean, items: readonly Node[]): ArrayNode {
  const array: ArrayNode = { kind: 'array', span, complete, items };
  for (const item of items) adopt(array, item);
  return array;
}

/** Makes a node the child of another. */
export function adopt(parent: Member | ArrayNode, child: Building<Node>): void {
  child.parent = parent;
  if (child.kind === 'opaque') for (const operand of child.operands ?? []) adopt(parent, operand);
}

/** How a tree is copied. */
export interface Rebuild {
  readonly span: (span: Span) => Span;
  /** What takes the place of a copy once its children are in place; keys can become strings only. */
  readonly replace: (copy: Node, original: Node) => Node;
}

/** A copy of a tree that stands where the original stands: it has the same parent. */
export function rebuild(node: Node, how: Rebuild): Node {
  const copy = how.replace(copyOf(node, how), node);
  if (node.parent) adopt(node.parent, copy);
  return copy;
}

function copyOf(node: Node, how: Rebuild): Node {
  const span = how.span(node.span);
  switch (node.kind) {
    case 'array':
      return arrayOf(
        span,
        node.complete,
        node.items.map((item) => rebuild(item, how)),
      );
    case 'object':
      return objectOf(
        span,
        node.complete,
        node.members.map((member) => copyMember(member, how)),
      );
    case 'string':
      return { ...node, span, content: how.span(node.content) };
    default:
      return { ...node, span };
  }
}

function copyMember({ key, value, span, slot }: Member, how: Rebuild): MemberParts {
  return {
    key: copyKey(key, how),
    span: how.span(span),
    ...(value && { value: rebuild(value, how) }),
    ...(slot && { slot: how.span(slot) }),
  };
}

function copyKey(key: StringNode, how: Rebuild): StringNode {
  const copy: StringNode = { ...key, span: how.span(key.span), content: how.span(key.content) };
  const replaced = how.replace(copy, key);
  return replaced.kind === 'string' ? replaced : copy;
}
