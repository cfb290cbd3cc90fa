/** Policies put into files of Terraform where there is none yet: as an argument of a role, or as a block of their own. */
import type { TextEdit } from '../text/edit.ts';
import type { Member, ObjectNode } from '../tree/tree.ts';
import type { JsonValue } from '../tree/walk.ts';
import { addTo } from './hcl-document-insert.ts';
import { endOfLine } from './hcl-template.ts';
import { eolOf, indentAt, layoutIn } from './json-style.ts';
import { hclText } from './text.ts';

/** A new argument of a body, with the policy as its value; nothing where the body is broken. */
export function addPolicyArgument(
  body: ObjectNode,
  name: string,
  policy: JsonValue,
  text: string,
): readonly TextEdit[] | undefined {
  const { indent } = layoutIn(text, body);
  return addTo([{ body, parts: [{ block: `${name} = ${encoded(policy, indent, text)}` }] }], text);
}

/** The policy as the value of an argument that has none yet, or one that says nothing. */
export function fillPolicyArgument(
  { key, slot, value }: Member,
  policy: JsonValue,
  text: string,
): readonly TextEdit[] {
  const printed = ` ${encoded(policy, indentAt(text, key.span.start), text)}`;
  const start = slot?.start ?? key.span.end;
  const end = value?.span.end ?? endOfLine(text, start);
  return [{ span: { start, end }, text: slot ? printed : ` =${printed}` }];
}

/** A policy as an expression, with the line breaks of a text. */
const encoded = (policy: JsonValue, indent: string, text: string): string =>
  `jsonencode(${hclText(policy, indent)})`.split('\n').join(eolOf(text));

/** A new block behind the line of an offset, set apart by blank lines. */
export function addBlock(printed: string, offset: number, text: string): TextEdit {
  const eol = eolOf(text);
  const before = text.slice(0, endOfLine(text, offset)).trimEnd();
  const rest = text.slice(before.length);
  const after = rest.trimStart();
  const lead = before === '' ? '' : eol + eol;
  return {
    span: { start: before.length, end: before.length + rest.length - after.length },
    text: lead + printed.split('\n').join(eol) + (after === '' ? eol : eol + eol),
  };
}
