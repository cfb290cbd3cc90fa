/** Which arguments in Terraform take a trust policy: by their names, by what the settings say, and by their content. */
import { describe, expect, it } from 'vitest';
import { completeAt, defaultSettings } from '#engine';
import { look } from '../../../test/harness/look.ts';

const regionsOf = (text: string, terraformArguments: readonly string[] = []): number =>
  look({ text, language: 'terraform', file: 'main.tf', settings: { terraformArguments } }).document.regions
    .length;

/** No trust policy by its content: what is typed first in one. */
const beginning = '{ Version = "2012-10-17", Statement = [{ Effect = "Allow" }] }';
const argument = (name: string, value: string): string => `module "role" {\n  ${name} = ${value}\n}\n`;

describe('arguments of modules', () => {
  it.each([
    'custom_role_trust_policy',
    'trust_policy',
    'iam_role_trust_policy_json',
    'source_assume_role_policy',
    'custom_assume_role_policy',
  ])('%s is known by its name', (name) => {
    expect(regionsOf(argument(name, `jsonencode(${beginning})`))).toBe(1);
  });

  it.each<[string, string]>([
    ['jsonencode', `jsonencode(${beginning})`],
    ['text', '<<-EOT\n    {"Statement": [{"Effect": "Allow"}]}\n  EOT'],
    [
      'a policy document',
      'data.aws_iam_policy_document.d.json\n}\ndata "aws_iam_policy_document" "d" {\n  statement {\n    effect = "Allow"\n  }',
    ],
    ['a local value', `local.trust\n}\nlocals {\n  trust = jsonencode(${beginning})`],
  ])('others where the settings name them: %s', (_, value) => {
    expect(regionsOf(argument('who_may_assume', value))).toBe(0);
    expect(regionsOf(argument('who_may_assume', value), ['who_may_assume'])).toBe(1);
    expect(regionsOf(argument('who_may_assume_it', value), ['who_may_assume'])).toBe(0);
  });

  it('completion works in them', () => {
    const marked = argument('who_may_assume', 'jsonencode({ Statement = [{ Effect = "|>" }] })');
    const text = marked.replace('|>', '');
    const settings = { terraformArguments: ['who_may_assume'] };
    const { document } = look({ text, language: 'terraform', file: 'main.tf', settings });
    const labels = completeAt(document, marked.indexOf('|>'), defaultSettings).map(({ label }) => label);
    expect(labels).toContain('Allow');
  });
});
