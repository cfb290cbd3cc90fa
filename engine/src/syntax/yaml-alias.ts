/** Aliases and merge keys: what they stand for, copied to where they stand. Copies carry the span of the alias. */
import type { CST } from 'yaml';
import { type MemberParts, rebuild } from '../tree/build.ts';
import type { Member, Node, StringNode } from '../tree/tree.ts';
import { descendants } from '../tree/walk.ts';
import { type Notes, spanOf } from './yaml-notes.ts';

/** Aliases of aliases multiply; behind so many copied nodes they are not followed any more. */
const mostCopies = 20_000;

/** What an alias stands for; opaque where its anchor is not known. */
export function aliased(notes: Notes, token: CST.FlowScalar): Node {
  const span = spanOf(token);
  const target = notes.anchors.get(token.source.slice(1));
  if (target) notes.copies += [...descendants(target)].length;
  if (target === undefined || notes.copies > mostCopies)
    return { kind: 'opaque', span, complete: true, text: token.source };
  return rebuild(target, { span: () => span, replace: (copy) => copy });
}

/** Members with what their merge keys bring in; what a mapping says itself comes before what it merges. */
export function merged(parts: readonly MemberParts[]): readonly MemberParts[] {
  if (!parts.some(isMerge)) return parts;
  const taken = new Set(parts.flatMap(({ key }) => key.value ?? []));
  return parts.flatMap((part) =>
    isMerge(part) && part.value ? mergedFrom(part, part.value, taken) : [part],
  );
}

const isMerge = ({ key, value }: MemberParts): boolean => key.value === '<<' && value !== undefined;

function mergedFrom(merge: MemberParts, value: Node, taken: Set<string>): readonly MemberParts[] {
  if (value.kind === 'array') return value.items.flatMap((item) => mergedFrom(merge, item, taken));
  if (value.kind !== 'object') return [unknownMembers(merge, value)];
  return value.members.flatMap((member) => mergedMember(member, value, taken));
}

function mergedMember(
  { key, value, slot }: Member,
  holder: Node,
  taken: Set<string>,
): readonly MemberParts[] {
  if (key.value !== undefined && taken.has(key.value)) return [];
  if (key.value !== undefined) taken.add(key.value);
  return [{ key, span: holder.span, ...(value && { value }), ...(slot && { slot }) }];
}

/** A merge of something that is not known may bring in any member. */
function unknownMembers({ span }: MemberParts, value: Node): MemberParts {
  const key: StringNode = {
    kind: 'string',
    span: value.span,
    complete: true,
    parts: [{ hole: '<<' }],
    content: value.span,
  };
  return { key, span, value };
}
