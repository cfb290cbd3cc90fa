/** Where in a Terraform file a policy stands, and in which of its forms. */
import { blockAround } from '../../syntax/hcl-forms.ts';
import { covers } from '../../text/span.ts';
import type { Member, Node, ObjectNode, OpaqueNode, StringNode } from '../../tree/tree.ts';
import { descendants, keyText } from '../../tree/walk.ts';
import type { Place } from './refactoring.ts';

/** The argument whose value a policy is. */
export interface Argument {
  readonly form: 'jsonencode' | 'text';
  readonly member: Member;
  readonly value: StringNode | OpaqueNode;
}

/** The argument that the policy of a place is the value of, as a call of `jsonencode` or as text; nothing for others. */
export function argumentOf({ document, region: { node, syntax } }: Place): Argument | undefined {
  const member = document.host === 'terraform' && node.parent?.kind === 'member' ? node.parent : undefined;
  const value = member?.value;
  if (member === undefined || value === undefined || !covers(value.span, node.span)) return undefined;
  if (syntax.id === 'json-text' && value.kind === 'string') return { form: 'text', member, value };
  const isCall =
    value.kind === 'opaque' && value.callee === 'jsonencode' && isSame(value.operands?.[0], node);
  return syntax.id === 'hcl' && isCall ? { form: 'jsonencode', member, value } : undefined;
}

/** Whether a node is another one, or a copy of it. */
const isSame = (original: Node | undefined, { span: { start, end } }: Node): boolean =>
  original?.span.start === start && original.span.end === end;

/** A policy document and the one place of the file that it is used in. */
export interface Used {
  readonly name: string;
  readonly block: Member;
  readonly body: ObjectNode;
  readonly member: Member;
  readonly value: Node;
}

const prefix = 'data.aws_iam_policy_document.';

/** The policy document of a place; text where it is used in another way than once, as a whole. */
export function documentOf({ document, region: { node, syntax } }: Place): Used | string | undefined {
  const { root } = document.tree;
  if (syntax.id !== 'hcl-document' || root === undefined) return undefined;
  const all = [...descendants(root)].filter((each) => each.kind === 'object');
  const body = all.find(
    ({ span, parent }) =>
      span.start === node.span.start &&
      span.end === node.span.end &&
      parent?.kind === 'member' &&
      parent.parent.parent?.kind === 'member',
  );
  const label = body?.parent?.kind === 'member' ? body.parent : undefined;
  if (body === undefined || label === undefined) return undefined;
  const name = keyText(label.key);
  const users = all
    .flatMap(({ members }) => members)
    .filter(({ value }) => value?.kind === 'opaque' && value.text === `${prefix}${name}.json`);
  const [member, ...others] = users;
  if (member?.value === undefined || others.length > 0 || timesNamed(name, document.source.text) !== 1)
    return 'The document is not used exactly once, as the whole of an argument.';
  return { name, block: blockAround(label), body, member, value: member.value };
}

/** How often a file speaks of a policy document. */
function timesNamed(name: string, text: string): number {
  const isName = (sign: string): boolean =>
    sign.toLowerCase() !== sign.toUpperCase() || '0123456789_-'.includes(sign);
  return text
    .split(prefix + name)
    .slice(1)
    .filter((rest) => rest === '' || !isName(rest.charAt(0))).length;
}

/** A name that no policy document of the file has yet. */
export function freshName(wanted: string, text: string): string {
  const isTaken = (name: string): boolean => text.includes(`"${name}"`) || timesNamed(name, text) > 0;
  if (!isTaken(wanted)) return wanted;
  let number = 2;
  while (isTaken(`${wanted}_${number}`)) number++;
  return `${wanted}_${number}`;
}
