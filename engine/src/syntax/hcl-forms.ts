/** A policy printed in the forms that Terraform has for it, and the edits that put one in the place of another. */
import type { TextEdit } from '../text/edit.ts';
import type { Span } from '../text/span.ts';
import { encodeAround } from '../tree/change.ts';
import type { Member, ObjectNode } from '../tree/tree.ts';
import type { JsonValue } from '../tree/walk.ts';
import { joined, printElement } from './hcl-document-print.ts';
import { printHcl } from './hcl-style.ts';
import { withoutHoles } from './hcl-template.ts';
import { eolOf, indentAt, type Layout, printJson } from './json-style.ts';

/** `jsonencode({ … })` in the place of a value. */
export const asJsonencode = (value: JsonValue, member: Member, text: string): string => {
  const layout = layoutAt(member, text);
  return `jsonencode(${printHcl(value, { ...layout, separator: ' = ', quoted: false, commas: false })})`;
};

/** A heredoc of JSON in the place of a value. */
export function asHeredoc(value: JsonValue, member: Member, text: string): string {
  const layout = layoutAt(member, text);
  const inner = layout.indent + layout.unit;
  const json = encodeAround(printJson(value, { ...layout, indent: inner }), withoutHoles);
  return `<<-EOT${layout.eol}${inner}${json}${layout.eol}${layout.indent}EOT`;
}

/** The block of a policy document; nothing where the policy cannot be said there. */
export function asDocument(
  value: Readonly<Record<string, JsonValue>>,
  name: string,
  text: string,
): string | undefined {
  const place = { eol: eolOf(text), unit: '  ', indent: '  ' };
  const parts = Object.entries(value).map(([element, part]) => printElement(element, part, place));
  if (parts.some((part) => part === undefined)) return undefined;
  const inside = joined(
    parts.flatMap((part) => part ?? []),
    place,
  );
  return `data "aws_iam_policy_document" "${name}" {${place.eol}  ${inside}${place.eol}}`;
}

function layoutAt(member: Member, text: string): Layout {
  return { eol: eolOf(text), unit: '  ', indent: indentAt(text, member.span.start), flat: false };
}

/** Another expression in the place of a value. */
export const replaceExpression = (span: Span, expression: string): TextEdit => ({ span, text: expression });

/** A block before another one and the comments that stand right above it. */
export function insertBlock(block: string, before: Member, text: string): TextEdit {
  const eol = eolOf(text);
  let at = text.lastIndexOf('\n', before.span.start - 1) + 1;
  while (at > 0) {
    const above = text.lastIndexOf('\n', at - 2) + 1;
    const line = text.slice(above, at).trim();
    if (!line.startsWith('#') && !line.startsWith('//')) break;
    at = above;
  }
  return { span: { start: at, end: at }, text: block + eol + eol };
}

/** Takes out a block with its lines and the blank line that set it apart. */
export function removeBlock({ span }: Member, text: string): TextEdit {
  const start = text.lastIndexOf('\n', span.start - 1) + 1;
  const lineEnd = text.indexOf('\n', span.end);
  let end = lineEnd < 0 ? text.length : lineEnd + 1;
  const next = text.indexOf('\n', end);
  if (next >= 0 && text.slice(end, next).trim() === '') end = next + 1;
  return { span: { start, end }, text: '' };
}

/** The block of the file that a node stands in. */
export function blockAround(member: Member): Member {
  const holder: ObjectNode = member.parent;
  return holder.parent?.kind === 'member' ? blockAround(holder.parent) : member;
}
