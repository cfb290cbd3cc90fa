/**
 * Where in a policy an offset is, in the words of the policy: the one answer that completion and hover share. It rests
 * on slots and the tree alone, so it holds in every syntax and in broken text.
 */
import type { Slot } from '../syntax/syntax.ts';
import type { Node, ObjectNode } from '../tree/tree.ts';
import { keyText, objectAround, pathOf, textOf } from '../tree/walk.ts';
import { type OperatorText, splitOperator } from '../policy/condition.ts';
import type { PrincipalType, Statement } from '../policy/policy.ts';
import { isPrincipalType, readStatement } from '../policy/read.ts';
import { type Document, type Region, viewAt } from './document.ts';

/** What every place knows. */
export interface Spot {
  readonly document: Document;
  readonly region: Region;
  readonly slot: Slot;
  /** What is written there already: a key for key slots, else a value. */
  readonly node?: Node;
  /** The part of it that stands before the offset, as it is written. */
  readonly typed: string;
  /** The names or values that stand beside it. */
  readonly taken: readonly string[];
}

/** What a place in a statement knows. */
export interface InStatement extends Spot {
  readonly statement: Statement;
}

/** The kinds of places and what each knows besides. */
export interface Places {
  /** The name of an element: of a statement, or of the policy where there is no statement. */
  readonly elementKey: Spot & { readonly statement?: Statement };
  readonly version: Spot;
  readonly statement: Spot;
  readonly sid: InStatement;
  readonly effect: InStatement;
  readonly principalType: InStatement;
  readonly principalValue: InStatement & { readonly type: PrincipalType };
  readonly action: InStatement;
  /** `keys` are the condition keys that stand under the operator. */
  readonly operator: InStatement & { readonly keys: readonly string[] };
  readonly conditionKey: InStatement & { readonly operator: OperatorText };
  readonly conditionValue: InStatement & { readonly operator: OperatorText; readonly key: string };
}
export type PlaceKind = keyof Places;
export type Place<Kind extends PlaceKind = PlaceKind> = {
  readonly [K in Kind]: { readonly kind: K } & Places[K];
}[Kind];

/** The place of an offset; nothing outside of policies, in comments and where the grammar has no place. */
export function placeAt(document: Document, offset: number): Place | undefined {
  // A block goes on behind its last line: whether the offset still belongs to it is for the syntax to say.
  const around = document.regions.findLast(({ node }) => node.span.start <= offset);
  const region = viewAt(around, document.source.text, offset);
  if (region === undefined || isComment(document, offset)) return undefined;
  const slot = region.syntax.slotAt(region.node, document.source.text, offset);
  if (slot === undefined) return undefined;
  const node = slot.kind === 'key' ? slot.member?.key : slot.node;
  const taken = takenBeside(slot).filter((name) => region.syntax.mayRepeat?.(slot, name) !== true);
  const typed = typedIn(node, document.source.text, offset);
  const spot: Spot = { document, region, slot, ...(node && { node }), typed, taken };
  const [head, ...rest] = stepsTo(spot);
  if (head === undefined) return slot.kind === 'key' ? { ...spot, kind: 'elementKey' } : undefined;
  if (head === 'Statement') return placeInStatements(spot, rest);
  const isVersion = head === 'Version' && rest.length === 0 && slot.kind === 'value';
  return isVersion ? { ...spot, kind: 'version' } : undefined;
}

function typedIn(node: Node | undefined, text: string, offset: number): string {
  if (node === undefined) return '';
  const { start } = node.kind === 'string' ? node.content : node.span;
  return text.slice(start, offset);
}

const isComment = ({ tree }: Document, offset: number): boolean =>
  tree.comments.some(({ start, end }) => start < offset && offset <= end);

function takenBeside(slot: Slot): readonly string[] {
  if (slot.kind === 'value') return [];
  if (slot.kind === 'item')
    return slot.array.items.filter((item) => item !== slot.node).flatMap((item) => textOf(item) ?? []);
  return slot.object.members.filter((member) => member !== slot.member).map(({ key }) => keyText(key));
}

