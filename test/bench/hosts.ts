/**
 * Templates and Terraform, in this process: to read and judge a file, as a ratio to what reads it anyway – the `yaml`
 * package's own parse, our reader of HCL alone – and files without a policy, as a ratio to nothing but looking through them.
 */
import { parseDocument } from 'yaml';
import { defaultSettings, type Document, findingsIn, readDocument } from '../../engine/src/index.ts';
import { hcl } from '../../engine/src/syntax/hcl.ts';
import { median } from './measure.ts';

export interface HostRow {
  readonly what: string;
  readonly ours: number;
  readonly yardstick: number;
  readonly against: string;
}

const template = (roles: number): string =>
  `AWSTemplateFormatVersion: '2010-09-09'\nResources:\n${Array.from(
    { length: roles },
    (_, index) => `  Role${String(index)}:
    Type: AWS::IAM::Role
    Properties:
      RoleName: !Sub '\${AWS::StackName}-${String(index)}'
      AssumeRolePolicyDocument:
        Version: '2012-10-17'
        Statement:
          - Effect: Allow
            Principal:
              AWS: !Sub 'arn:aws:iam::\${Account}:role/deploy-${String(index)}'
            Action: sts:AssumeRole
            Condition:
              StringEquals:
                sts:ExternalId: 6f1c7a52-0f4e-4a65-9b64-${String(100_000_000_000 + index)}
`,
  ).join('')}`;

const terraform = (lines: number): string =>
  Array.from(
    { length: Math.ceil(lines / 16) },
    (_, index) => `data "aws_iam_policy_document" "trust_${String(index)}" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["lambda.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "role_${String(index)}" {
  name               = "role-\${var.stage}-${String(index)}"
  assume_role_policy = data.aws_iam_policy_document.trust_${String(index)}.json
}

`,
  ).join('');

const topics = (lines: number): string =>
  `Resources:\n${Array.from({ length: lines / 2 }, (_, index) => `  Topic${String(index)}:\n    Type: AWS::SNS::Topic\n`).join('')}`;

/** Milliseconds of one run, the median of several after a warm-up. */
function timed(rounds: number, run: () => unknown): number {
  run();
  const times = Array.from({ length: rounds }, () => {
    const started = performance.now();
    run();
    return performance.now() - started;
  });
  return median(times);
}

/** Measures every kind of file; a wrong number of policies is an error. */
export function measureHosts(rounds: number): readonly HostRow[] {
  const read = (languageId: string, text: string, policies: number): Document => {
    const document = readDocument({ uri: `file:///bench/main.${languageId}`, languageId, text });
    if (document.regions.length === policies) return document;
    throw new Error(`${String(document.regions.length)} policies instead of ${String(policies)}.`);
  };
  const yamlText = template(300);
  const hclText = terraform(2000);
  const without = topics(5000);
  const yamlTime = timed(rounds, () => parseDocument(yamlText));
  const hclTime = timed(rounds, () => hcl.parse(hclText));
  const row = (what: string, run: () => unknown, yardstick: number, against: string): HostRow => ({
    what,
    ours: timed(rounds, run),
    yardstick,
    against,
  });
  const yaml = (): Document => read('yaml', yamlText, 300);
  const tf = (): Document => read('terraform', hclText, 125);
  return [
    row('300 roles in YAML, read', yaml, yamlTime, 'yaml’s parseDocument'),
    row('the same, judged', () => findingsIn(yaml(), defaultSettings), yamlTime, 'yaml’s parseDocument'),
    row('2,000 lines of Terraform, read', tf, hclTime, 'our reader of HCL alone'),
    row('the same, judged', () => findingsIn(tf(), defaultSettings), hclTime, 'our reader of HCL alone'),
    row(
      '5,000 lines of YAML without a role',
      () => read('yaml', without, 0),
      timed(rounds, () => without.includes('AssumeRolePolicyDocument')),
      'one search for a word',
    ),
  ];
}
