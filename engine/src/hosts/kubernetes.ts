/**
 * Roles that are declared in YAML by other names: Crossplane and ACK resources of Kubernetes hold the policy as JSON
 * text, Ansible as text or mapping. `{{ … }}` of their template languages is a hole.
 */
import type { Piece } from '../text/segments.ts';
import { yaml } from '../syntax/yaml.ts';
import { type TemplateLanguage, yamlCarrier } from './carrier.ts';
import type { Host } from './host.ts';
import { policiesUnder } from './property.ts';

const properties = ['assumeRolePolicy', 'assumeRolePolicyDocument', 'assume_role_policy_document'] as const;

/** Text of Helm and Jinja. It has no escape that both know, so what would begin an expression stays as it is. */
const braces: TemplateLanguage = { pieces: bracePieces, escape: (text) => text };

function* bracePieces(text: string): Generator<Piece> {
  let from = 0;
  for (let at = text.indexOf('{{'); at >= 0; at = text.indexOf('{{', from)) {
    const close = text.indexOf('}}', at);
    if (close < 0) break;
    if (at > from) yield { kind: 'same', raw: { start: from, end: at } };
    from = close + 2;
    yield { kind: 'hole', raw: { start: at, end: from } };
  }
  if (from < text.length) yield { kind: 'same', raw: { start: from, end: text.length } };
}

export const kubernetesHost: Host = {
  id: 'kubernetes',
  languages: ['yaml', 'ansible', 'helm'],
  syntaxOf: () => yaml,
  mayContain: (text) => properties.some((name) => text.includes(name)),
  find: ({ root }, text) => ({
    policies: root
      ? [...policiesUnder(properties, root, text, (node, source) => yamlCarrier(node, source, braces))]
      : [],
    whole: false,
  }),
};
