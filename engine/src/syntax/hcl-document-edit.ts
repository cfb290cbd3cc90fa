/**
 * Changes of a policy as edits of the policy document that it stands for: arguments are set, blocks are added, renamed
 * and taken out. Values are edited as in any other HCL. What is computed, or comes from several blocks, is left alone.
 */
import { overlap, type TextEdit } from '../text/edit.ts';
import type { Change } from '../tree/change.ts';
import type { Member, Node, ObjectNode } from '../tree/tree.ts';
import { type JsonValue, valueOf } from '../tree/walk.ts';
import { type Addition, type Group, grouped, isReplaceable } from './groups.ts';
import type { PolicyDocument } from './hcl-document.ts';
import { addTo, type Insertion } from './hcl-document-insert.ts';
import { conditionBlock, listArguments, termFor } from './hcl-document-names.ts';
import { isList, isPrincipalElement, joined, printElement, type Printed } from './hcl-document-print.ts';
import { everybodyOf, movedTest } from './hcl-document-move.ts';
import { editHcl, removalEdits } from './hcl-edit.ts';
import { layoutIn } from './json-style.ts';

/** What is to be done in the file. */
interface Plan {
  readonly values: readonly Change[];
  readonly insertions: readonly Insertion[];
  readonly removals: readonly Member[];
  readonly edits: readonly TextEdit[];
}

type Step = Partial<Plan> | undefined;

/** All the changes of one fix as edits; nothing where one of them cannot be expressed or two would overlap. */
export function editDocument(
  document: PolicyDocument,
  changes: readonly Change[],
  text: string,
): readonly TextEdit[] | undefined {
  const inPlace = movedTest(changes, document);
  if (inPlace) return editHcl(inPlace, text);
  const steps = grouped(changes).map((group) => stepFor(group, document, text));
  if (steps.some((step) => step === undefined)) return undefined;
  const plan = { values: all(steps, 'values'), insertions: all(steps, 'insertions') };
  const made = [
    editHcl(plan.values, text),
    addTo(plan.insertions, text),
    ...all(steps, 'removals').map((member) => removalEdits(member, text)),
    all(steps, 'edits'),
  ];
  if (made.some((edits) => edits === undefined)) return undefined;
  const edits = made.flatMap((each) => each ?? []);
  return overlap(edits) ? undefined : edits;
}

const all = <Key extends keyof Plan>(steps: readonly Step[], key: Key): readonly Plan[Key][number][] =>
  steps.flatMap((step): readonly Plan[Key][number][] => step?.[key] ?? []);

function stepFor(group: Group, document: PolicyDocument, text: string): Step {
  switch (group.kind) {
    case 'add':
      return addition(group, document, text);
    case 'replace':
      return replacement(group.node, group.value, document, text);
    case 'rename':
      return renaming(group.member, group.key, document);
    case 'remove':
      return removal(group.node, document);
  }
}

function addition({ container, entries }: Addition, document: PolicyDocument, text: string): Step {
  if (!container.complete) return undefined;
  if (
    container.kind === 'array' &&
    container.parent?.kind === 'member' &&
    container.parent.key.value !== 'Statement'
  )
    return appended(
      container,
      entries.map(([, value]) => value),
      document,
    );
  const target = targetOf(container, document);
  if (target === undefined || !takes(container, entries, document)) return undefined;
  const { body, after } = target;
  const place = layoutIn(text, body);
  const printed: Printed[] = [];
  for (const [key = '', value] of entries) {
    const parts = printElement(...target.wrap(key, value), place);
    if (parts === undefined) return undefined;
    printed.push(...parts);
  }
  return { insertions: [{ body, parts: printed, ...(after && { after }) }] };
}

/** Whether the elements that are added belong to a container: to the policy, or to a statement. */
const takes = (container: Node, entries: Addition['entries'], { bodies, root }: PolicyDocument): boolean =>
  !bodies.has(container) ||
  entries.every(([key = '']) => termFor(key)?.of === (container === root ? 'policy' : 'statement'));

function appended(container: Node, values: readonly JsonValue[], { written }: PolicyDocument): Step {
  const array = written.get(container);
  if (array?.kind !== 'array') return undefined;
  const texts = values.map(asText);
  if (texts.some((value) => value === undefined)) return undefined;
  return { values: texts.map((value = '') => ({ kind: 'append', array, value })) };
}

/** A value as Terraform takes it in a list. */
const asText = (value: JsonValue): string | undefined =>
  typeof value === 'object' ? undefined : String(value);

