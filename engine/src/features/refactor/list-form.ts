/** One value and a list of one are the same to IAM: one becomes the other. A list takes more values. */
import { replaceValue } from '../../policy/amend.ts';
import { isPrincipalType } from '../../policy/read.ts';
import type { Node } from '../../tree/tree.ts';
import { memberAround, pathOf } from '../../tree/walk.ts';
import type { Place, Refactoring } from './refactoring.ts';

export const listForm: Refactoring = {
  id: 'list-form',
  kind: 'rewrite',
  propose: (place) => {
    const { node, region, copy } = place;
    // Terraform's documents have lists only.
    if (node === undefined || region.syntax.id === 'hcl-document' || !takesLists(node, place))
      return undefined;
    const list = node.kind === 'array' ? node : node.parent?.kind === 'array' ? node.parent : undefined;
    if (list) {
      const [only, ...others] = list.items;
      const value = only && copy(only);
      if (only === undefined || others.length > 0) return undefined;
      const title = 'Write the one value without a list';
      return value === undefined
        ? { title, refused: movable }
        : { title, changes: replaceValue(list, value) };
    }
    if (node.kind === 'object') return undefined;
    const title = 'Write the value as a list';
    const value = copy(node);
    // What an expression stands for may be a list.
    if (node.kind === 'opaque') return undefined;
    return value === undefined
      ? { title, refused: movable }
      : { title, changes: replaceValue(node, [value]) };
  },
};

const movable = 'The expression cannot be written in another place.';

/** Whether a node is, or is in, the value of an element that takes one value or several. */
function takesLists(node: Node, { statement }: Place): boolean {
  const member = memberAround(node);
  if (statement === undefined || member === undefined) return false;
  const [element, second, third, ...rest] = [
    ...pathOf(member.parent).slice(pathOf(statement.node).length),
    member.key.value,
  ];
  if (rest.length > 0) return false;
  if (element === 'Action' || element === 'NotAction') return second === undefined;
  if (element === 'Principal') return isPrincipalType(String(second)) && third === undefined;
  return element === 'Condition' && third !== undefined;
}
