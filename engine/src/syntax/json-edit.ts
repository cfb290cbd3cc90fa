/** Tree changes as edits of a JSON text. Only what is named is touched: comments, blank lines and other members stay. */
import type { Change } from '../tree/change.ts';
import type { Member, Node } from '../tree/tree.ts';
import type { JsonValue } from '../tree/walk.ts';
import type { Span } from '../text/span.ts';
import { overlap, type TextEdit } from '../text/edit.ts';
import { type Addition, type Container, type Group, grouped, isReplaceable } from './groups.ts';
import { childrenOf, eolOf, indentAt, type Layout, layoutIn, printJson } from './json-style.ts';

/** All the changes of one fix as edits; nothing where one of them stands in broken text or two would overlap. */
export function editJson(changes: readonly Change[], text: string): readonly TextEdit[] | undefined {
  const edits: TextEdit[] = [];
  for (const group of grouped(changes)) {
    const made = editsOf(group, text);
    if (made === undefined) return undefined;
    edits.push(...made);
  }
  return overlap(edits) ? undefined : edits;
}

function editsOf(group: Group, text: string): readonly TextEdit[] | undefined {
  switch (group.kind) {
    case 'add':
      return group.container.complete ? additionEdits(group, text) : undefined;
    case 'replace':
      return isReplaceable(group.node, group.value)
        ? [replacement(group.node, group.value, text)]
        : undefined;
    case 'rename':
      return group.member.key.complete
        ? [{ span: group.member.key.span, text: JSON.stringify(group.key) }]
        : undefined;
    case 'remove':
      return removalEdits(group.node, text);
  }
}

function replacement(node: Node, value: JsonValue, text: string): TextEdit {
  const holder = node.parent?.kind === 'member' ? node.parent.parent : node.parent;
  const layout: Layout = holder
    ? { ...layoutIn(text, holder), indent: indentAt(text, node.span.start) }
    : { eol: eolOf(text), unit: '  ', indent: '', flat: false };
  return { span: node.span, text: printJson(value, layout) };
}

function additionEdits({ container, entries, first }: Addition, text: string): readonly TextEdit[] {
  const layout = layoutIn(text, container);
  const printed = entries.map(
    ([key, value]) => (key === undefined ? '' : `${JSON.stringify(key)}: `) + printJson(value, layout),
  );
  const gap = layout.flat ? ' ' : layout.eol + layout.indent;
  const children = childrenOf(container);
  if (children.length === 0) return [fillEmpty(container, printed, layout, text)];
  const [head] = children;
  const last = children.at(-1);
  if (first && head) {
    const at = head.span.start;
    return [{ span: { start: at, end: at }, text: printed.map((part) => `${part},${gap}`).join('') }];
  }
  const end = last?.span.end ?? container.span.start + 1;
  const added = printed.map((part) => gap + part).join(',');
  const lineComment = commentEndAfter(text, end);
  if (layout.flat || lineComment === undefined) return [{ span: { start: end, end }, text: `,${added}` }];
  return [
    { span: { start: end, end }, text: ',' },
    { span: { start: lineComment, end: lineComment }, text: added },
  ];
}

/** Writes the first children between the brackets; comments that stand there stay in front of them. */
function fillEmpty(container: Container, printed: readonly string[], layout: Layout, text: string): TextEdit {
  const inside: Span = { start: container.span.start + 1, end: container.span.end - 1 };
  const kept = text.slice(inside.start, inside.end).trimEnd();
  const outer = layout.indent.slice(0, Math.max(0, layout.indent.length - layout.unit.length));
  const body = layout.flat
    ? container.kind === 'object'
      ? ` ${printed.join(', ')} `
      : printed.join(', ')
    : `${layout.eol}${layout.indent}${printed.join(`,${layout.eol}${layout.indent}`)}${layout.eol}${outer}`;
  return { span: { start: inside.start + kept.length, end: inside.end }, text: body };
}

/** Where a comment ends that follows an offset on its line; nothing if there is none. */
function commentEndAfter(text: string, offset: number): number | undefined {
  const lineEnd = endOfLine(text, offset);
  const rest = text.slice(offset, lineEnd).trim();
  return rest.startsWith('//') || (rest.startsWith('/*') && rest.endsWith('*/')) ? lineEnd : undefined;
}

function endOfLine(text: string, offset: number): number {
  for (let at = offset; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 10 || code === 13) return at;
  }
  return text.length;
}

function removalEdits(child: Member | Node, text: string): readonly TextEdit[] | undefined {
  const container = child.kind === 'member' ? child.parent : child.parent;
  if (container === undefined || container.kind === 'member' || !container.complete) return undefined;
  const children = childrenOf(container);
  const index = children.findIndex(({ span }) => span.start === child.span.start);
  const next = children[index + 1];
  const previous = children[index - 1];
  if (next) {
    const comma = commaBetween(text, child.span.end, next.span.start);
    return [{ span: { start: child.span.start, end: skipBlank(text, comma + 1) }, text: '' }];
  }
  if (!previous) {
    const start = trimmedEnd(text, child.span.start);
    const isNoted = endsInComment(text, container.span.start + 1, start);
    return [{ span: isNoted ? child.span : { start, end: skipBlank(text, child.span.end) }, text: '' }];
  }
  const comma = commaBetween(text, previous.span.end, child.span.start);
  const start = startOfRemoval(text, comma + 1, child.span);
  if (comma + 1 >= start) return [{ span: { start: comma, end: child.span.end }, text: '' }];
  return [
    { span: { start: comma, end: comma + 1 }, text: '' },
    { span: { start, end: child.span.end }, text: '' },
  ];
}

/** What goes with an element: the blank before it, but for a line break that ends a comment, where something stands behind it. */
function startOfRemoval(text: string, from: number, { start, end }: Span): number {
  const trimmed = trimmedEnd(text, start);
  const isLast = text.slice(end, endOfLine(text, end)).trim() === '';
  return isLast || !endsInComment(text, from, trimmed) ? trimmed : start;
}

/** Whether a text of blank and comments ends in one that goes on to the end of its line. */
function endsInComment(text: string, from: number, to: number): boolean {
  let at = from;
  while (at < to) {
    if (text.startsWith('//', at)) {
      at = endOfLine(text, at);
      if (at >= to) return true;
    } else if (text.startsWith('/*', at)) at = text.indexOf('*/', at + 2) + 2;
    else at++;
  }
  return false;
}

/** The comma between two siblings, comments passed over. */
function commaBetween(text: string, from: number, to: number): number {
  let at = from;
  while (at < to && text[at] !== ',') {
    if (text.startsWith('//', at)) at = endOfLine(text, at);
    else if (text.startsWith('/*', at)) at = text.indexOf('*/', at + 2) + 2;
    else at++;
  }
  return at;
}

const isSpace = (code: number): boolean => code === 32 || code === 9 || code === 10 || code === 13;

function skipBlank(text: string, from: number): number {
  let at = from;
  while (isSpace(text.charCodeAt(at))) at++;
  return at;
}

function trimmedEnd(text: string, before: number): number {
  let at = before;
  while (at > 0 && isSpace(text.charCodeAt(at - 1))) at--;
  return at;
}
