/** What the file says of the names in a value: parameters of CloudFormation, variables and local values of Terraform. */
import { callIn } from '../../hosts/intrinsics.ts';
import { bare } from '../../hosts/names.ts';
import { bodyOf } from '../../syntax/hcl-read.ts';
import { slice } from '../../text/span.ts';
import type { Member, Node } from '../../tree/tree.ts';
import { descendants, memberOf, textOf, valueOf } from '../../tree/walk.ts';
import type { Document } from '../document.ts';
import { code, paragraphs, prose } from '../markdown.ts';

/** What is declared of the names that a value is made of; nothing where it has none, or the file does not say. */
export function describeNames(document: Document, node: Node): string | undefined {
  const describe = document.host === 'terraform' ? ofTerraform : ofCloudFormation;
  const said = namesIn(document, node).flatMap((name) => describe(name, document) ?? []);
  return said.length > 0 ? paragraphs(...new Set(said)) : undefined;
}

/** The names in a value, as they are written there. */
function namesIn({ host, tree: { root }, source: { text } }: Document, node: Node): readonly string[] {
  if (node.kind === 'string' && node.value === undefined)
    return node.parts.flatMap((part) => (typeof part === 'string' ? [] : bare(part.hole)));
  if (host === 'terraform') return [bare(slice(text, node.span))];
  if (node.kind !== 'opaque' || root === undefined) return [];
  const { start, end } = node.span;
  const written = [...descendants(root)].find(({ span }) => span.start === start && span.end === end);
  const call = written && callIn(written);
  return call?.name === 'Ref' ? [textOf(call.argument) ?? ''] : [];
}

function ofCloudFormation(name: string, { tree }: Document): string | undefined {
  const parameter = valueOf(valueOf(tree.root, 'Parameters'), name);
  if (parameter === undefined) return undefined;
  return paragraphs(
    `${code(name)} is a parameter of the template${defaultIn(textOf(valueOf(parameter, 'Default')))}`,
    prose(textOf(valueOf(parameter, 'Description')) ?? ''),
  );
}

function ofTerraform(name: string, document: Document): string | undefined {
  const [kind, key = '', ...path] = name.split('.');
  if (path.length > 0) return undefined;
  if (kind === 'local') return ofLocal(key, document);
  const blocks = kind === 'var' ? blocksIn(document, 'variable') : [];
  const block = blocks.flatMap(({ value }) => memberOf(value, key) ?? []).at(-1);
  const body = block && bodyOf(block);
  if (body === undefined) return undefined;
  const value = valueOf(body, 'default');
  return paragraphs(
    `${code(name)} is a variable${defaultIn(value && slice(document.source.text, value.span))}`,
    prose(textOf(valueOf(body, 'description')) ?? ''),
  );
}

const defaultIn = (value: string | undefined): string =>
  value === undefined
    ? ' without a default.'
    : `; its default is ${code(value)}, and whoever deploys may give another value.`;

function ofLocal(key: string, document: Document): string | undefined {
  const value = blocksIn(document, 'locals')
    .flatMap((block) => valueOf(bodyOf(block), key) ?? [])
    .at(-1);
  return value && `${code(`local.${key}`)} is ${code(slice(document.source.text, value.span))} in this file.`;
}

const blocksIn = ({ tree: { root } }: Document, type: string): readonly Member[] =>
  root?.kind === 'object' ? root.members.filter(({ key }) => key.value === type) : [];
