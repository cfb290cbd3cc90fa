/**
 * Choices between values that are written in the text: which of them a host takes is not known, but what each comes to
 * is. A view of a tree is the tree as it is when the choices of one condition fall one way.
 */
import { covers, type Span } from '../text/span.ts';
import { arrayOf, type MemberParts, objectOf, rebuild } from './build.ts';
import type { Choice, Member, Node, ObjectNode } from './tree.ts';
import { descendants } from './walk.ts';

/** A tree with the sides of a choice in place of it. */
export interface View<T extends Node = Node> {
  /** A copy. What lies around a side is not complete: it cannot be edited by way of a view. */
  readonly root: T;
  /** The sides that were taken, where no other view has them. */
  readonly sides: readonly Span[];
  /** What decides that these are taken. */
  readonly conditions: readonly string[];
}

/** No policy comes near; choices in choices could be more than anybody waits for. */
const most = 64;

/** The views of a tree, one for each way that each condition in it may fall. */
export function viewsOf(root: ObjectNode): readonly View<ObjectNode>[] {
  const views: View<ObjectNode>[] = [];
  // Behind the views that are there already come those of the choices in their sides.
  const add = (tree: ObjectNode, outer?: View): void => {
    const isWithin = (span: Span): boolean => outer?.sides.some((side) => covers(side, span)) !== false;
    for (const [condition, ways] of conditionsIn(tree, isWithin))
      for (let way = 0; way < ways && views.length < most; way++) {
        const view = fallen(tree, condition, way);
        const sides = view.sides.filter(isWithin);
        const conditions = [...(outer?.conditions ?? []), condition];
        if (sides.length > 0) views.push({ root: view.root, sides, conditions });
      }
  };
  add(root);
  for (const view of views) add(view.root, view);
  return views;
}

/** What choices in a tree depend on, and how many ways there are. */
function conditionsIn(root: Node, isMeant: (span: Span) => boolean): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const node of descendants(root)) {
    if (node.kind !== 'opaque' || node.choice === undefined || !isMeant(node.span)) continue;
    const { condition, sides } = node.choice;
    counts.set(condition, Math.max(sides.length, counts.get(condition) ?? 0));
  }
  return counts;
}

/** How the choices of one condition fall. */
interface Fall {
  readonly condition: string;
  readonly way: number;
  /** Where the sides stand that were taken so far. */
  readonly taken: Span[];
  /** Copies that have a side in them, however deep. */
  readonly changed: Set<Node>;
}

/** The tree in which a condition falls one way, and the sides that are taken there. */
function fallen(root: ObjectNode, condition: string, way: number): Pick<View<ObjectNode>, 'root' | 'sides'> {
  const fall: Fall = { condition, way, taken: [], changed: new Set() };
  const copy = copyIn(fall, root);
  return { root: copy.kind === 'object' ? copy : root, sides: fall.taken };
}

const copyIn = (fall: Fall, node: Node): Node =>
  rebuild(node, { span: (span) => span, replace: (copy) => withSides(fall, copy) });

/** A list or an object with the sides in place of the choices. */
function withSides(fall: Fall, copy: Node): Node {
  const isChanged = (node: Node | undefined): boolean =>
    node !== undefined && (choiceOf(fall, node) !== undefined || fall.changed.has(node));
  let made: Node | undefined;
  if (copy.kind === 'array' && copy.items.some(isChanged))
    made = arrayOf(
      copy.span,
      false,
      copy.items.flatMap((item) => itemsFor(fall, item)),
    );
  else if (copy.kind === 'object' && copy.members.some(({ value }) => isChanged(value)))
    made = objectOf(
      copy.span,
      false,
      copy.members.flatMap((member) => membersFor(fall, member)),
    );
  if (made) fall.changed.add(made);
  return made ?? copy;
}

/** The choice that a node is, if its condition is the one that falls. */
const choiceOf = ({ condition }: Fall, node: Node): Choice | undefined =>
  node.kind === 'opaque' && node.choice?.condition === condition ? node.choice : undefined;

const itemsFor = (fall: Fall, item: Node): readonly Node[] => {
  const side = sideOf(fall, item);
  return item.spread && side?.kind === 'array' ? side.items : side ? [side] : [];
};

function membersFor(fall: Fall, member: Member): readonly MemberParts[] {
  const { key, span, value } = member;
  if (value === undefined || choiceOf(fall, value) === undefined) return [member];
  const side = sideOf(fall, value);
  if (value.spread && side?.kind === 'object') return side.members;
  return side ? [{ key, span, value: side, slot: side.span }] : [];
}

/** What takes the place of a node: the side that is taken if it is a choice, of which nothing may be left. */
function sideOf(fall: Fall, node: Node): Node | undefined {
  const choice = choiceOf(fall, node);
  if (choice === undefined) return node;
  const side = choice.sides[fall.way];
  if (side === undefined || choiceOf(fall, side)) return side && sideOf(fall, side);
  fall.taken.push(side.span);
  const copy = copyIn(fall, side);
  return node.spread && copy.kind === 'opaque' ? { ...copy, spread: true } : copy;
}
