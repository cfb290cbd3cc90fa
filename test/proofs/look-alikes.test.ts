/**
 * Documents that look like trust policies and are none, in every host, each beside a role that has one: nothing is found in
 * them, shown above them or offered inside, and the role is served all the same.
 */
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import {
  completeAt,
  defaultSettings,
  foldsOf,
  hintsOf,
  hoverAt,
  lensesOf,
  linksOf,
  symbolsOf,
} from '#engine';
import type { JsonObject, JsonValue } from '../../engine/src/tree/walk.ts';
import { look } from '../harness/look.ts';
import { hclString, hclValue, plainLayout } from '../harness/print-hcl.ts';
import { documentTranscript } from '../harness/transcribe-hcl.ts';
import lookAlikes from './look-alikes.json' with { type: 'json' };

interface LookAlike {
  readonly name: string;
  /** The type of a resource and its property or argument that such a document is given to. */
  readonly cloudformation: string;
  readonly terraform: string;
  readonly document: JsonObject;
}

interface Dwelling {
  readonly name: string;
  readonly language: string;
  readonly file: string;
  /** What stands around the document. */
  readonly before: string;
  readonly inside: string;
  readonly after: string;
  /** Whether a role stands beside it. */
  readonly hasRole: boolean;
}

const trust = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }],
};
const roleInTemplate = { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: trust } };
const roleInTerraform = `resource "aws_iam_role" "r" {\n  assume_role_policy = jsonencode(${hclValue(trust, plainLayout, '  ')})\n}\n`;

/** Where people put such a document. */
function dwellingsOf({ document, cloudformation, terraform }: LookAlike): readonly Dwelling[] {
  const json = JSON.stringify(document, undefined, 2);
  const [type = '', property = ''] = cloudformation.split(' ');
  const [resource = '', argument = ''] = terraform.split(' ');
  const mark = '@@HERE@@';
  const template = {
    Resources: { Role: roleInTemplate, Other: { Type: type, Properties: { [property]: mark } } },
  };
  const inJson = JSON.stringify(template, undefined, 2);
  const inYaml = stringify(template, { version: '1.1' });
  const block = `${roleInTerraform}\nresource "${resource}" "other" {\n  ${argument} = ${mark}\n}\n`;
  const indented = (text: string, indent: string): string => text.split('\n').join(`\n${indent}`);
  const asYaml = `\n${stringify(document, { version: '1.1' })}`.trimEnd();
  const manifest = `apiVersion: v1\nkind: ConfigMap\ndata:\n  document: ${mark}\n`;
  const template_ = json.split('${').join('$${');
  const forms: readonly (readonly [name: string, file: string, whole: string, inside: string])[] = [
    ['JSON', 'policy.json', mark, json],
    ['CloudFormation JSON', 'template.json', inJson.replace(`"${mark}"`, mark), indented(json, '        ')],
    ['text in CloudFormation JSON', 'template.json', inJson.replace(`"${mark}"`, mark), JSON.stringify(json)],
    ['CloudFormation YAML', 'template.yaml', inYaml.replace(`"${mark}"`, mark), indented(asYaml, '        ')],
    [
      'JSON text in YAML',
      'template.yaml',
      inYaml.replace(`"${mark}"`, mark),
      `|\n        ${indented(json, '        ')}`,
    ],
    [
      'text under Sub',
      'template.yaml',
      inYaml.replace(`"${mark}"`, mark),
      `!Sub |\n        ${indented(json, '        ')}`,
    ],
    ['JSON text in a manifest', 'config.yaml', manifest, `|\n    ${indented(json, '    ')}`],
    ['YAML', 'policy.yaml', mark, asYaml.trimStart()],
    ['jsonencode', 'main.tf', block, `jsonencode(${hclValue(document, plainLayout, '  ')})`],
    ['heredoc', 'main.tf', block, `<<-EOF\n    ${indented(template_, '    ')}\n  EOF`],
    ['JSON text in Terraform', 'main.tf', block, hclString(JSON.stringify(document))],
    ...documentTranscript(document as JsonValue).map(({ text }) => {
      const data = text.slice(0, text.indexOf('\nresource "aws_iam_role"'));
      const user = block.replace(mark, 'data.aws_iam_policy_document.trust.json');
      return ['policy document', 'main.tf', `${mark}\n${user}`, data] as const;
    }),
  ];
  return forms.map(([name, file, whole, inside]) => {
    const [before = '', after = ''] = whole.split(mark);
    const language = file.endsWith('.tf') ? 'terraform' : file.endsWith('.json') ? 'json' : 'yaml';
    return {
      name,
      file,
      language,
      before,
      inside,
      after,
      hasRole: (before + after).includes('sts:AssumeRole'),
    };
  });
}

const all: readonly LookAlike[] = lookAlikes;

describe.each(all.map((each) => ({ name: each.name, dwellings: dwellingsOf(each) })))(
  '$name',
  ({ dwellings }) => {
    it.each(dwellings.map((dwelling) => ({ dwelling, host: dwelling.name })))('$host', ({ dwelling }) => {
      const { before, inside, after, hasRole } = dwelling;
      const text = before + inside + after;
      const { document, findings } = look({ ...dwelling, text });
      const others = findings.map(({ rule, message }) => `${rule}: ${message}`);
      expect(others, text).toEqual([]);
      expect(document.regions.length, text).toBe(hasRole ? 1 : 0);
      expect(document.callers).toEqual([]);
      expect(lensesOf(document).length).toBe(hasRole ? 1 : 0);
      expect(symbolsOf(document).length).toBe(hasRole ? 1 : 0);
      const span = { start: before.length, end: before.length + inside.length };
      expect(hintsOf(document, span, defaultSettings)).toEqual([]);
      const isInside = (offset: number): boolean => offset >= span.start && offset < span.end;
      expect(linksOf(document).filter((link) => isInside(link.span.start))).toEqual([]);
      if (!hasRole) expect(foldsOf(document) ?? []).toEqual([]);
      for (let offset = span.start; offset <= span.end; offset += 5) {
        expect(completeAt(document, offset, defaultSettings), `at ${String(offset)} of\n${text}`).toEqual([]);
        expect(hoverAt(document, offset)).toBeUndefined();
      }
    });
  },
);
