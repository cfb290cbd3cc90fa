/** The size of a policy as IAM counts it: white space does not count. */
import type { Member, Node, StringNode } from '../tree/tree.ts';

/** The characters of a policy that IAM takes unless the quota of the account was raised. */
export const DEFAULT_QUOTA = 2048;

/**
 * The characters of a policy written as JSON, without white space. Parts that are not known count nothing, so that
 * the size is never overstated. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 * @param known sizes of nodes below it that need not be counted again
 */
export function sizeOf(node: Node, known?: ReadonlyMap<Node, number>): number {
  return known?.get(node) ?? counted(node, known);
}

function counted(node: Node, known: ReadonlyMap<Node, number> | undefined): number {
  switch (node.kind) {
    case 'string':
      return textSize(node);
    case 'number':
      return node.text.length;
    case 'boolean':
      return String(node.value).length;
    case 'null':
      return 'null'.length;
    case 'opaque':
      return 0;
    case 'array':
      return bracketed(node.items.map((item) => sizeOf(item, known)));
    case 'object':
      return bracketed(node.members.map((member) => memberSize(member, known)));
  }
}

const memberSize = ({ key, value }: Member, known: ReadonlyMap<Node, number> | undefined): number =>
  textSize(key) + ':'.length + (value ? sizeOf(value, known) : 0);

/** Most texts are written as they are, between quotes. */
const needsCare = /[\s"\\\p{Cc}\p{Cs}]/u;

function textSize({ parts }: StringNode): number {
  const text = parts.filter((part) => typeof part === 'string').join('');
  return needsCare.test(text) ? JSON.stringify(text).replace(/\s/g, '').length : text.length + '""'.length;
}

/** The sizes of parts with a comma between each two of them and brackets around all. */
const bracketed = (sizes: readonly number[]): number =>
  sizes.reduce((sum, size) => sum + size, 0) + Math.max(0, sizes.length - 1) + '{}'.length;
