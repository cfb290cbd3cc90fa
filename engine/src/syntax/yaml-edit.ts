/**
 * Tree changes as edits of a YAML text, block style; what stands in brackets is edited in `yaml-flow.ts`. Comments,
 * anchors and other lines stay. What stands behind an alias is never edited, and an anchor that is used is not removed.
 */
import { overlap, type TextEdit } from '../text/edit.ts';
import type { Span } from '../text/span.ts';
import type { Change } from '../tree/change.ts';
import type { Member, Node, StringNode } from '../tree/tree.ts';
import type { JsonValue } from '../tree/walk.ts';
import { type Addition, type Container, type Group, grouped, isReplaceable } from './groups.ts';
import { childrenOf } from './json-style.ts';
import { addToFlow, removeFromFlow, replaceInFlow } from './yaml-flow.ts';
import {
  columnOf,
  indentTo,
  isAliased,
  isFlow,
  printBehind,
  printBlock,
  printMember,
  printQuoted,
  printScalar,
  type Style,
  styleAround,
} from './yaml-style.ts';

type Edits = readonly TextEdit[] | undefined;

/** All the changes of one fix as edits; nothing where one of them cannot be expressed or two would overlap. */
export function editYaml(changes: readonly Change[], text: string): Edits {
  const groups = innerFirst(grouped(changes));
  const edits: TextEdit[] = [];
  for (const group of groups) {
    const made = editsOf(group, text);
    if (made === undefined) return undefined;
    edits.push(...made);
  }
  return overlap(edits) || empties(groups) || cutsAnchor(edits, text) ? undefined : edits;
}

/** What is added to a mapping and to the last value in it goes to the same place: the value's comes first. */
const innerFirst = (groups: readonly Group[]): readonly Group[] =>
  [...groups].sort((a, b) => (a.kind === 'add' && b.kind === 'add' ? startOf(b) - startOf(a) : 0));

const startOf = ({ container }: Addition): number => container.span.start;

/** Several removals that leave nothing of a container: each would be made as if the others stayed. */
function empties(groups: readonly Group[]): boolean {
  const removed = groups.flatMap((group) => (group.kind === 'remove' ? [group.node.parent] : []));
  return removed.some((holder) => {
    if (holder === undefined || holder.kind === 'member') return false;
    const count = removed.filter((each) => each === holder).length;
    return count > 1 && count === childrenOf(holder).length;
  });
}

/** Whether an edit takes an anchor away that an alias elsewhere names. */
function cutsAnchor(edits: readonly TextEdit[], text: string): boolean {
  return edits.some(({ span }) => {
    for (let at = text.indexOf('&', span.start); at >= 0 && at < span.end; at = text.indexOf('&', at + 1)) {
      const name = wordAt(text, at + 1);
      if (name !== '' && text.includes(`*${name}`)) return true;
    }
    return false;
  });
}

function wordAt(text: string, start: number): string {
  let end = start;
  while (end < text.length && !' \t\r\n,[]{}'.includes(text.charAt(end))) end++;
  return text.slice(start, end);
}

function editsOf(group: Group, text: string): Edits {
  switch (group.kind) {
    case 'add':
      return addition(group, text);
    case 'replace':
      return replacement(group.node, group.value, text);
    case 'rename':
      return renaming(group.member.key, group.key, text);
    case 'remove':
      return removal(group.node, text);
  }
}

function renaming(key: StringNode, name: string, text: string): Edits {
  if (!key.complete || key.value === undefined || isAliased(text, key)) return undefined;
  return [{ span: key.span, text: printLike(key, name, text) }];
}

/** A text in the quotes of the one whose place it takes. */
function printLike(node: StringNode, value: string, text: string): string {
  const first = text.charAt(node.span.start);
  if (first === '"' || first === "'") return printQuoted(value, first);
  return printScalar(value, styleAround(text, node).quote, false);
}

function addition(group: Addition, text: string): Edits {
  const { container, entries } = group;
  if (!container.complete || isAliased(text, container)) return undefined;
  if (isFlow(text, container)) return addToFlow(group, text);
  const style = styleAround(text, container);
  const indent = indentTo(text, container.span.start);
  const printed = entries.map(([key, value]) =>
    key === undefined
      ? `- ${printBlock(value, `${indent}  `, style)}`
      : printMember(key, value, indent, style),
  );
  if (group.first && container.kind === 'object' && isLed(text, container.span.start)) {
    const at = container.span.start;
    return [
      { span: { start: at, end: at }, text: printed.map((part) => part + style.eol + indent).join('') },
    ];
  }
  const filled = entries.length === 1 ? valueless(group, style, text) : undefined;
  if (filled) return [filled];
  const at = endOfLine(text, container.span.end);
  return [{ span: { start: at, end: at }, text: printed.map((part) => style.eol + indent + part).join('') }];
}

/** Whether only blanks and dashes stand before an offset on its line: no anchor, tag or explicit key. */
function isLed(text: string, offset: number): boolean {
  const lineStart = offset - columnOf(text, offset);
  for (const mark of text.slice(lineStart, offset)) if (mark !== ' ' && mark !== '-') return false;
  return true;
}

