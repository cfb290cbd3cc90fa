/**
 * Changes of a policy that leave a block of its policy document where it is, and only set other arguments in it: a test
 * that goes to another operator, and everybody who becomes everybody of AWS. What else stands in the block stays.
 */
import type { Change } from '../tree/change.ts';
import type { Member, Node } from '../tree/tree.ts';
import { isJsonObject, type JsonValue, plainValue, valueOf } from '../tree/walk.ts';
import type { PolicyDocument } from './hcl-document.ts';
import { conditionBlock } from './hcl-document-names.ts';
import { isList } from './hcl-document-print.ts';

/** The new arguments of a block whose test is taken out here and put in there; nothing where the changes are others. */
export function movedTest(
  changes: readonly Change[],
  { sources }: PolicyDocument,
): readonly Change[] | undefined {
  const [removal, addition, ...others] = changes;
  if (removal?.kind !== 'remove' || addition?.kind !== 'set' || others.length > 0) return undefined;
  const block = removal.node.kind === 'member' ? onlyOne(sources.get(removal.node)) : undefined;
  const added = testIn(addition);
  if (block === undefined || added === undefined) return undefined;
  const [operator, key, value] = added;
  const texts = isList(value) ? value : [value];
  const values = texts.every((text) => typeof text === 'string') ? texts : undefined;
  return values && settingAll(block, { test: operator, variable: key, values });
}

/** The new arguments of a block that names everybody; nothing where something else is meant. */
export function everybodyOf(block: Member, node: Node, value: JsonValue): readonly Change[] | undefined {
  if (node.kind !== 'string' || !isJsonObject(value)) return undefined;
  const [[type, ids] = [], ...others] = Object.entries(value);
  if (type === undefined || ids !== node.value || others.length > 0) return undefined;
  return settingAll(block, { type });
}

const onlyOne = (blocks: readonly Member[] = []): Member | undefined =>
  blocks.length === 1 ? blocks[0] : undefined;

/** The operator, key and value of a test that is set alone. */
function testIn({
  object,
  key,
  value,
}: Extract<Change, { kind: 'set' }>): [string, string, JsonValue] | undefined {
  const holder = object.parent;
  if (holder?.kind !== 'member') return undefined;
  const name = holder.key.value ?? '';
  if (name !== conditionBlock.element) {
    const around = holder.parent.parent;
    const isTest = around?.kind === 'member' && around.key.value === conditionBlock.element;
    return isTest ? [name, key, value] : undefined;
  }
  const tests = isJsonObject(value) ? Object.entries(value) : [];
  const [only, ...others] = tests;
  return only && others.length === 0 ? [key, ...only] : undefined;
}

/** Changes of those arguments that say something else; nothing where one of them is not written out. */
function settingAll(
  block: Member,
  texts: Readonly<Record<string, string | readonly string[]>>,
): readonly Change[] | undefined {
  const changes = Object.entries(texts).map(([name, value]): readonly Change[] | undefined => {
    const node = valueOf(block.value, name);
    if (node?.complete !== true) return undefined;
    const isSame = JSON.stringify(plainValue(node)) === JSON.stringify(value);
    return isSame ? [] : [{ kind: 'replace', node, value }];
  });
  return changes.every((change) => change !== undefined) ? changes.flat() : undefined;
}
