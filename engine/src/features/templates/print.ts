/** Templates as whole small documents of each host, and as parts of a larger one. */
import type { Template } from '../../catalog/templates.ts';
import { documentText, hclText, jsonText, yamlText } from '../../syntax/text.ts';
import { type Filled, fillMarks } from '../../tree/change.ts';
import type { JsonValue } from '../../tree/walk.ts';
import { policyOf, statementsOf, type Values } from './policy.ts';

/** What is printed, by the name of the host; texts may hold marks. */
const printers = {
  json: (template, values) => jsonText(policyOf(template, values)),
  'cloudformation-yaml': (template, values) => yamlText(cloudformation(template, values)),
  'cloudformation-json': (template, values) => jsonText(cloudformation(template, values)),
  'terraform-jsonencode': (template, values) =>
    resource(template, `jsonencode(${hclText(policyOf(template, values), '  ')})`),
  'terraform-policy-document': (template, values) => {
    const name = labelOf(template);
    return `${policyDocument(template, name, values)}\n\n${resource(template, `data.aws_iam_policy_document.${name}.json`)}`;
  },
} satisfies Readonly<Record<string, (template: Template, values: Values | undefined) => string>>;

/** A kind of document that a template can be printed as. */
export type TemplateHost = keyof typeof printers;

/** The kinds of documents that templates can be printed as. */
export const templateHosts: readonly TemplateHost[] = [
  'json',
  'cloudformation-yaml',
  'cloudformation-json',
  'terraform-jsonencode',
  'terraform-policy-document',
];

/** A template as a document of its own: a policy, or a file with a role where the host has roles. */
export const printTemplate = (template: Template, host: TemplateHost, values?: Values): Filled =>
  fillMarks(printMarked(template, host, values), () => '');

/** The same, with its places still marked. */
export const printMarked = (template: Template, host: TemplateHost, values?: Values): string =>
  `${printers[host](template, values)}\n`;

/** A part of a document that a template can be printed as. */
export type TemplatePart = 'property' | 'argument' | 'block';

/** A template as a part of a document: a property of YAML, an argument or a block of Terraform. */
export const printPart = (template: Template, part: TemplatePart): Filled =>
  fillMarks(partOf(template, part), () => '');

function partOf(template: Template, part: TemplatePart): string {
  if (part === 'property') return yamlText({ [vesselOf(template).property]: policyOf(template) });
  if (part === 'block') return policyDocument(template, labelOf(template));
  return `${vesselOf(template).argument} = jsonencode(${hclText(policyOf(template))})`;
}

/** What holds a policy, in the words of CloudFormation and of Terraform. */
export const vesselOf = ({
  kind,
}: Template): Readonly<Record<'type' | 'property' | 'resource' | 'argument', string>> =>
  kind === 'identity'
    ? {
        type: 'AWS::IAM::ManagedPolicy',
        property: 'PolicyDocument',
        resource: 'aws_iam_policy',
        argument: 'policy',
      }
    : {
        type: 'AWS::IAM::Role',
        property: 'AssumeRolePolicyDocument',
        resource: 'aws_iam_role',
        argument: 'assume_role_policy',
      };

/** What a role is called in Terraform. */
export const labelOf = ({ name }: Template): string => name.replaceAll('-', '_');

/** What a role is called in CloudFormation. */
export const logicalIdOf = ({ name, kind }: Template): string =>
  name
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('') + (kind === 'identity' ? '' : 'Role');

/** The resource that a template is in CloudFormation. */
export function resourceOf(template: Template, values?: Values): JsonValue {
  const { type, property } = vesselOf(template);
  return { Type: type, Properties: { [property]: policyOf(template, values) } };
}

const cloudformation = (template: Template, values: Values | undefined): JsonValue => ({
  AWSTemplateFormatVersion: '2010-09-09',
  Resources: { [logicalIdOf(template)]: resourceOf(template, values) },
});

function resource(template: Template, policy: string): string {
  const { resource: type, argument } = vesselOf(template);
  return `resource "${type}" "${labelOf(template)}" {\n  ${argument} = ${policy}\n}`;
}

/** A template as a policy document of Terraform; it may hold marks. */
export function policyDocument(template: Template, name: string, values?: Values): string {
  const statements = documentText(statementsOf(template, values), '  ') ?? '';
  return `data "aws_iam_policy_document" "${name}" {\n  ${statements}\n}`;
}