/** The value of a member that stands there with a colon and nothing behind it. */
function valueless({ container, entries }: Addition, style: Style, text: string): TextEdit | undefined {
  const [[key, value] = [undefined, null]] = entries;
  const member =
    container.kind === 'object' ? container.members.findLast((each) => each.key.value === key) : undefined;
  if (member?.slot === undefined) return undefined;
  const at = member.slot.start;
  return { span: { start: at, end: at }, text: printBehind(value, indentTo(text, member.span.start), style) };
}

/** The end of an offset's line, before the line break. */
function endOfLine(text: string, offset: number): number {
  const found = text.indexOf('\n', offset);
  const end = found < 0 ? text.length : found;
  return end > offset && text[end - 1] === '\r' ? end - 1 : end;
}

function replacement(node: Node, value: JsonValue, text: string): Edits {
  const { parent } = node;
  const holder = parent?.kind === 'member' ? parent.parent : parent;
  if (!isReplaceable(node, value) || (holder && isAliased(text, holder))) return undefined;
  if (node.kind === 'string' && typeof value === 'string') return [replacedString(node, value, holder, text)];
  if ((holder && isFlow(text, holder)) || (isFlow(text, node) && typeof value === 'object'))
    return [{ span: node.span, text: replaceInFlow(node, value, text) }];
  const style = styleAround(text, node);
  if (parent?.kind !== 'member' || parent.slot === undefined)
    return [{ span: node.span, text: printBlock(value, indentTo(text, node.span.start), style) }];
  const before = { start: parent.slot.start, end: node.span.start };
  if (text.slice(before.start, before.end).trim() !== '') return undefined;
  const printed = printBehind(value, indentTo(text, parent.span.start), style);
  return [{ span: { start: before.start, end: node.span.end }, text: printed }];
}

function replacedString(
  node: StringNode,
  value: string,
  holder: Container | undefined,
  text: string,
): TextEdit {
  const first = text.charAt(node.span.start);
  const flow = holder !== undefined && isFlow(text, holder);
  if (first === '"' || first === "'") return { span: node.span, text: printQuoted(value, first) };
  return { span: node.span, text: printScalar(value, styleAround(text, node).quote, flow) };
}

function removal(child: Member | Node, text: string): Edits {
  const holder = child.parent;
  if (holder === undefined || holder.kind === 'member' || !holder.complete) return undefined;
  if (isAliased(text, holder) || (child.kind === 'member' && isAliased(text, child))) return undefined;
  if (isFlow(text, holder)) return removeFromFlow(child, holder, text);
  const children = childrenOf(holder);
  const index = children.findIndex(({ span }) => span.start === child.span.start);
  if (children.length === 1) return emptied(holder, text);
  const start = child.kind === 'member' ? child.span.start : dashOf(holder, child, text);
  const next = children[index + 1];
  if (text.slice(start - columnOf(text, start), start).trim() === '')
    return [wholeLines({ start, end: child.span.end }, text)];
  // The first of several on the line of a dash: the next moves up, unless a comment stands between them.
  if (next === undefined || start !== holder.span.start || !isLed(text, start)) return undefined;
  const isCommented = text.slice(child.span.end, next.span.start).includes('#');
  const nextStart = child.kind === 'member' ? next.span.start : dashOf(holder, next, text);
  return [{ span: { start, end: isCommented ? skipBlanks(text, child.span.end) : nextStart }, text: '' }];
}

/** Nothing is left of a block: brackets say so. */
function emptied(holder: Container, text: string): Edits {
  const brackets = holder.kind === 'object' ? '{}' : '[]';
  const { parent, span } = holder;
  if (parent?.kind !== 'member' || parent.slot === undefined) return [{ span, text: brackets }];
  const before = text.slice(parent.slot.start, span.start);
  if (before.trim() !== '') return undefined;
  return [{ span: { start: parent.slot.start, end: span.end }, text: ` ${brackets}` }];
}

/** The dash of an item: in the column of its list, on the item's line or above. */
function dashOf(holder: Container, item: { readonly span: Span }, text: string): number {
  const column = columnOf(text, holder.span.start);
  let lineStart = item.span.start - columnOf(text, item.span.start);
  while (lineStart > 0 && text[lineStart + column] !== '-')
    lineStart = text.lastIndexOf('\n', lineStart - 2) + 1;
  return lineStart + column;
}

/** Lines that go away with the line break before them; a comment behind the last of them keeps its line. */
function wholeLines({ start, end }: Span, text: string): TextEdit {
  const lineEnd = endOfLine(text, end);
  if (text.slice(end, lineEnd).trim() !== '')
    return { span: { start, end: skipBlanks(text, end) }, text: '' };
  const lineStart = start - columnOf(text, start);
  if (lineStart === 0)
    return { span: { start: 0, end: Math.min(text.length, lineEnd + eolLength(text, lineEnd)) }, text: '' };
  const before = text[lineStart - 2] === '\r' ? lineStart - 2 : lineStart - 1;
  return { span: { start: before, end: lineEnd }, text: '' };
}

const eolLength = (text: string, at: number): number => (text.startsWith('\r\n', at) ? 2 : 1);

function skipBlanks(text: string, from: number): number {
  let at = from;
  while (text[at] === ' ' || text[at] === '\t') at++;
  return at;
}