/** The keys and indices from the policy to the slot: to its object for keys, to its list for items. */
function stepsTo({ slot, region }: Spot): readonly (string | number)[] {
  const before = pathOf(region.node).length;
  if (slot.kind === 'key') return pathOf(slot.object).slice(before);
  if (slot.kind === 'item') return pathOf(slot.array).slice(before);
  return [...pathOf(slot.member.parent), keyText(slot.member.key)].slice(before);
}

function placeInStatements(spot: Spot, steps: readonly (string | number)[]): Place | undefined {
  const names = (typeof steps[0] === 'number' ? steps.slice(1) : steps).filter(
    (step) => typeof step === 'string',
  );
  const listed = steps.length - names.length;
  if (listed > 1 || (listed === 1 && typeof steps[0] !== 'number')) return undefined;
  const node = statementAround(spot);
  if (node === undefined) return spot.slot.kind === 'key' ? undefined : placeOfStatement(spot);
  const at = { ...spot, statement: readStatement(node, 0) };
  const [element] = names;
  if (element === undefined) return spot.slot.kind === 'key' ? { ...at, kind: 'elementKey' } : undefined;
  return levels.get(element)?.[names.length - 1]?.[spot.slot.kind]?.(at, names);
}

/** A whole statement, or the name of its first element where that is being typed without a bracket. */
function placeOfStatement(spot: Spot): Place {
  const { slot } = spot;
  if (slot.kind !== 'item' || slot.begun === undefined || slot.node === undefined)
    return { ...spot, kind: 'statement' };
  const key: Slot = { kind: 'key', object: slot.begun, replace: slot.replace };
  return { ...spot, slot: key, kind: 'elementKey', statement: readStatement(slot.begun, 0) };
}

/** The object directly below the policy in which the slot lies. */
function statementAround({ slot, region }: Spot): ObjectNode | undefined {
  let object =
    slot.kind === 'key' ? slot.object : slot.kind === 'value' ? slot.member.parent : objectAround(slot.array);
  while (object && object !== region.node) {
    const outer = objectAround(object);
    if (outer === region.node) return object;
    object = outer;
  }
  return undefined;
}

/** What a place is, by the kind of slot. `names` are the keys from the element down to it. */
type Level = Partial<Record<Slot['kind'], (at: InStatement, names: readonly string[]) => Place | undefined>>;

const action = (at: InStatement): Place => ({ ...at, kind: 'action' });
const principalType = (at: InStatement): Place => ({ ...at, kind: 'principalType' });
const principalValue = (at: InStatement, [, type]: readonly string[]): Place | undefined =>
  isPrincipalType(type) ? { ...at, kind: 'principalValue', type } : undefined;
const operator = (at: InStatement): Place => ({ ...at, kind: 'operator', keys: keysBelow(at.slot) });
const conditionKey = (at: InStatement, [, name = '']: readonly string[]): Place => ({
  ...at,
  kind: 'conditionKey',
  operator: splitOperator(name),
});
const conditionValue = (at: InStatement, [, name = '', key = '']: readonly string[]): Place => ({
  ...at,
  kind: 'conditionValue',
  operator: splitOperator(name),
  key,
});

function keysBelow(slot: Slot): readonly string[] {
  const block = slot.kind === 'key' ? slot.member?.value : undefined;
  return block?.kind === 'object' ? block.members.map(({ key }) => keyText(key)) : [];
}

const principal: readonly Level[] = [
  { key: principalType, value: principalType },
  { value: principalValue, item: principalValue },
];

/** By element of a statement: what stands in it, in its members, and in theirs. */
const levels: ReadonlyMap<string, readonly Level[]> = new Map([
  ['Sid', [{ value: (at) => ({ ...at, kind: 'sid' }) }]],
  ['Effect', [{ value: (at) => ({ ...at, kind: 'effect' }) }]],
  ['Principal', principal],
  ['NotPrincipal', principal],
  ['Action', [{ value: action, item: action }]],
  ['NotAction', [{ value: action, item: action }]],
  [
    'Condition',
    [
      { key: operator, value: operator },
      { key: conditionKey, value: conditionKey },
      { value: conditionValue, item: conditionValue },
    ],
  ],
]);
