/** The documents that are measured: the same statements, more and more of them. */

export interface Sample {
  readonly name: string;
  readonly text: string;
  /** The word that every second keystroke breaks, in the middle of the document. */
  readonly at: number;
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
