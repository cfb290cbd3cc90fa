/**
 * Files that `templatefile` of Terraform reads, as far as they are a trust policy by their content: JSON text in which
 * `${…}` is computed. https://developer.hashicorp.com/terraform/language/functions/templatefile
 */
import type { Syntax } from '../syntax/syntax.ts';
import type { StringNode } from '../tree/tree.ts';
import type { Host } from './host.ts';
import { isTrustPolicy, nameHint } from './recognize.ts';
import { policyInTemplate } from './terraform-text.ts';

/** A file that is one text. What can be done in it, the syntax of the policy in it knows. */
const template: Syntax = {
  id: 'template',
  parse: (text) => ({ root: whole(text), problems: [], comments: [] }),
  slotAt: () => undefined,
  edits: () => undefined,
  insertion: () => [],
};

function whole(text: string): StringNode {
  const span = { start: 0, end: text.length };
  return { kind: 'string', span, content: span, complete: true, value: text, parts: [text] };
}

export const terraformTemplateHost: Host = {
  id: 'terraform-template',
  languages: [],
  extensions: ['.tftpl', '.json.tpl'],
  syntaxOf: () => template,
  mayContain: (text) => text.trimStart().startsWith('{') && text.includes('"Statement"'),
  find: ({ root }, text, { uri }) => {
    const policy = root?.kind === 'string' ? policyInTemplate(root, text) : undefined;
    const isMeant = policy !== undefined && isTrustPolicy(policy.root, nameHint(uri));
    return { policies: isMeant ? [policy] : [], whole: false };
  },
};
