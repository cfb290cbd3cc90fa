/** JSON files: a whole file that is a trust policy, and `AssumeRolePolicyDocument` objects anywhere in a file. */
import { json } from '../syntax/json.ts';
import type { Member, Node } from '../tree/tree.ts';
import { descendants, keyText, objectAround, textOf, valueOf } from '../tree/walk.ts';
import type { Embedded, Host } from './host.ts';
import { isTrustPolicy, nameHint } from './recognize.ts';

const property = 'AssumeRolePolicyDocument';

export const jsonHost: Host = {
  id: 'json',
  languages: ['json', 'jsonc'],
  syntaxOf: () => json,
  mayContain: (text, { uri }) =>
    text.includes('"Statement"') ||
    text.includes(property) ||
    isFragment(text) ||
    nameHint(uri) === 'trust-policy',
  find: ({ root }, text, { uri }) => {
    const hint = nameHint(uri);
    if (root === undefined) return { policies: [], whole: hint === 'trust-policy' || isFragment(text) };
    const embedded = text.includes(property) ? [...embeddedIn(root)] : [];
    if (embedded.length > 0) return { policies: embedded, whole: false };
    if (isTrustPolicy(root, hint)) return { policies: [{ root }], whole: true };
    return { policies: [], whole: !root.complete && isFragment(text) };
  },
};

/** A text that breaks off before it holds a statement, or inside of one, still shows what it was to become. */
const isFragment = (text: string): boolean => text.includes('sts:AssumeRole') && text.includes('Principal');

function* embeddedIn(root: Node): Generator<Embedded> {
  for (const node of descendants(root)) {
    if (node.kind !== 'object') continue;
    for (const member of node.members) {
      if (member.key.value === property && member.value?.kind === 'object')
        yield embedded(member, member.value);
    }
  }
}

function embedded(member: Member, root: Node): Embedded {
  const name = textOf(valueOf(member.parent, 'RoleName')) ?? logicalIdOf(member);
  return name === undefined ? { root } : { root, label: name };
}

/** In a template the property stands in `<logical id>: { Type, Properties: { … } }`. */
function logicalIdOf(member: Member): string | undefined {
  const resource = objectAround(member.parent);
  const holder = resource?.parent;
  return holder?.kind === 'member' ? keyText(holder.key) : undefined;
}
