/** A policy as people write it in other hosts: the same value, in each host's own syntax and layout. */
import { stringify, type ToStringOptions } from 'yaml';
import type { JsonValue } from '../../engine/src/tree/walk.ts';
import { documentTranscript, hclTranscripts } from './transcribe-hcl.ts';

/** A document that holds the policy once. */
export interface Transcript {
  readonly name: string;
  readonly language: string;
  readonly file: string;
  readonly text: string;
  /** What remains of a value where the host does not tell all values apart. */
  readonly normal?: (value: unknown) => unknown;
}

const template = (policy: unknown): unknown => ({
  AWSTemplateFormatVersion: '2010-09-09',
  Resources: {
    TrustedRole: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: policy, Path: '/' } },
  },
});

const indented = (text: string, indent: string): string =>
  text
    .split('\n')
    .map((line) => indent + line)
    .join('\n');

const yamlOf = (value: unknown, options: ToStringOptions): string =>
  stringify(value, { version: '1.1', lineWidth: 0, aliasDuplicateObjects: false, ...options });

const textIn = (policy: string, head: string): string => `Resources:
  TrustedRole:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: ${head}
${indented(policy, '        ')}
      Path: /
`;

/** Whether a value has a number in it: YAML reads those as text, so that account ids keep their zeros. */
const hasNumber = (value: JsonValue): boolean =>
  typeof value === 'number' ||
  (typeof value === 'object' && value !== null && Object.values(value).some(hasNumber));

/** The transcripts of a policy. */
export function transcripts(policy: JsonValue): readonly Transcript[] {
  const json = JSON.stringify(policy, undefined, 2);
  const inJson = { language: 'json', file: 'template.json' };
  const inYaml = { language: 'yaml', file: 'template.yaml' };
  const all: readonly Transcript[] = [
    { name: 'CloudFormation JSON', ...inJson, text: JSON.stringify(template(policy), undefined, 4) },
    { name: 'JSON text in JSON', ...inJson, text: JSON.stringify(template(json), undefined, 2) },
    { name: 'CloudFormation YAML', ...inYaml, text: yamlOf(template(policy), {}) },
    {
      name: 'YAML with lists at the margin',
      ...inYaml,
      text: yamlOf(template(policy), { indent: 4, indentSeq: false }),
    },
    { name: 'YAML in brackets', ...inYaml, text: yamlOf(template(policy), { collectionStyle: 'flow' }) },
    { name: 'JSON in YAML', ...inYaml, text: textIn(json, '').replace(': \n', ':\n') },
    { name: 'JSON text in YAML', ...inYaml, text: textIn(json, '|') },
    { name: 'JSON text under Sub', ...inYaml, text: textIn(json.replaceAll('${', '${!'), '!Sub |') },
    {
      name: 'JSON text in quotes',
      ...inYaml,
      text: yamlOf(template(JSON.stringify(policy)), { defaultStringType: 'QUOTE_DOUBLE' }),
    },
    {
      name: 'Crossplane',
      language: 'yaml',
      file: 'role.yaml',
      text: `kind: Role\nspec:\n  forProvider:\n    assumeRolePolicy: |\n${indented(json, '      ')}\n`,
    },
  ];
  const isText = ({ name }: Transcript): boolean => name.includes('text') || name === 'Crossplane';
  const readable = hasNumber(policy) ? all.filter((each) => each.language === 'json' || isText(each)) : all;
  return [...readable, ...hclTranscripts(policy), ...documentTranscript(policy)];
}
