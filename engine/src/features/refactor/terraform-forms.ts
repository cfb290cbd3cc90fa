/** The forms of a policy in Terraform: JSON text, `jsonencode`, and a policy document. Each becomes the next, and back. */
import {
  asDocument,
  asHeredoc,
  asJsonencode,
  blockAround,
  insertBlock,
  removeBlock,
  replaceExpression,
} from '../../syntax/hcl-forms.ts';
import {
  conditionBlock,
  policyArguments,
  principalBlocks,
  statementArguments,
} from '../../syntax/hcl-document-names.ts';
import type { Span } from '../../text/span.ts';
import { ported, type Form } from '../../syntax/hcl-port.ts';
import { isVerbatim } from '../../tree/change.ts';
import type { ObjectNode } from '../../tree/tree.ts';
import { isJsonList, isJsonObject, type JsonObject, type JsonValue, keyText } from '../../tree/walk.ts';
import { hasCommentIn } from '../comments.ts';
import type { Place, Proposal, Refactoring } from './refactoring.ts';
import { argumentOf, documentOf, freshName, type Used } from './terraform-place.ts';

const comment = 'A comment in the policy would be lost. Move it first.';
const expression = 'An expression in the policy cannot be written in another form.';

type Valued = { readonly value: JsonObject } | { readonly refused: string };

/** The policy as a value for another form, or why it has none. */
function valueOfPolicy({ region, document }: Place, from: Form, to: Form, span: Span): Valued {
  if (hasCommentIn(span, region, document)) return { refused: comment };
  if (!region.node.complete || (region.problems ?? []).some(({ kind }) => kind === 'syntax'))
    return { refused: 'The policy is not complete.' };
  const value = ported(region.node, from, to);
  return value !== undefined && isJsonObject(value) ? { value } : { refused: expression };
}

const toJsonencode: Refactoring = {
  id: 'terraform-jsonencode',
  kind: 'rewrite',
  propose: (place) => {
    const argument = argumentOf(place);
    if (argument?.form === 'text') {
      const title = 'Write the policy with jsonencode';
      const valued = valueOfPolicy(place, 'template', 'expression', argument.value.span);
      if ('refused' in valued) return { title, ...valued };
      const printed = asJsonencode(valued.value, argument.member, place.document.source.text);
      return { title, edits: [replaceExpression(argument.value.span, printed)] };
    }
    const used = documentOf(place);
    const title = 'Write the policy document with jsonencode, where it is used';
    if (used === undefined) return undefined;
    return typeof used === 'string' ? { title, refused: used } : inlined(title, used, place);
  },
};

function inlined(title: string, used: Used, place: Place): Proposal {
  const { text } = place.document.source;
  if (!isPlain(used.body, documentTerms))
    return { title, refused: 'The document has parts that are computed, or that a policy does not have.' };
  const valued = valueOfPolicy(place, 'expression', 'expression', used.block.span);
  if ('refused' in valued) return { title, ...valued };
  const printed = asJsonencode(ordered(withoutLists(valued.value), jsonOrder), used.member, text);
  return { title, edits: [removeBlock(used.block, text), replaceExpression(used.value.span, printed)] };
}

const toHeredoc: Refactoring = {
  id: 'terraform-heredoc',
  kind: 'rewrite',
  propose: (place) => {
    const argument = argumentOf(place);
    if (argument?.form !== 'jsonencode') return undefined;
    const title = 'Write the policy as JSON in a heredoc';
    const valued = valueOfPolicy(place, 'expression', 'template', argument.value.span);
    if ('refused' in valued) return { title, ...valued };
    const printed = asHeredoc(valued.value, argument.member, place.document.source.text);
    return { title, edits: [replaceExpression(argument.value.span, printed)] };
  },
};

