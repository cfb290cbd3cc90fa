/**
 * Trust policies in Terraform and OpenTofu: arguments that are called so, of roles and of modules, and any other value
 * that is one by its content. They are given by `jsonencode`, as JSON text, or by `data "aws_iam_policy_document"`; names
 * of the same file are followed. What Terraform would have to compute is not known.
 */
import { hcl } from '../syntax/hcl.ts';
import { otherDocuments } from '../syntax/hcl-document-names.ts';
import { policyDocument } from '../syntax/hcl-policy-document.ts';
import { bodyOf } from '../syntax/hcl-read.ts';
import type { Member, Node, ObjectNode, OpaqueNode } from '../tree/tree.ts';
import { slice } from '../text/span.ts';
import { viewsOf } from '../tree/choice.ts';
import { descendants, keyText, listOf, memberOf, textOf, valueOf } from '../tree/walk.ts';
import type { DocumentName, Embedded, Host } from './host.ts';
import { bare, farthest, localName, withNames } from './names.ts';
import { arnNamed, type Providers, providersIn } from './providers.ts';
import { isOfAnotherCloud, isTrustPolicy } from './recognize.ts';
import { policyInString } from './terraform-text.ts';

/** What the names of arguments have in common that take a trust policy: `custom_role_trust_policy`, … */
const nameParts = ['assume_role_policy', 'trust_policy'] as const;

const documentType = 'aws_iam_policy_document';

export const terraformHost: Host = {
  id: 'terraform',
  languages: ['terraform', 'opentofu', 'hcl'],
  extensions: ['.tf', '.tofu'],
  syntaxOf: () => hcl,
  mayContain: (text, { terraformArguments = [] }) =>
    text.includes('sts:') || [...nameParts, ...terraformArguments].some((name) => text.includes(name)),
  find: ({ root }, text, name) => ({ policies: root ? policiesIn(root, text, name) : [], whole: false }),
};

/** What names of the file stand for. */
interface Scope {
  readonly text: string;
  readonly locals: ReadonlyMap<string, Member>;
  readonly documents: ReadonlyMap<string, ObjectNode>;
  readonly providers: Providers;
  /** The documents that others take statements from. */
  readonly parts: ReadonlySet<string>;
}

/** The policies of a file, each once, in the order of the text. */
function policiesIn(root: Node, text: string, document: DocumentName): readonly Embedded[] {
  const members = [...descendants(root)].flatMap((node) => (node.kind === 'object' ? node.members : []));
  const scope = { ...scopeOf(members, text), providers: providersIn(root, text) };
  const found = new Map<number, Embedded>();
  for (const member of members) {
    if (member.slot === undefined || member.value === undefined) continue;
    const named = takesTrustPolicy(member.key.value, document);
    for (const policy of policiesAt(member, member.value, named, scope))
      if (!found.has(policy.root.span.start)) found.set(policy.root.span.start, policy);
  }
  for (const [label, body] of scope.documents) {
    if (found.has(body.span.start)) continue;
    const policy = documentOf(known(body, scope), scope.parts.has(label) || !allowsAny(body));
    if (isTrustDocument(policy.root)) found.set(body.span.start, { ...policy, label });
  }
  return [...found.values()].sort((a, b) => a.root.span.start - b.root.span.start);
}

/** Whether an argument takes a trust policy by its name. */
const takesTrustPolicy = (argument = '', { terraformArguments = [] }: DocumentName): boolean =>
  nameParts.some((part) => argument.includes(part)) || terraformArguments.includes(argument);

function scopeOf(members: readonly Member[], text: string): Omit<Scope, 'providers'> {
  const bodies = members.flatMap((member) => (member.key.value === 'locals' ? (bodyOf(member) ?? []) : []));
  const locals = bodies
    .flatMap((body) => body.members)
    .map((member) => [keyText(member.key), member] as const);
  const types = members.filter(({ key }) => key.value === documentType);
  const documents = types.flatMap(({ value }) => (value?.kind === 'object' ? value.members : []));
  const byName = documents.flatMap((member) => {
    const body = bodyOf(member);
    return body ? [[keyText(member.key), body] as const] : [];
  });
  const parts = byName.flatMap(([, body]) => otherDocuments.flatMap((name) => namesIn(valueOf(body, name))));
  return { text, locals: new Map(locals), documents: new Map(byName), parts: new Set(parts) };
}

/** The documents that an argument names. */
const namesIn = (value: Node | undefined): readonly string[] =>
  listOf(value).flatMap((item) => (item.kind === 'opaque' ? (documentNamed(item.text) ?? []) : []));

/** A document that allows nothing, and that no role of the file has, is there to be put together with others. */
const allowsAny = (body: ObjectNode): boolean =>
  body.members.some(
    (member) => member.key.value !== 'statement' || textOf(valueOf(bodyOf(member), 'effect')) !== 'Deny',
  );

