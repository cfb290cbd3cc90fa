/**
 * `data "aws_iam_policy_document"` as the policy that Terraform makes of it: its blocks and arguments become the members
 * of a JSON-shaped tree whose spans are those of the blocks. Tests of one operator and principals of one type come
 * together. What is computed, such as a `dynamic` block, is a hole.
 */
import type { Span } from '../text/span.ts';
import { arrayOf, type MemberParts, objectOf } from '../tree/build.ts';
import type { Member, Node, ObjectNode, StringNode } from '../tree/tree.ts';
import { memberOf, textOf, valueOf } from '../tree/walk.ts';
import { isReplaceable } from './groups.ts';
import { unknownKey } from './hcl-call.ts';
import { copyOf, hull, textNode, withVariables } from './hcl-document-copy.ts';
import {
  conditionBlock,
  otherDocuments,
  policyArguments,
  principalBlocks,
  statementArguments,
} from './hcl-document-names.ts';
import { bodyOf } from './hcl-read.ts';

/** What an argument or a block says of a member of the policy; `member` has the name that stands in this very place. */
export interface Said {
  readonly as: 'name' | 'value';
  readonly member: Member;
}

/** A policy, and which blocks and arguments say what of it. */
export interface PolicyDocument {
  readonly root: ObjectNode;
  /** The body of the data source. */
  readonly body: ObjectNode;
  /** The arguments or blocks that make up a member; none for what Terraform adds, nothing for what is computed. */
  readonly sources: ReadonlyMap<Member, readonly Member[]>;
  /** The value in the file that a value of the policy is a copy of. */
  readonly written: ReadonlyMap<Node, Node>;
  readonly said: ReadonlyMap<Member, Said>;
  /** The body whose arguments and blocks are the members of an object: of the policy, or of a statement. */
  readonly bodies: ReadonlyMap<Node, ObjectNode>;
}

interface Draft {
  readonly sources: Map<Member, readonly Member[]>;
  readonly written: Map<Node, Node>;
  readonly said: Map<Member, Said>;
  readonly bodies: Map<Node, ObjectNode>;
}

/** A member before its object is made, and what is to be noted of it then. */
interface Part {
  readonly parts: MemberParts;
  readonly sources?: readonly Member[];
  readonly said?: readonly { readonly at: Member; readonly as: Said['as']; readonly key?: StringNode }[];
}

/** A block of the file; `computed` is the content of a `dynamic` block, which may be there not at all or many times. */
interface Block {
  readonly member: Member;
  readonly body: ObjectNode;
  readonly computed: boolean;
}

/** Reads the body of a policy document; of one that is a part of others, more statements are to come. */
export function readPolicyDocument(body: ObjectNode, isPart = false): PolicyDocument {
  const draft: Draft = { sources: new Map(), written: new Map(), said: new Map(), bodies: new Map() };
  const blocks = blocksNamed(body, 'statement');
  const parts = argumentParts(body, policyArguments, draft);
  if (!memberOf(body, 'version')) parts.push(defaultPart('Version', '2012-10-17', body));
  const open = isPart || otherDocuments.some((name) => memberOf(body, name)) || blocks.some(isComputed);
  if (blocks.length > 0 || open) parts.push(statementsPart(blocks, open, body, draft));
  const root = objectFrom(body.span, body.complete, parts, draft);
  draft.bodies.set(root, body);
  return { root, body, ...draft };
}

const isComputed = ({ computed }: Block): boolean => computed;

/** The blocks of a name in a body, also those that are computed. */
function blocksNamed({ members }: ObjectNode, name: string): readonly Block[] {
  return members.flatMap((member): readonly Block[] => {
    const body = bodyOf(member);
    if (body === undefined) return [];
    if (member.key.value === name) return [{ member, body, computed: false }];
    const label = member.value?.kind === 'object' ? member.value.members[0]?.key.value : undefined;
    if (member.key.value !== 'dynamic' || label !== name) return [];
    const content = body.members.find(({ key }) => key.value === 'content');
    return [{ member, body: (content && bodyOf(content)) ?? body, computed: true }];
  });
}

