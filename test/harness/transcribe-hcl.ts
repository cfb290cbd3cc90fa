/** A policy as people write it in Terraform: in the ways that the page of the role's resource shows. */
import type { JsonValue } from '../../engine/src/tree/walk.ts';
import { hclString, hclValue, plainLayout } from './print-hcl.ts';
import type { Transcript } from './transcribe.ts';

const inTerraform = { language: 'terraform', file: 'main.tf' };

const role = (value: string): string => `resource "aws_iam_role" "trusted" {
  name               = "trusted"
  assume_role_policy = ${value}

  tags = { Team = "x" }
}
`;

const jsonStyle = { ...plainLayout, separator: ': ', quoted: true, comma: true } as const;

/** Text in a heredoc is a template too. */
const asTemplate = (text: string): string => text.split('${').join('$${').split('%{').join('%%{');

const indented = (text: string, indent: string): string =>
  text
    .split('\n')
    .map((line) => indent + line)
    .join('\n');

/** The transcripts of a policy in Terraform. */
export function hclTranscripts(policy: JsonValue): readonly Transcript[] {
  const json = JSON.stringify(policy, undefined, 2);
  const heredoc = asTemplate(json);
  const texts: readonly (readonly [name: string, text: string])[] = [
    ['jsonencode', role(`jsonencode(${hclValue(policy, plainLayout, '  ')})`)],
    ['jsonencode on one line', role(`jsonencode(${hclValue(policy, { ...plainLayout, flat: true })})`)],
    ['jsonencode in the style of JSON', role(`jsonencode(${hclValue(policy, jsonStyle, '  ')})`)],
    ['heredoc', role(`<<EOF\n${heredoc}\nEOF`)],
    ['indented heredoc', role(`<<-EOF\n${indented(heredoc, '    ')}\n  EOF`)],
    ['JSON text in Terraform', role(hclString(JSON.stringify(policy)))],
  ];
  return texts.map(([name, text]) => ({ name, ...inTerraform, text }));
}

const argumentNames: Readonly<Record<string, string>> = {
  Sid: 'sid',
  Effect: 'effect',
  Action: 'actions',
  NotAction: 'not_actions',
  Resource: 'resources',
  NotResource: 'not_resources',
};

type Json = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Texts in a list; a text alone is a list of one. */
function texts(value: unknown): readonly string[] | undefined {
  const items: readonly unknown[] = Array.isArray(value) ? value : [value];
  return items.every((item) => typeof item === 'string') ? items : undefined;
}

function block(name: string, lines: readonly string[]): readonly string[] {
  return ['', `${name} {`, ...lines.map((line) => (line === '' ? '' : `  ${line}`)), '}'];
}

const list = (values: readonly string[]): string => `[${values.map(hclString).join(', ')}]`;

function principalLines(name: string, value: unknown): readonly string[] | undefined {
  if (value === '*') return block(name, ['type        = "*"', 'identifiers = ["*"]']);
  if (!isObject(value) || Object.keys(value).length === 0) return undefined;
  return joined(
    Object.entries(value).map(([type, ids]) => {
      const known = texts(ids);
      // Terraform reads these two as everybody.
      if (known === undefined || type === '*') return undefined;
      return block(name, [`type        = ${hclString(type)}`, `identifiers = ${list(known)}`]);
    }),
  );
}

function conditionLines(value: unknown): readonly string[] | undefined {
  if (!isObject(value) || Object.keys(value).length === 0) return undefined;
  return joined(
    Object.entries(value).flatMap(([operator, tests]) => {
      if (!isObject(tests) || Object.keys(tests).length === 0) return [undefined];
      return Object.entries(tests).map(([key, values]) => {
        const known = texts(values);
        return (
          known &&
          block('condition', [
            `test     = ${hclString(operator)}`,
            `variable = ${hclString(key)}`,
            `values   = ${list(known)}`,
          ])
        );
      });
    }),
  );
}

function joined(parts: readonly (readonly string[] | undefined)[]): readonly string[] | undefined {
  return parts.every((part) => part !== undefined) ? parts.flat() : undefined;
}

function elementLines([key, value]: readonly [string, unknown]): readonly string[] | undefined {
  if (key === 'Principal') return principalLines('principals', value);
  if (key === 'NotPrincipal') return principalLines('not_principals', value);
  if (key === 'Condition') return conditionLines(value);
  const name = argumentNames[key];
  const known = texts(value);
  if (name === undefined || known === undefined) return undefined;
  if (key !== 'Sid' && key !== 'Effect') return [`${name} = ${list(known)}`];
  return typeof value === 'string' ? [`${name} = ${hclString(value)}`] : undefined;
}

/** The policy as a policy document; nothing where it cannot be said there. */
export function documentTranscript(policy: JsonValue): readonly Transcript[] {
  if (!isObject(policy) || policy['Version'] !== '2012-10-17' || !('Statement' in policy)) return [];
  if (Object.keys(policy).some((key) => !['Version', 'Id', 'Statement'].includes(key))) return [];
  // To a list of statements one can be added, to a single one in JSON not.
  const single = policy['Statement'];
  if (isObject(single) && single['Effect'] === 'Deny') return [];
  const statements: readonly unknown[] = Array.isArray(policy['Statement'])
    ? policy['Statement']
    : [policy['Statement']];
  const { Id } = policy;
  if (Id !== undefined && typeof Id !== 'string') return [];
  const id = Id === undefined ? [] : [`policy_id = ${hclString(Id)}`];
  const blocks = joined(
    statements.map((statement) => {
      if (!isObject(statement) || !('Effect' in statement)) return undefined;
      const lines = joined(Object.entries(statement).map(elementLines));
      return lines && block('statement', lines[0] === '' ? lines.slice(1) : lines);
    }),
  );
  if (blocks === undefined || statements.length === 0) return [];
  const text = block('data "aws_iam_policy_document" "trust"', [...id, ...blocks]).slice(1);
  const user = role('data.aws_iam_policy_document.trust.json');
  const whole = `${text.join('\n')}\n\n${user}`;
  return [{ name: 'policy document', ...inTerraform, text: whole, normal: withoutSingleLists }];
}

/** A value in which a list of one text is that text: Terraform writes no difference. */
function withoutSingleLists(value: unknown): unknown {
  if (Array.isArray(value))
    return value.length === 1 ? withoutSingleLists(value[0]) : value.map(withoutSingleLists);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withoutSingleLists(item)]));
}