/** A document by itself: it says whom it trusts, and nothing about resources. */
const isTrustDocument = (root: Node): boolean => {
  const statements = valueOf(root, 'Statement');
  const items = statements?.kind === 'array' ? statements.items : [];
  return (
    isTrustPolicy(root, 'none') &&
    !items.some((item) => memberOf(item, 'Resource') ?? memberOf(item, 'NotResource'))
  );
};

const objectPolicy = (root: ObjectNode): Embedded => ({ root, alternatives: viewsOf(root) });

/** The policy that the body of a data source stands for, with what choices in it may come to. */
const documentOf = (body: ObjectNode, isPart = false): Embedded => ({
  ...policyDocument(body, isPart),
  alternatives: viewsOf(body).map((view) => ({ ...view, ...policyDocument(view.root, isPart) })),
});

/** The policies that a value is, or may be. `named`: by the name of its argument it is a trust policy. */
function* policiesAt(
  member: Member,
  value: Node,
  named: boolean,
  scope: Scope,
  depth = 0,
): Generator<Embedded> {
  if (depth > farthest) return;
  if (value.kind === 'string') {
    const policy = policyInString(value, scope.text);
    if (policy && accepts(policy.root, member, named)) yield { ...policy, ...labelOf(member) };
  } else if (value.kind === 'opaque') yield* policiesInExpression(member, value, named, scope, depth);
}

function* policiesInExpression(
  member: Member,
  value: OpaqueNode,
  named: boolean,
  scope: Scope,
  depth: number,
): Generator<Embedded> {
  const { callee, operands = [] } = value;
  if (callee === 'jsonencode') {
    const objects = operands.flatMap((operand) => objectsIn(operand, named, scope));
    for (const root of objects.filter((each) => accepts(each, member, named)))
      yield { ...objectPolicy(known(root, scope)), ...labelOf(member) };
  } else {
    for (const operand of operands) yield* policiesAt(member, operand, named, scope, depth + 1);
  }
  if (!named) return;
  const local = localNamed(value, scope);
  if (local?.value) yield* policiesAt(local, local.value, named, scope, depth + 1);
  const name = documentNamed(value.text);
  const body = name === undefined ? undefined : scope.documents.get(name);
  if (name !== undefined && body) yield { ...documentOf(known(body, scope)), label: name };
}

/** The objects that a value is, or may be. */
function objectsIn(value: Node | undefined, named: boolean, scope: Scope): readonly ObjectNode[] {
  if (value?.kind === 'object') return [value];
  if (value?.kind !== 'opaque') return [];
  if (value.choice) return value.choice.sides.flatMap((side) => objectsIn(side, named, scope));
  const local = named ? localNamed(value, scope)?.value : undefined;
  return local?.kind === 'object' ? [local] : [];
}

/** What is not called a trust policy has to be one by its content. `policy` is always that of a resource. */
const accepts = (root: Node, { key }: Member, named: boolean): boolean =>
  named ? !isOfAnotherCloud(root) : key.value !== 'policy' && isTrustPolicy(root, 'none');

function localNamed({ text }: OpaqueNode, { locals }: Scope): Member | undefined {
  const name = localName(text);
  return name === undefined ? undefined : locals.get(name);
}

/** A tree as it is with the local values and the identity providers of the file. */
function known(root: ObjectNode, { text, locals, providers }: Scope): ObjectNode {
  const here = slice(text, root.span);
  const mayName =
    (locals.size > 0 && here.includes('local.')) || (providers.size > 0 && here.includes('_provider.'));
  if (!mayName) return root;
  return withNames(root, {
    valueOf: (name) => locals.get(name)?.value,
    arnOf: (expression) => arnNamed(expression, providers),
  });
}

/** The name in `data.aws_iam_policy_document.NAME.json`, also with an index behind it. */
function documentNamed(text: string): string | undefined {
  const [data, type, name = '', ...rest] = bare(text).split('.');
  if (data !== 'data' || type !== documentType || !rest.at(-1)?.endsWith('json')) return undefined;
  return name.split('[')[0];
}

/** A role is called by its name, else by the label of its block; a local value by its own name. */
function labelOf({ key, parent }: Member): Pick<Embedded, 'label' | 'role'> {
  const holder = parent.parent;
  const isLocal = holder?.kind === 'member' && holder.key.value === 'locals';
  const block = holder?.kind === 'member' ? keyText(holder.key) : undefined;
  const name = isLocal ? undefined : textOf(valueOf(parent, 'name'));
  const label = isLocal ? keyText(key) : (name ?? block);
  if (label === undefined) return {};
  return name === undefined ? { label } : { label, role: { name } };
}
