/** Moving about in a tree: members by name, paths, plain values. Never looks at the host's text. */
import { touches } from '../text/span.ts';
import type { Member, Node, ObjectNode, StringNode } from './tree.ts';

/** A value as JSON has it. */
export type JsonValue =
  string | number | boolean | null | readonly JsonValue[] | { readonly [key: string]: JsonValue };

/** An object of JSON. */
export type JsonObject = Readonly<Record<string, JsonValue>>;

export const isJsonObject = (value: JsonValue | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const isJsonList = (value: JsonValue | undefined): value is readonly JsonValue[] =>
  Array.isArray(value);

/** The last member of that name: the one that JSON parsers keep when a key is repeated. */
export function memberOf(node: Node | undefined, name: string): Member | undefined {
  return node?.kind === 'object' ? node.members.findLast((member) => member.key.value === name) : undefined;
}

/** The value of the last member of that name. */
export const valueOf = (node: Node | undefined, name: string): Node | undefined =>
  memberOf(node, name)?.value;

/** The known text of a string node; nothing for holes and for other kinds. */
export const textOf = (node: Node | undefined): string | undefined =>
  node?.kind === 'string' ? node.value : undefined;

/** The items of an array, or the node itself where the grammar allows one value in place of a list. */
export function listOf(node: Node | undefined): readonly Node[] {
  if (node === undefined) return [];
  return node.kind === 'array' ? node.items : [node];
}

/** A list of opaque kind, or one that holds an opaque item, may hold anything. */
export const isOpen = (node: Node | undefined): boolean =>
  node?.kind === 'opaque' || (node?.kind === 'array' && node.items.some((item) => item.kind === 'opaque'));

/**
 * The nodes below a node, itself first, in the order of the text.
 * @param leftOut nodes that are passed over, with all below them
 */
export function* descendants(root: Node, leftOut?: ReadonlySet<Node>): Generator<Node> {
  const open: Node[] = [root];
  for (let node = open.pop(); node; node = open.pop()) {
    if (leftOut?.has(node)) continue;
    yield node;
    for (const child of childrenOf(node).toReversed()) open.push(child);
  }
}

function childrenOf(node: Node): readonly Node[] {
  if (node.kind === 'object') return node.members.flatMap(({ value }) => value ?? []);
  return node.kind === 'array' ? node.items : [];
}

/** The object that a node stands in, however deep in lists. */
export function objectAround(node: Node): ObjectNode | undefined {
  const { parent } = node;
  if (parent === undefined) return undefined;
  return parent.kind === 'member' ? parent.parent : objectAround(parent);
}

/** The member whose value, or whose list's item, a node is. */
export function memberAround(node: Node): Member | undefined {
  const { parent } = node;
  return parent?.kind === 'array' ? memberAround(parent) : parent;
}

/** The innermost node whose span holds or touches the offset; keys are nodes too. */
export function nodeAt(root: Node, offset: number): Node | undefined {
  if (!touches(root.span, offset)) return undefined;
  if (root.kind === 'array') return firstAt(root.items, offset) ?? root;
  if (root.kind !== 'object') return root;
  const children = root.members.flatMap(({ key, value }): Node[] => (value ? [key, value] : [key]));
  return firstAt(children, offset) ?? root;
}

const firstAt = (nodes: readonly Node[], offset: number): Node | undefined => {
  const child = nodes.find((node) => touches(node.span, offset));
  return child && nodeAt(child, offset);
};

/** The steps from the root to a node: keys and indices. A key with holes is written as its known parts. */
export function pathOf(node: Node): readonly (string | number)[] {
  const { parent } = node;
  if (parent === undefined) return [];
  if (parent.kind === 'array') return [...pathOf(parent), parent.items.indexOf(node)];
  return [...pathOf(parent.parent), keyText(parent.key)];
}

/** A key as text, holes left out. */
export const keyText = (key: StringNode): string =>
  key.value ?? key.parts.filter((part) => typeof part === 'string').join('');

/** The plain value of a tree; nothing where any part of it is a hole. The last of repeated keys wins. */
export function plainValue(node: Node): JsonValue | undefined {
  switch (node.kind) {
    case 'string':
    case 'number':
    case 'boolean':
      return node.value;
    case 'null':
      return null;
    case 'opaque':
      return undefined;
    case 'array':
      return plainItems(node.items);
    case 'object':
      return plainMembers(node.members);
  }
}

function plainItems(items: readonly Node[]): JsonValue | undefined {
  const values: JsonValue[] = [];
  for (const item of items) {
    const value = plainValue(item);
    if (value === undefined) return undefined;
    values.push(value);
  }
  return values;
}

function plainMembers(members: readonly Member[]): JsonValue | undefined {
  const entries = new Map<string, JsonValue>();
  for (const { key, value } of members) {
    const plain = value && plainValue(value);
    if (key.value === undefined || plain === undefined) return undefined;
    entries.set(key.value, plain);
  }
  return Object.fromEntries(entries);
}
