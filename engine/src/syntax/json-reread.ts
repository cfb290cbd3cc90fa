/**
 * Reads a changed JSON text by reading only the innermost object around the change again: the parser goes from left to
 * right and carries nothing over from inside of an object to behind it, so that all else is as it was, or moves along.
 * Invariant: the result equals that of `readJson`. Nodes of another content are new ones, all others are those of before.
 */
import type { Span } from '../text/span.ts';
import { moveNode, movedProblem, movedSpan, replaceNode } from '../tree/move.ts';
import type { Node, ObjectNode, Problem, Tree } from '../tree/tree.ts';
import { objectAround } from '../tree/walk.ts';
import { readClosedObject } from './json-read.ts';
import type { Read } from './syntax.ts';

/**
 * Reads a text that was made from another by a change in one place.
 * @param before the other text and its tree, which is used up: its nodes move to their places in the new text
 * @returns nothing, with `before` untouched, where all has to be read
 */
export function rereadJson(before: Read, text: string): Tree | undefined {
  const { root } = before.tree;
  const change = changeBetween(before.text, text);
  if (root === undefined || change === undefined) return undefined;
  const by = change.newEnd - change.end;
  for (let old = innermost(root, change); old; old = objectAround(old)) {
    const { start, end } = old.span;
    if (old === root) return undefined;
    if (!isAllWellAround(old, before.tree)) continue;
    const read = readClosedObject(text.slice(start, end + by), depthOf(old));
    if (read?.root) return withInner(before.tree, old, { ...read, root: read.root }, by);
  }
  return undefined;
}

/** Where two texts differ: from `start` to `end` in one, and to `newEnd` in the other. */
interface Difference {
  readonly start: number;
  readonly end: number;
  readonly newEnd: number;
}

function changeBetween(before: string, after: string): Difference | undefined {
  if (before === after) return undefined;
  let start = 0;
  while (start < before.length && before.charCodeAt(start) === after.charCodeAt(start)) start++;
  let end = before.length;
  let newEnd = after.length;
  while (Math.min(end, newEnd) > start && before.charCodeAt(end - 1) === after.charCodeAt(newEnd - 1)) {
    end--;
    newEnd--;
  }
  return { start, end, newEnd };
}

/** The innermost object that has the change between its brackets. */
function innermost(root: Node, change: Difference): ObjectNode | undefined {
  const holds = ({ span }: Node): boolean => span.start < change.start && change.end < span.end;
  let found: ObjectNode | undefined;
  for (let node: Node | undefined = root; node && holds(node);) {
    if (node.kind === 'object') found = node;
    const children: readonly Node[] =
      node.kind === 'array'
        ? node.items
        : node.kind === 'object'
          ? node.members.flatMap(({ value }) => value ?? [])
          : [];
    node = children.find(holds);
  }
  return found;
}

function depthOf({ parent }: Node): number {
  if (parent === undefined) return 0;
  return 1 + depthOf(parent.kind === 'member' ? parent.parent : parent);
}

/** Whether nothing around a node keeps what it stands in from being complete. */
const isAllWellAround = (node: Node, { problems }: Tree): boolean =>
  problems.every((problem) => problem.kind === 'comment' || isWithin(problem.span, node));

const isWithin = ({ start }: Span, { span }: Node): boolean => span.start < start && start < span.end;

/** The tree with what was read in the place of an object. */
function withInner(tree: Tree, old: ObjectNode, inner: Tree & { readonly root: Node }, by: number): Tree {
  const { start, end } = old.span;
  const complete = inner.problems.every(({ kind }) => kind !== 'syntax');
  moveNode(inner.root, start);
  return {
    root: replaceNode(old, inner.root, by, complete),
    problems: [
      ...tree.problems.filter(({ span }) => span.start < start),
      ...inner.problems.map((problem) => movedProblem(problem, start)),
      ...tree.problems
        .filter(({ span }) => span.start >= end)
        .map((problem: Problem) => movedProblem(problem, by)),
    ],
    comments: [
      ...tree.comments.filter((span) => span.start < start),
      ...inner.comments.map((span) => movedSpan(span, start)),
      ...tree.comments.filter((span) => span.start >= end).map((span) => movedSpan(span, by)),
    ],
  };
}