/** Makes an object and notes where its members come from. */
function objectFrom(span: Span, complete: boolean, parts: readonly Part[], draft: Draft): ObjectNode {
  // In the order of the text, and what stands nowhere last.
  const rank = ({ sources, parts: { span: at } }: Part): number =>
    sources?.length === 0 ? Infinity : at.start;
  const inOrder = [...parts].sort((a, b) => rank(a) - rank(b) || 0);
  const object = objectOf(
    span,
    complete,
    inOrder.map((part) => part.parts),
  );
  for (const [index, member] of object.members.entries()) {
    const { sources, said = [] } = inOrder[index] ?? {};
    if (sources) draft.sources.set(member, sources);
    for (const { at, as, key } of said) draft.said.set(at, { as, member: key ? { ...member, key } : member });
  }
  return object;
}

function statementsPart(blocks: readonly Block[], open: boolean, body: ObjectNode, draft: Draft): Part {
  const items: Node[] = blocks.map((block) => statementOf(block, draft));
  const end = blocks.at(-1)?.member.span.end ?? body.span.start + 1;
  const nowhere = { start: end, end };
  const others: readonly Node[] = open ? [{ kind: 'opaque', span: nowhere, complete: true, text: '' }] : [];
  const span = hull([...items, ...others].map((item) => item.span));
  const value = arrayOf(span, blocks.every(isWhole), [...items, ...others]);
  const key = textNode('Statement', blocks[0]?.member.key.span ?? nowhere);
  return blockPart(key, value, blocks);
}

const isWhole = ({ body }: Block): boolean => body.complete;

/** A member that is made of blocks: their names stand for its own. */
function blockPart(key: StringNode, value: Node, blocks: readonly Block[]): Part {
  const span = hull([key.span, value.span]);
  const said = blocks.map(({ member }) => ({
    at: member,
    as: 'value' as const,
    key: textNode(key.value ?? '', member.key.span),
  }));
  const sources = blocks.some(isComputed) ? {} : { sources: blocks.map(({ member }) => member) };
  return { parts: { key, value, span }, said, ...sources };
}

function statementOf({ body }: Block, draft: Draft): ObjectNode {
  const parts = argumentParts(body, statementArguments, draft);
  if (!memberOf(body, 'effect')) parts.push(defaultPart('Effect', 'Allow', body));
  for (const [name, element] of Object.entries(principalBlocks)) {
    const blocks = blocksNamed(body, name);
    const value = blocks.length > 0 ? principalOf(blocks, draft) : undefined;
    if (value) parts.push(blockPart(textNode(element, spanOfName(blocks)), value, blocks));
  }
  const conditions = blocksNamed(body, conditionBlock.name);
  if (conditions.length > 0) {
    const key = textNode(conditionBlock.element, spanOfName(conditions));
    parts.push(blockPart(key, conditionOf(conditions, draft), conditions));
  }
  const statement = objectFrom(body.span, body.complete, parts, draft);
  draft.bodies.set(statement, body);
  return statement;
}

const spanOfName = (blocks: readonly Block[]): Span =>
  hull(blocks.slice(0, 1).map(({ member }) => member.key.span));

/** Types of principals by name; `*` for everybody, as long as nobody else is named. */
function principalOf(blocks: readonly Block[], draft: Draft): Node {
  const [first, ...others] = blocks;
  const anyone = first && others.length === 0 ? anyoneIn(first) : undefined;
  if (anyone) return anyone;
  const members = groupedBy(blocks, 'type').map((group) =>
    namedPart(group, 'type', valuesOf(group, 'identifiers', draft), 'identifiers'),
  );
  return objectFrom(bodySpan(blocks), blocks.every(isWhole), [...members, ...unknownPart(blocks)], draft);
}

/** What a block of the type `*` stands for: everybody if it says so, nobody knows whom if that is computed. */
function anyoneIn({ body, computed }: Block): Node | undefined {
  const identifiers = valueOf(body, 'identifiers');
  if (computed || textOf(valueOf(body, 'type')) !== '*' || identifiers === undefined) return undefined;
  const [only, ...others] = identifiers.kind === 'array' ? identifiers.items : [identifiers];
  if (only === undefined || others.length > 0) return undefined;
  const { span, complete } = only;
  if (textOf(only) === '*') return { ...textNode('*', span), complete: body.complete };
  return isReplaceable(only, null) ? undefined : { kind: 'opaque', span, complete, text: '' };
}

