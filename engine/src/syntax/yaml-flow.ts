/** Edits of YAML in brackets: in the layout of its neighbours, with JSON's quotes where they have them. */
import type { TextEdit } from '../text/edit.ts';
import type { Member, Node } from '../tree/tree.ts';
import type { JsonValue } from '../tree/walk.ts';
import type { Addition, Container } from './groups.ts';
import { childrenOf, layoutIn, printJson } from './json-style.ts';
import { printFlow, printScalar, styleAround } from './yaml-style.ts';

/** Whether a place in brackets is written as JSON is: its nearest names are in double quotes. */
function isJson(text: string, node: Node): boolean {
  if (node.kind === 'object' && node.members[0]) return text[node.members[0].key.span.start] === '"';
  const { parent } = node;
  if (parent === undefined) return false;
  return parent.kind === 'member' ? text[parent.key.span.start] === '"' : isJson(text, parent);
}

function printer(text: string, near: Container): (key: string | undefined, value: JsonValue) => string {
  const { quote } = styleAround(text, near);
  const layout = layoutIn(text, near);
  const asJson = isJson(text, near);
  return (key, value) => {
    if (asJson) return (key === undefined ? '' : `${JSON.stringify(key)}: `) + printJson(value, layout);
    return (key === undefined ? '' : `${printScalar(key, quote, true)}: `) + printFlow(value, quote);
  };
}

/** What stands in place of a node in brackets. */
export function replaceInFlow(node: Node, value: JsonValue, text: string): string {
  const holder = node.parent?.kind === 'member' ? node.parent.parent : node.parent;
  if (holder === undefined) return printFlow(value, "'");
  return printer(text, holder)(undefined, value);
}

/** New children of brackets. */
export function addToFlow(
  { container, entries, first }: Addition,
  text: string,
): readonly TextEdit[] | undefined {
  const print = printer(text, container);
  const printed = entries.map(([key, value]) => print(key, value));
  const children = childrenOf(container);
  const head = children[0];
  const last = children.at(-1);
  if (head === undefined || last === undefined) return fillEmpty(container, printed, text);
  const layout = layoutIn(text, container);
  const gap = layout.flat ? ' ' : layout.eol + layout.indent;
  if (first) {
    const at = head.span.start;
    return [{ span: { start: at, end: at }, text: printed.map((part) => `${part},${gap}`).join('') }];
  }
  const at = last.span.end;
  // Behind a comment nothing can be added on its line, and the comma belongs before it.
  if (text.slice(at, container.span.end).includes('#')) return undefined;
  const comma = text.slice(at, container.span.end).includes(',');
  const added = printed.map((part) => gap + part).join(',');
  if (!comma) return [{ span: { start: at, end: at }, text: `,${added}` }];
  const behind = text.indexOf(',', at) + 1;
  return [{ span: { start: behind, end: behind }, text: added }];
}

function fillEmpty(
  container: Container,
  printed: readonly string[],
  text: string,
): readonly TextEdit[] | undefined {
  const inside = { start: container.span.start + 1, end: container.span.end - 1 };
  if (text.slice(inside.start, inside.end).trim() !== '') return undefined;
  const body = printed.join(', ');
  return [{ span: inside, text: container.kind === 'object' ? ` ${body} ` : body }];
}

/** Takes a child out of brackets, with the comma that set it apart; not where comments stand beside it. */
export function removeFromFlow(
  child: Member | Node,
  holder: Container,
  text: string,
): readonly TextEdit[] | undefined {
  const children = childrenOf(holder);
  const index = children.findIndex(({ span }) => span.start === child.span.start);
  const start = children[index - 1]?.span.end ?? holder.span.start + 1;
  const end = children[index + 1]?.span.start ?? holder.span.end - 1;
  if (text.slice(start, child.span.start).includes('#') || text.slice(child.span.end, end).includes('#'))
    return undefined;
  if (children[index + 1]) return [{ span: { start: child.span.start, end }, text: '' }];
  if (children.length === 1) return [{ span: { start, end }, text: '' }];
  return [{ span: { start, end: child.span.end }, text: '' }];
}
