/**
 * `AssumeRolePolicyDocument` in JSON and YAML: roles of CloudFormation, functions of SAM, the resources of a Serverless
 * configuration, and requests to the IAM API. An intrinsic function is a hole; the policy may be text, also under `Sub`.
 */
import { json } from '../syntax/json.ts';
import { yaml } from '../syntax/yaml.ts';
import { jsonCarrier, type TemplateLanguage, yamlCarrier } from './carrier.ts';
import type { Host } from './host.ts';
import { subPieces } from './intrinsics.ts';
import { type CarrierOf, policiesUnder } from './property.ts';

const property = 'AssumeRolePolicyDocument';

/** The text of `Sub`. */
const sub: TemplateLanguage = { pieces: subPieces, escape: (text) => text.replaceAll('${', '${!') };

const inJson: CarrierOf = (node, text, isTemplate) => jsonCarrier(node, text, isTemplate ? sub : undefined);
const inYaml: CarrierOf = (node, text, isTemplate) => yamlCarrier(node, text, isTemplate ? sub : undefined);

const isJson = (languageId: string, text: string): boolean =>
  languageId.startsWith('json') || (languageId === 'cloudformation' && text.trimStart().startsWith('{'));

export const cloudformationHost: Host = {
  id: 'cloudformation',
  languages: ['json', 'jsonc', 'yaml', 'cloudformation'],
  syntaxOf: (languageId, text) => (isJson(languageId, text) ? json : yaml),
  mayContain: (text) => text.includes(property),
  find: ({ root }, text, { languageId }) => {
    const carrierOf = isJson(languageId, text) ? inJson : inYaml;
    return { policies: root ? [...policiesUnder([property], root, text, carrierOf)] : [], whole: false };
  },
};
