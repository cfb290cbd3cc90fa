/**
 * A policy of one form of Terraform as a value that another form can print: `${var.x}` in JSON text is `var.x` in an
 * expression, and back. Nothing where a part means something only where it stands.
 */
import { verbatim, verbatimPart } from '../tree/change.ts';
import type { Member, Node, StringNode } from '../tree/tree.ts';
import type { JsonValue } from '../tree/walk.ts';

/** `template`: JSON text in a string or heredoc. `expression`: objects and lists of HCL itself. */
export type Form = 'template' | 'expression';

/** The value of a node of one form, to be printed in another. */
export function ported(node: Node, from: Form, to: Form): JsonValue | undefined {
  const again = (child: Node): JsonValue | undefined => ported(child, from, to);
  switch (node.kind) {
    case 'boolean':
    case 'number':
      return node.value;
    case 'null':
      return null;
    case 'string':
      return portedString(node, to);
    case 'opaque':
      return portedExpression(node.text, from, to);
    case 'array': {
      const values = node.items.map(again);
      const made = values.filter((value) => value !== undefined);
      return made.length === values.length ? made : undefined;
    }
    case 'object':
      return portedMembers(node.members, again);
  }
}

function portedMembers(
  members: readonly Member[],
  again: (child: Node) => JsonValue | undefined,
): JsonValue | undefined {
  const entries = new Map<string, JsonValue>();
  for (const { key, value } of members) {
    const name = templateOf(key);
    const made = value && again(value);
    if (name === undefined || made === undefined || entries.has(name)) return undefined;
    entries.set(name, made);
  }
  return Object.fromEntries(entries);
}

function portedString(node: StringNode, to: Form): JsonValue | undefined {
  const [only, ...others] = node.parts;
  if (to === 'template' || others.length > 0 || typeof only !== 'object') return templateOf(node);
  return isPlainHole(only.hole) ? verbatim(insideOf(only.hole)) : undefined;
}

/** A text with its expressions, which are written alike in strings and in heredocs. */
function templateOf({ value, parts }: StringNode): string | undefined {
  if (value !== undefined) return value;
  const texts = parts.map((part) =>
    typeof part === 'string' ? part : isPlainHole(part.hole) ? verbatimPart(part.hole) : undefined,
  );
  return texts.includes(undefined) ? undefined : texts.join('');
}

/** An expression, and neither a directive nor one that takes away the space around it. */
const isPlainHole = (hole: string): boolean =>
  hole.startsWith('${') && hole.endsWith('}') && !hole.startsWith('${~') && !hole.endsWith('~}');

const insideOf = (hole: string): string => hole.slice(2, -1).trim();

function portedExpression(text: string, from: Form, to: Form): JsonValue | undefined {
  if (text === '') return undefined;
  if (from === to) return verbatim(text);
  if (from === 'expression') return verbatim(`\${jsonencode(${text})}`);
  if (!isPlainHole(text)) return undefined;
  const inside = insideOf(text);
  return verbatim(argumentOf(inside) ?? `jsondecode(${inside})`);
}

/** The argument where an expression is one call of `jsonencode`. */
function argumentOf(expression: string): string | undefined {
  const head = 'jsonencode(';
  if (!expression.startsWith(head)) return undefined;
  let depth = 1;
  for (let at = head.length; at < expression.length; at++) {
    if (expression[at] === '"') return undefined;
    if (expression[at] === '(') depth++;
    if (expression[at] === ')') depth--;
    if (depth === 0)
      return at === expression.length - 1 ? expression.slice(head.length, at).trim() : undefined;
  }
  return undefined;
}
