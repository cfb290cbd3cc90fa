/** Trees that move: a tree whose text now begins elsewhere, or of which a part was read anew. It works in place. */
import type { Span } from '../text/span.ts';
import { adopt, type Building } from './build.ts';
import type { ArrayNode, Member, Node, ObjectNode, Problem } from './tree.ts';

/** A span further on, by a number of UTF-16 units; negative towards the beginning. */
export const movedSpan = ({ start, end }: Span, by: number): Span => ({ start: start + by, end: end + by });

const stretchedSpan = ({ start, end }: Span, by: number): Span => ({ start, end: end + by });

/** Moves a node and all below it. */
export function moveNode(node: Building<Node>, by: number): void {
  if (by === 0) return;
  node.span = movedSpan(node.span, by);
  if (node.kind === 'string') node.content = movedSpan(node.content, by);
  else if (node.kind === 'array') for (const item of node.items) moveNode(item, by);
  else if (node.kind === 'object') for (const member of node.members) moveMember(member, by);
}

function moveMember(member: Building<Member>, by: number): void {
  member.span = movedSpan(member.span, by);
  if (member.slot) member.slot = movedSpan(member.slot, by);
  moveNode(member.key, by);
  if (member.value) moveNode(member.value, by);
}

/** A problem further on, and what mends it. */
export function movedProblem(problem: Problem, by: number): Problem {
  const span = movedSpan(problem.span, by);
  if (problem.repair === undefined) return { ...problem, span };
  const edits = problem.repair.edits.map((edit) => ({ ...edit, span: movedSpan(edit.span, by) }));
  return { ...problem, span, repair: { ...problem.repair, edits } };
}

/**
 * Puts a node in the place of another. What lies around it is made anew, what lies behind it moves.
 * @param by how much longer the new node's text is
 * @param complete whether what lies around it is complete now
 * @returns the root
 */
export function replaceNode(old: Node, made: Node, by: number, complete: boolean): Node {
  const { parent } = old;
  if (parent === undefined) return made;
  if (parent.kind === 'array') {
    return replaceNode(parent, arrayWith(parent, old, made, by, complete), by, complete);
  }
  return replaceNode(parent.parent, objectWith(parent, made, by, complete), by, complete);
}

function arrayWith(around: ArrayNode, old: Node, made: Node, by: number, complete: boolean): ArrayNode {
  const { items } = around;
  const at = items.indexOf(old);
  for (const item of items.slice(at + 1)) moveNode(item, by);
  const array = { ...around, complete, span: stretchedSpan(around.span, by), items: items.with(at, made) };
  for (const item of array.items) adopt(array, item);
  return array;
}

function objectWith(member: Member, value: Node, by: number, complete: boolean): ObjectNode {
  const around = member.parent;
  const at = around.members.indexOf(member);
  for (const other of around.members.slice(at + 1)) moveMember(other, by);
  const changed: Member = {
    ...member,
    value,
    span: stretchedSpan(member.span, by),
    ...(member.slot && { slot: stretchedSpan(member.slot, by) }),
  };
  const members = around.members.with(at, changed);
  const object = { ...around, complete, span: stretchedSpan(around.span, by), members };
  for (const each of members) belong(each, object);
  adopt(changed, value);
  return object;
}

function belong(member: Building<Member>, object: ObjectNode): void {
  member.parent = object;
}
