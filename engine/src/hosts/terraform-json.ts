/**
 * Roles of Terraform in JSON: the configuration in `.tf.json` files, as CDK for Terraform makes them, and what `terraform
 * show -json` prints. The policy is JSON text; in a configuration that is a template.
 * https://developer.hashicorp.com/terraform/language/syntax/json
 */
import { templateTextPieces, withoutHoles } from '../syntax/hcl-template.ts';
import { json } from '../syntax/json.ts';
import type { Member } from '../tree/tree.ts';
import { keyText, textOf, valueOf } from '../tree/walk.ts';
import { jsonCarrier, type TemplateLanguage } from './carrier.ts';
import type { Embedded, Host } from './host.ts';
import { policiesUnder } from './property.ts';

const property = 'assume_role_policy';

const template: TemplateLanguage = { pieces: templateTextPieces, escape: withoutHoles };

export const terraformJsonHost: Host = {
  id: 'terraform-json',
  languages: ['json', 'jsonc'],
  syntaxOf: () => json,
  mayContain: (text) => text.includes(`"${property}"`),
  find: ({ root }, text, { uri }) => {
    const isConfiguration = uri.toLowerCase().endsWith('.tf.json');
    const carrierOf = (node: Parameters<typeof jsonCarrier>[0]) =>
      jsonCarrier(node, text, isConfiguration ? template : undefined);
    const policies = root ? [...policiesUnder([property], root, text, carrierOf, labelOf)] : [];
    return { policies, whole: false };
  },
};

/** A role is called by its name, else by the name of its block. */
function labelOf({ parent }: Member): Pick<Embedded, 'label' | 'role'> {
  const name = textOf(valueOf(parent, 'name'));
  if (name !== undefined && !name.includes('${')) return { label: name, role: { name } };
  const holder = parent.parent;
  return holder?.kind === 'member' ? { label: keyText(holder.key) } : {};
}
