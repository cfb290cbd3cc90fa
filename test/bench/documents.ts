/** The documents that are measured: the same statements, more and more of them. */

export interface Sample {
  readonly name: string;
  readonly text: string;
  /** The word that every second keystroke breaks, in the middle of the document. */
  readonly at: number;
  /** Where suggestions are asked for; at that word unless it says so. */
  readonly ask?: number;
}

const statement = (index: number): object => ({
  Sid: `Team${String(index)}`,
  Effect: 'Allow',
  Principal: { AWS: `arn:aws:iam::${String(111122223333 + index)}:role/deploy` },
  Action: ['sts:AssumeRole', 'sts:TagSession'],
  Condition: {
    StringEquals: { 'sts:ExternalId': `6f1c7a52-0f4e-4a65-9b64-${String(100_000_000_000 + index)}` },
    Bool: { 'aws:MultiFactorAuthPresent': 'true' },
  },
});

function sample(name: string, statements: number): Sample {
  const policy = {
    Version: '2012-10-17',
    Statement: Array.from({ length: statements }, (_, index) => statement(index)),
  };
  const text = JSON.stringify(policy, undefined, 2);
  return { name, text, at: text.indexOf('"Allow"', text.length / 2 - 400) + 3 };
}

/** 30 lines, 2 kB, 500 statements and 5 MB. */
export const samples: readonly Sample[] = [
  sample('30 lines', 1),
  sample('2 kB', 4),
  sample('500 statements', 500),
  sample('5 MB', 11_000),
];

/** A role of a service and one of GitHub Actions, and what else stands in a template. */
const resources = (index: number): readonly (readonly [id: string, resource: object])[] => [
  [
    `Function${String(index)}Role`,
    role({
      Effect: 'Allow',
      Principal: { Service: 'lambda.amazonaws.com' },
      Action: 'sts:AssumeRole',
    }),
  ],
  [
    `Deploy${String(index)}Role`,
    role({
      Effect: 'Allow',
      Principal: { Federated: 'arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com' },
      Action: 'sts:AssumeRoleWithWebIdentity',
      Condition: {
        StringEquals: {
          'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com',
          'token.actions.githubusercontent.com:sub': `repo:octo-org/app-${String(index)}:environment:production`,
        },
      },
    }),
  ],
  [
    `Queue${String(index)}`,
    { Type: 'AWS::SQS::Queue', Properties: { QueueName: `queue-${String(index)}`, DelaySeconds: 5 } },
  ],
];

const role = (only: object): object => ({
  Type: 'AWS::IAM::Role',
  Properties: { AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [only] } },
});

function templateSample(copies: number): Sample {
  const all = Array.from({ length: copies }, (_, index) => resources(index)).flat();
  const text = JSON.stringify({ Resources: Object.fromEntries(all) }, undefined, 2);
  const middle = text.length / 2;
  return {
    name: `a template of ${String(Math.round(text.split('\n').length / 100) * 100)} lines`,
    text,
    at: text.indexOf('"Allow"', middle) + 3,
    ask: text.indexOf('"lambda.amazonaws.com"', middle) + 1,
  };
}

/** A template in CloudFormation, in which every role may be the one that is written. */
export const template = templateSample(42);
