/** How a host names a value that is given from outside: a parameter of a template, a variable of Terraform. */
import { callIn } from '../hosts/intrinsics.ts';
import type { HostVariable } from '../insertions/insertion.ts';
import { verbatim, verbatimPart } from '../tree/change.ts';
import type { Node } from '../tree/tree.ts';
import { valueOf } from '../tree/walk.ts';
import type { Document, Region } from './document.ts';

/** A name in words, joined as the host joins them. */
type Words = readonly [string, ...string[]];

const snake = (words: Words): string => words.join('_');
const camel = (words: Words): string =>
  words.map((word) => word.slice(0, 1).toUpperCase() + word.slice(1)).join('');

/** The variable of that name in a policy of the document; nothing where its host has none. */
export function hostVariable(words: Words, region: Region, document: Document): HostVariable | undefined {
  if (document.host === 'terraform') return ofTerraform(snake(words), region, document);
  return document.host === 'cloudformation' ? ofCloudFormation(camel(words), region, document) : undefined;
}

function ofTerraform(name: string, { syntax }: Region, { tree }: Document): HostVariable {
  const isDeclared = isBlock(tree.root, 'variable', name);
  if (syntax.id === 'json-text') return { name, value: verbatimPart(`\${var.${name}}`), isDeclared };
  const value = verbatim(`var.${name}`);
  return { name, value: syntax.id === 'hcl-document' ? [value] : value, isDeclared };
}

/** Whether a file has a block of this kind and name. */
const isBlock = (root: Node | undefined, kind: string, name: string): boolean =>
  root?.kind === 'object' &&
  root.members.some(({ key, value }) => key.value === kind && valueOf(value, name) !== undefined);

function ofCloudFormation(
  name: string,
  { syntax, node }: Region,
  { tree: { root } }: Document,
): HostVariable | undefined {
  const isDeclared = valueOf(valueOf(root, 'Parameters'), name) !== undefined;
  if (syntax.id === 'yaml') return { name, value: verbatim(`!Ref ${name}`), isDeclared };
  if (syntax.id === 'json') return { name, value: verbatim(`{ "Ref": "${name}" }`), isDeclared };
  // Text is computed only under `Sub`.
  const holder = node.parent?.kind === 'member' ? node.parent.value : undefined;
  return holder && callIn(holder)?.name === 'Sub'
    ? { name, value: verbatimPart(`\${${name}}`), isDeclared }
    : undefined;
}