/** Where in the file something new of a container is written, and which element of a statement it is part of. */
interface Target {
  readonly body: ObjectNode;
  readonly after?: Member;
  readonly wrap: (key: string, value: JsonValue) => readonly [element: string, value: JsonValue];
}

function targetOf(container: Node, { bodies, body, sources }: PolicyDocument): Target | undefined {
  const own = bodies.get(container);
  if (own) return { body: own, wrap: (key, value) => [key, value] };
  const member = container.parent?.kind === 'member' ? container.parent : undefined;
  if (member === undefined) return undefined;
  const element = member.key.value ?? '';
  const last = sources.get(member)?.at(-1);
  const after = last && { after: last };
  if (element === 'Statement' && container.kind === 'array')
    return { body, ...after, wrap: (_, value) => [element, value] };
  const statement = bodies.get(member.parent);
  if (statement) return { body: statement, ...after, wrap: (key, value) => [element, { [key]: value }] };
  const test = (key: string, value: JsonValue): JsonValue => ({ [element]: { [key]: value } });
  return (
    last && {
      body: last.parent,
      after: last,
      wrap: (key, value) => [conditionBlock.element, test(key, value)],
    }
  );
}

function replacement(node: Node, value: JsonValue, document: PolicyDocument, text: string): Step {
  const original = document.written.get(node);
  if (original) return replacedValue(original, value);
  const member = node.parent?.kind === 'member' ? node.parent : undefined;
  const sources = member && document.sources.get(member);
  const element = member?.key.value;
  if (member === undefined || sources === undefined || element === undefined) return undefined;
  const [first, ...others] = sources;
  // What Terraform adds by itself is written down.
  if (first === undefined) {
    const body = document.bodies.get(member.parent);
    const parts = body && printElement(element, value, layoutIn(text, body));
    return parts && { insertions: [{ body, parts }] };
  }
  const inPlace = others.length === 0 ? everybodyOf(first, node, value) : undefined;
  if (inPlace) return { values: inPlace };
  const target = isReplaceable(node, value) ? targetOf(member.parent, document) : undefined;
  const place = layoutIn(text, first.parent);
  const parts = target && printElement(...target.wrap(element, value), place);
  if (parts === undefined) return undefined;
  return { edits: [{ span: first.span, text: joined(parts, place) }], removals: others };
}

function replacedValue(node: Node, value: JsonValue): Step {
  const holder = node.parent;
  const isArgument = holder?.kind === 'member' && listArguments.has(holder.key.value ?? '');
  if (isArgument) {
    const items = isList(value) ? value : [value];
    const texts = items.flatMap((item) => asText(item) ?? []);
    return texts.length === items.length ? { values: [{ kind: 'replace', node, value: texts }] } : undefined;
  }
  const plain = asText(value);
  return plain === undefined ? undefined : { values: [{ kind: 'replace', node, value: plain }] };
}

function renaming(member: Member, name: string, { sources, bodies }: PolicyDocument): Step {
  const from = sources.get(member);
  if (from === undefined || from.length === 0) return undefined;
  if (bodies.has(member.parent)) {
    const after = termFor(name);
    if (after === undefined || !isAlike(member.key.value ?? '', name)) return undefined;
    return { values: from.map((source) => ({ kind: 'rename', member: source, key: after.name })) };
  }
  const holder = member.parent.parent;
  const element = holder?.kind === 'member' ? (holder.key.value ?? '') : '';
  const argument = isPrincipalElement(element)
    ? 'type'
    : element === conditionBlock.element
      ? 'test'
      : 'variable';
  const nodes = from.flatMap(({ value }) => valueOf(value, argument) ?? []);
  return nodes.length === from.length
    ? { values: nodes.map((node) => ({ kind: 'replace', node, value: name })) }
    : undefined;
}

/** Whether two elements have values of the same form, so that one can become the other by its name. */
function isAlike(element: string, other: string): boolean {
  const before = termFor(element);
  const after = termFor(other);
  if (before === undefined || after?.of !== before.of) return false;
  if (before.isBlock || after.isBlock) return isPrincipalElement(element) && isPrincipalElement(other);
  return listArguments.has(before.name) === listArguments.has(after.name);
}

function removal(node: Member | Node, { sources, written, bodies }: PolicyDocument): Step {
  if (node.kind === 'member') {
    const from = sources.get(node);
    return from && from.length > 0 ? { removals: from } : undefined;
  }
  const original = written.get(node);
  if (original) return { values: [{ kind: 'remove', node: original }] };
  const block = bodies.get(node)?.parent;
  return block?.kind === 'member' && block.key.value === 'statement' ? { removals: [block] } : undefined;
}
