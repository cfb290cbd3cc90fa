/**
 * Tree changes as edits of objects and lists in HCL. Only what is named is touched: comments and other members stay, and
 * what a function puts together is never edited.
 */
import { overlap, type TextEdit } from '../text/edit.ts';
import { slice, type Span } from '../text/span.ts';
import type { Change } from '../tree/change.ts';
import type { Member, Node } from '../tree/tree.ts';
import type { JsonValue } from '../tree/walk.ts';
import { type Addition, type Container, type Group, grouped, isReplaceable } from './groups.ts';
import {
  commaBehind,
  hasComment,
  type HclStyle,
  isBracketed,
  lineBefore,
  lineBehind,
  printHcl,
  printMember,
  printName,
  skipSpace,
  styleIn,
} from './hcl-style.ts';
import { endOfLine } from './hcl-template.ts';
import { childrenOf, indentAt } from './json-style.ts';

type Edits = readonly TextEdit[] | undefined;

/** All the changes of one fix as edits; nothing where one of them cannot be expressed or two would overlap. */
export function editHcl(changes: readonly Change[], text: string): Edits {
  const edits: TextEdit[] = [];
  for (const group of grouped(changes)) {
    const made = editsOf(group, text);
    if (made === undefined) return undefined;
    edits.push(...made);
  }
  return overlap(edits) ? undefined : edits;
}

function editsOf(group: Group, text: string): Edits {
  switch (group.kind) {
    case 'add':
      return group.container.complete && isBracketed(text, group.container)
        ? additionEdits(group, text)
        : undefined;
    case 'replace':
      return isReplaceable(group.node, group.value)
        ? [replacement(group.node, group.value, text)]
        : undefined;
    case 'rename':
      return renaming(group.member, group.key, text);
    case 'remove':
      return removalEdits(group.node, text);
  }
}

function replacement(node: Node, value: JsonValue, text: string): TextEdit {
  const holder = node.parent?.kind === 'member' ? node.parent.parent : node.parent;
  const near = node.kind === 'object' || node.kind === 'array' ? node : holder;
  const style = near && styleIn(text, near);
  const indent = indentAt(text, node.span.start);
  const flat = holder !== undefined && styleIn(text, holder).flat;
  return {
    span: node.span,
    text: style ? printHcl(value, { ...style, indent, flat }) : JSON.stringify(value),
  };
}

function renaming({ key, parent }: Member, name: string, text: string): Edits {
  if (!key.complete || key.value === undefined) return undefined;
  const quoted = text[key.span.start] === '"' || styleIn(text, parent).quoted;
  return [{ span: key.span, text: printName(name, { quoted }) }];
}

function additionEdits({ container, entries, first }: Addition, text: string): Edits {
  const children: readonly (Member | Node)[] =
    container.kind === 'object' ? container.members : container.items;
  const [head] = children;
  const last = children.at(-1);
  const style = styleIn(text, container);
  // What begins behind the bracket may still go on in many lines.
  const wide = style.flat && last !== undefined && slice(text, last.span).includes('\n');
  const look = wide ? { ...style, flat: false } : style;
  const printed = entries.map(([key, value]) =>
    key === undefined ? printHcl(value, look) : printMember(key, value, look),
  );
  if (head === undefined || last === undefined) return [fillEmpty(container, printed, style, text)];
  const needsComma = style.flat || container.kind === 'array' || style.commas;
  const comma = needsComma ? ',' : '';
  const gap = style.flat ? ' ' : style.eol + style.indent;
  if (first) {
    const at = head.span.start;
    return [{ span: { start: at, end: at }, text: printed.map((part) => part + comma + gap).join('') }];
  }
  const { end } = last.span;
  const ended = commaBehind(text, end) !== undefined;
  const added = printed.map((part) => gap + part).join(comma);
  // Nothing may stand behind the end of a heredoc.
  if (needsComma && !ended && endsInHeredoc(last, text)) return undefined;
  const line = lineBehind(text, end);
  if (style.flat || !line.blank)
    return [{ span: { start: end, end }, text: (needsComma || ended ? ',' : '') + added }];
  const insertion = { span: { start: line.end, end: line.end }, text: added + (ended ? ',' : '') };
  if (ended || !needsComma) return [insertion];
  if (line.end === end) return [{ span: { start: end, end }, text: `,${added}` }];
  return [{ span: { start: end, end }, text: ',' }, insertion];
}

function endsInHeredoc(child: Member | Node, text: string): boolean {
  const value = child.kind === 'member' ? child.value : child;
  return value?.kind === 'string' && text[value.span.start] === '<';
}

/** Writes the first children between the brackets; comments that stand there stay in front of them. */
function fillEmpty(
  container: Container,
  printed: readonly string[],
  style: HclStyle,
  text: string,
): TextEdit {
  const { eol, indent, unit } = style;
  const inside = { start: container.span.start + 1, end: container.span.end - 1 };
  const kept = text.slice(inside.start, inside.end).trimEnd();
  const isList = container.kind === 'array';
  const isFlat = kept === '' && (style.flat || (isList && !printed.some((part) => part.includes('\n'))));
  const comma = isList || style.commas ? ',' : '';
  const outer = indent.slice(0, Math.max(0, indent.length - unit.length));
  const inLine = isList ? printed.join(', ') : ` ${printed.join(', ')} `;
  const inLines = `${eol}${indent}${printed.join(comma + eol + indent)}${eol}${outer}`;
  return {
    span: { start: inside.start + kept.length, end: inside.end },
    text: isFlat ? inLine : inLines,
  };
}

/** Takes a member or an item out, with the comma that set it apart and the lines that it had for itself. */
export function removalEdits(child: Member | Node, text: string): Edits {
  const container = child.parent;
  if (container === undefined || container.kind === 'member') return undefined;
  if (!container.complete || !isBracketed(text, container)) return undefined;
  const children = childrenOf(container);
  const index = children.findIndex(({ span }) => span.start === child.span.start);
  const next = children[index + 1];
  const previous = children[index - 1];
  const { start, end } = child.span;
  const comma = commaBehind(text, end);
  const behind = comma === undefined ? end : comma + 1;
  if (hasComment(text, { start: end, end: behind })) return undefined;
  const dangling =
    !next && previous && comma === undefined ? commaBehind(text, previous.span.end) : undefined;
  const before = lineBefore(text, start);
  const lineEnd = endOfLine(text, behind);
  const ownLines = before.blank && before.start > container.span.start;
  const taken =
    ownLines && text.slice(behind, lineEnd).trim() === ''
      ? { start: text[before.start - 2] === '\r' ? before.start - 2 : before.start - 1, end: lineEnd }
      : inLine({ start, end: behind }, next?.span.start, container, text);
  if (dangling === undefined) return [{ span: taken, text: '' }];
  if (skipSpace(text, dangling + 1) >= taken.start)
    return [{ span: { start: dangling, end: taken.end }, text: '' }];
  return [
    { span: { start: dangling, end: dangling + 1 }, text: '' },
    { span: taken, text: '' },
  ];
}

/** What goes away where a line is shared with others: blanks up to the next one, or to the brackets. */
function inLine(child: Span, next: number | undefined, container: Container, text: string): Span {
  if (next !== undefined) return { start: child.start, end: Math.min(next, skipSpace(text, child.end)) };
  const inside = { start: container.span.start + 1, end: container.span.end - 1 };
  const isAlone = skipSpace(text, inside.start) === child.start && skipSpace(text, child.end) === inside.end;
  return isAlone ? inside : child;
}
