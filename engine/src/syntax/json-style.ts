/** How a JSON text is laid out around a place, and values printed in that style. */
import { encodeAround, isVerbatim, vacancy } from '../tree/change.ts';
import type { JsonValue } from '../tree/walk.ts';
import type { ArrayNode, Node, ObjectNode } from '../tree/tree.ts';

/** How new text is to look: line break and unit of indentation of the text, and the indentation to begin with. */
export interface Layout {
  readonly eol: string;
  readonly unit: string;
  readonly indent: string;
  /** Values stand on one line. */
  readonly flat: boolean;
}

const isBlank = (code: number): boolean => code === 32 || code === 9;
const isBreak = (code: number): boolean => code === 10 || code === 13;

/** The white space that the line of an offset begins with. */
export function indentAt(text: string, offset: number): string {
  let lineStart = Math.min(offset, text.length);
  while (lineStart > 0 && !isBreak(text.charCodeAt(lineStart - 1))) lineStart--;
  let end = lineStart;
  while (isBlank(text.charCodeAt(end))) end++;
  return text.slice(lineStart, end);
}

/** The line break that a text uses first. */
export function eolOf(text: string): string {
  const at = text.indexOf('\n');
  if (at < 0) return text.includes('\r') ? '\r' : '\n';
  return text.charCodeAt(at - 1) === 13 ? '\r\n' : '\n';
}

/** The children of a container, as spans to lay out. */
export const childrenOf = (node: ObjectNode | ArrayNode): readonly { readonly span: Node['span'] }[] =>
  node.kind === 'object' ? node.members : node.items;

const breaksIn = (text: string, start: number, end: number): boolean => {
  const part = text.slice(start, end);
  return part.includes('\n') || part.includes('\r');
};

/** The layout for the children of a container: theirs if it has some, else what its surroundings suggest. */
export function layoutIn(text: string, container: ObjectNode | ArrayNode): Layout {
  const eol = eolOf(text);
  const outer = indentAt(text, container.span.start);
  const first = childrenOf(container)[0];
  if (first) {
    const flat = !breaksIn(text, container.span.start, first.span.start);
    const indent = flat ? outer : indentAt(text, first.span.start);
    return { eol, indent, flat, unit: unitBetween(outer, indent) ?? unitOf(text) };
  }
  const unit = unitOf(text);
  return { eol, unit, indent: outer + unit, flat: standsFlat(text, container) };
}

/** An empty container is filled on one line where the object that holds it stands on one line. */
function standsFlat(text: string, node: Node): boolean {
  const holder = node.parent?.kind === 'member' ? node.parent.parent : node.parent;
  return holder !== undefined && layoutIn(text, holder).flat;
}

function unitBetween(outer: string, inner: string): string | undefined {
  return inner.length > outer.length && inner.startsWith(outer) ? inner.slice(outer.length) : undefined;
}

/** The first indentation in a text, or two spaces. */
function unitOf(text: string): string {
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
    const indent = indentAt(text, at + 1);
    const next = text.charCodeAt(at + 1 + indent.length);
    if (indent !== '' && next !== 10 && next !== 13) return indent;
  }
  return '  ';
}

/** Prints a value as JSON. The first line is not indented: it follows what stands before it. */
export function printJson(value: JsonValue, layout: Layout): string {
  if (typeof value === 'string') return printText(value);
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const inner = { ...layout, indent: layout.indent + layout.unit };
  const list = isList(value);
  const parts = list
    ? value.map((item) => printJson(item, inner))
    : Object.entries(value).map(([key, item]) =>
        key === vacancy ? key : `${printText(key)}: ${printJson(item, inner)}`,
      );
  const [open, close] = list ? ['[', ']'] : ['{', '}'];
  if (parts.length === 0) return open + close;
  if (layout.flat) return list ? `[${parts.join(', ')}]` : `{ ${parts.join(', ')} }`;
  const { eol } = layout;
  return `${open}${eol}${inner.indent}${parts.join(`,${eol}${inner.indent}`)}${eol}${layout.indent}${close}`;
}

const printText = (value: string): string =>
  isVerbatim(value) ? value : `"${encodeAround(value, (part) => JSON.stringify(part).slice(1, -1))}"`;

const isList = (value: JsonValue): value is readonly JsonValue[] => Array.isArray(value);