const toDocument: Refactoring = {
  id: 'terraform-policy-document',
  kind: 'rewrite',
  propose: (place) => {
    const argument = argumentOf(place);
    if (argument?.form !== 'jsonencode') return undefined;
    const title = 'Write the policy as a policy document';
    const { text } = place.document.source;
    const valued = valueOfPolicy(place, 'expression', 'expression', argument.value.span);
    if ('refused' in valued) return { title, ...valued };
    const { value } = valued;
    if (!('Version' in value))
      return {
        title,
        refused: 'A policy document always has a Version, and this policy has none. Add it first.',
      };
    const { Version, ...rest } = value;
    const holder = argument.member.parent.parent;
    const block = holder?.kind === 'member' ? keyText(holder.key) : 'role';
    const name = freshName(`${block === 'locals' ? keyText(argument.member.key) : block}_trust`, text);
    const elements = ordered(Version === '2012-10-17' ? rest : value, documentOrder);
    const said = isJsonObject(elements) ? asDocument(elements, name, text) : undefined;
    if (said === undefined || !hasEffects(value))
      return { title, refused: 'The policy has elements that a policy document cannot say.' };
    const reference = `data.aws_iam_policy_document.${name}.json`;
    return {
      title,
      edits: [
        insertBlock(said, blockAround(argument.member), text),
        replaceExpression(argument.value.span, reference),
      ],
    };
  },
};

/** As people write policies. */
const jsonOrder = [
  'Version',
  'Id',
  'Statement',
  'Sid',
  'Effect',
  'Principal',
  'NotPrincipal',
  'Action',
  'NotAction',
];
/** Arguments before blocks. */
const documentOrder = [
  'Version',
  'Id',
  'Statement',
  'Sid',
  'Effect',
  'Action',
  'NotAction',
  'Principal',
  'NotPrincipal',
];

/** A policy with its elements, and those of its statements, in an order; what is not named comes last. */
function ordered(value: JsonValue, order: readonly string[], depth = 0): JsonValue {
  if (isJsonList(value)) return value.map((item) => ordered(item, order, depth));
  if (!isJsonObject(value) || depth > 1) return value;
  const rank = (name: string): number => (order.includes(name) ? order.indexOf(name) : order.length);
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => rank(a) - rank(b))
      .map(([name, item]) => [name, name === 'Statement' ? ordered(item, order, depth + 1) : item]),
  );
}

/** A statement without an effect would get one. */
const hasEffects = ({ Statement = [] }: JsonObject): boolean =>
  (isJsonList(Statement) ? Statement : [Statement]).every((each) => isJsonObject(each) && 'Effect' in each);

/** What a body may have in it: arguments, and blocks with what those may have. */
interface Terms {
  readonly names: readonly string[];
  readonly blocks?: Readonly<Record<string, Terms>>;
}

const identities: Terms = { names: ['type', 'identifiers'] };
const documentTerms: Terms = {
  names: Object.keys(policyArguments),
  blocks: {
    statement: {
      names: Object.keys(statementArguments),
      blocks: {
        ...Object.fromEntries(Object.keys(principalBlocks).map((name) => [name, identities])),
        [conditionBlock.name]: { names: ['test', 'variable', 'values'] },
      },
    },
  },
};

/** Whether a body has nothing in it but what a policy says. */
function isPlain({ members }: ObjectNode, { names, blocks = {} }: Terms): boolean {
  return members.every(({ key, value, slot }) => {
    const name = key.value ?? '';
    const inner = blocks[name];
    if (slot !== undefined) return names.includes(name) && value !== undefined;
    return inner !== undefined && value?.kind === 'object' && isPlain(value, inner);
  });
}

/** Lists of one text as that text: Terraform writes them so. */
function withoutLists(value: JsonValue): JsonValue {
  if (isJsonList(value)) {
    const [only, ...others] = value;
    return others.length === 0 && typeof only === 'string' && !isVerbatim(only)
      ? only
      : value.map(withoutLists);
  }
  return isJsonObject(value)
    ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withoutLists(item)]))
    : value;
}

export const terraformForms: readonly Refactoring[] = [toJsonencode, toHeredoc, toDocument];