/** Operators, and in each the keys that it tests. */
function conditionOf(blocks: readonly Block[], draft: Draft): Node {
  const operators = groupedBy(blocks, 'test').map((group) => {
    const keys = groupedBy(group, 'variable').map((same) =>
      namedPart(same, 'variable', valuesOf(same, 'values', draft), 'values'),
    );
    const span = hull(keys.map(({ parts }) => parts.span));
    return namedPart(group, 'test', objectFrom(span, group.every(isWhole), keys, draft));
  });
  return objectFrom(bodySpan(blocks), blocks.every(isWhole), [...operators, ...unknownPart(blocks)], draft);
}

const bodySpan = (blocks: readonly Block[]): Span => hull(blocks.map(({ body }) => body.span));

/** Blocks that have the same known text in an argument come together. */
function groupedBy(blocks: readonly Block[], name: string): readonly (readonly Block[])[] {
  const groups: Block[][] = [];
  const byText = new Map<string, Block[]>();
  for (const block of blocks) {
    const text = textOf(valueOf(block.body, name));
    const same = text === undefined ? undefined : byText.get(text);
    if (same) same.push(block);
    else {
      const group = [block];
      groups.push(group);
      if (text !== undefined) byText.set(text, group);
    }
  }
  return groups;
}

/** A member whose name is the value of an argument; its value may be that of another argument. */
function namedPart(
  blocks: readonly Block[],
  name: string,
  value: Node | undefined,
  valueName?: string,
): Part {
  const names = blocks.map((block) => nameOf(block, name));
  const [key = unknownKey({ start: 0, end: 0 }, '')] = names;
  const values = blocks.flatMap(({ body }) => (valueName ? (memberOf(body, valueName) ?? []) : []));
  const slot = values[0]?.slot;
  const said = blocks.flatMap(({ body }, index) => {
    const at = memberOf(body, name);
    return at ? [{ at, as: 'name' as const, key: names[index] ?? key }] : [];
  });
  return {
    parts: {
      key,
      span: hull([key.span, ...(value ? [value.span] : slot ? [slot] : [])]),
      ...(value && { value }),
      ...(slot && { slot }),
    },
    said: [...said, ...values.map((at) => ({ at, as: 'value' as const }))],
    ...(!blocks.some(isComputed) && { sources: blocks.map(({ member }) => member) }),
  };
}

/** The name that a block gives in an argument; one that is computed or missing may be any. */
function nameOf({ body }: Block, name: string): StringNode {
  const member = memberOf(body, name);
  const { value } = member ?? {};
  if (value?.kind === 'string') return withVariables(value);
  const at = member?.slot?.start ?? body.span.start + 1;
  return unknownKey(value?.span ?? { start: at, end: at }, value?.kind === 'opaque' ? value.text : '');
}

/** The values of an argument in all of the blocks. */
function valuesOf(blocks: readonly Block[], name: string, draft: Draft): Node | undefined {
  const values = blocks
    .flatMap(({ body }) => valueOf(body, name) ?? [])
    .map((value) => copyOf(value, draft.written));
  const [first, ...others] = values;
  if (first === undefined || others.length === 0) return first;
  const items = values.flatMap((value) => (value.kind === 'array' ? value.items : [value]));
  return arrayOf(hull(values.map(({ span }) => span)), false, items);
}

/** What `dynamic` blocks may add. */
function unknownPart(blocks: readonly Block[]): readonly Part[] {
  const last = blocks.findLast(isComputed);
  if (last === undefined) return [];
  const at = { start: last.body.span.end, end: last.body.span.end };
  return [{ parts: { key: unknownKey(at, ''), span: at } }];
}

/** Arguments that are members of the policy by another name. */
function argumentParts(body: ObjectNode, names: Readonly<Record<string, string>>, draft: Draft): Part[] {
  return body.members.flatMap((member): readonly Part[] => {
    const { key, value, span, slot } = member;
    const name = names[key.value ?? ''];
    if (name === undefined || slot === undefined) return [];
    const parts = {
      key: textNode(name, key.span),
      span,
      slot,
      ...(value && { value: copyOf(value, draft.written) }),
    };
    return [{ parts, sources: [member], said: [{ at: member, as: 'value' }] }];
  });
}

/** A member that Terraform adds: it stands nowhere. */
function defaultPart(name: string, value: string, { span }: ObjectNode): Part {
  const nowhere = { start: span.start + 1, end: span.start + 1 };
  return {
    parts: { key: textNode(name, nowhere), value: textNode(value, nowhere), span: nowhere },
    sources: [],
  };
}
