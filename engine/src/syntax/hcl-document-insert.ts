/** New arguments and blocks in bodies of HCL: in lines of their own, set apart as those that are there. */
import type { TextEdit } from '../text/edit.ts';
import type { Member, ObjectNode } from '../tree/tree.ts';
import { joined, type Place, type Printed } from './hcl-document-print.ts';
import { bodyOf } from './hcl-read.ts';
import { lineBehind } from './hcl-style.ts';
import { indentAt, layoutIn } from './json-style.ts';

/** What is to be written into a body; behind its last member unless another is named. */
export interface Insertion {
  readonly body: ObjectNode;
  readonly parts: readonly Printed[];
  readonly after?: Member;
}

/** The edits that write all of them; nothing where a body is broken. */
export function addTo(insertions: readonly Insertion[], text: string): readonly TextEdit[] | undefined {
  const edits: TextEdit[] = [];
  for (const body of new Set(insertions.map((each) => each.body))) {
    if (!body.complete) return undefined;
    const own = insertions.filter((each) => each.body === body);
    edits.push(
      ...(standsInLine(body, text) ? reflowed(body, own, text) : own.map((each) => added(each, text))),
    );
  }
  return edits;
}

/** Whether a body is empty, or written on one line, where only one argument can stand. */
function standsInLine({ members, span }: ObjectNode, text: string): boolean {
  const last = members.at(-1);
  return (
    last === undefined ||
    !lineBehind(text, last.span.end).blank ||
    !text.slice(span.start, span.end).includes('\n')
  );
}

function reflowed(body: ObjectNode, insertions: readonly Insertion[], text: string): readonly TextEdit[] {
  const { eol, unit } = layoutIn(text, body);
  const outer = indentAt(text, body.span.start);
  const inner = outer + unit;
  const lines = joined(
    insertions.flatMap(({ parts }) => parts),
    { eol, unit, indent: inner },
  );
  const inside = { start: body.span.start + 1, end: body.span.end - 1 };
  const first = body.members[0];
  const last = body.members.at(-1);
  const ending = `${eol}${inner}${lines}${eol}${outer}`;
  if (first === undefined || last === undefined) {
    const kept = text.slice(inside.start, inside.end).trimEnd();
    return [{ span: { start: inside.start + kept.length, end: inside.end }, text: ending }];
  }
  return [
    { span: { start: inside.start, end: first.span.start }, text: eol + inner },
    { span: { start: last.span.end, end: inside.end }, text: ending },
  ];
}

function added({ body, parts, after }: Insertion, text: string): TextEdit {
  const place: Place = layoutIn(text, body);
  const anchor = after ?? body.members.at(-1);
  const at = lineBehind(text, anchor?.span.end ?? body.span.start + 1).end;
  const [first] = parts;
  const isApart = (first?.block !== undefined || (anchor && bodyOf(anchor))) && setsApart(body, text);
  const gap = (isApart ? place.eol : '') + place.eol + place.indent;
  return { span: { start: at, end: at }, text: gap + joined(aligned(parts, anchor), place) };
}

/** An argument behind another one has its sign in the same column, as `terraform fmt` has it. */
function aligned(parts: readonly Printed[], anchor: Member | undefined): readonly Printed[] {
  const width = anchor?.slot ? anchor.slot.start - anchor.key.span.start - 2 : 0;
  return parts.map((part) =>
    part.argument ? { argument: [part.argument[0].padEnd(width), part.argument[1]] } : part,
  );
}

/** Whether blocks are set apart by blank lines: those of this body, or as `terraform fmt` leaves them. */
function setsApart({ members }: ObjectNode, text: string): boolean {
  const gaps = members.flatMap((member, index) => {
    const previous = members[index - 1];
    return previous && (bodyOf(member) ?? bodyOf(previous))
      ? [text.slice(previous.span.end, member.span.start)]
      : [];
  });
  return gaps.length === 0 || gaps.some((gap) => gap.split('\n').length > 2);
}
