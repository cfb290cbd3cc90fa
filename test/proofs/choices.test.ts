/** What is written in a choice is judged like what is written outright: every statement of the rules' pages, in the choices of each host. */
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { applyEdits, editsFor } from '#engine';
import {
  isJsonList,
  isJsonObject,
  type JsonValue,
  listOf,
  plainValue,
  valueOf,
} from '../../engine/src/tree/walk.ts';
import { covers, type Span } from '../../engine/src/text/span.ts';
import { exampleRandom, look, type Looked } from '../harness/look.ts';
import { readMarks } from '../harness/marks.ts';
import { readPages } from '../harness/pages.ts';
import { hclValue, plainLayout } from '../harness/print-hcl.ts';

interface Sample {
  readonly id: string;
  readonly statement: JsonValue;
  readonly settings: unknown;
}

/** What a document is as a whole cannot be told from a choice in it. */
const ofWholes = new Set(['policy-kind-mismatch']);

/** The statements of policies that have just one. */
const samples = readPages()
  .filter(({ id }) => !ofWholes.has(id))
  .flatMap(({ id, fails }) =>
    fails.flatMap(({ fence: { language, text, settings } }): readonly Sample[] => {
      if (language !== 'json') return [];
      const { document } = look({ text: readMarks(text).text, language });
      const value = document.regions[0] && plainValue(document.regions[0].node);
      if (typeof value !== 'object' || value === null || !('Statement' in value)) return [];
      const { Statement: statements } = value;
      const [statement, more] = isJsonList(statements) ? statements : [statements];
      const isOne = isJsonObject(statement) && more === undefined;
      return isOne && !document.tree.problems.length ? [{ id, statement, settings }] : [];
    }),
  );

const margin = (text: string, indent: string): string => text.split('\n').join(`\n${indent}`);

const role = (statements: string): string =>
  `resource "aws_iam_role" "r" {\n  assume_role_policy = jsonencode({\n    Version = "2012-10-17"\n    Statement = ${statements}\n  })\n}\n`;

const template = (items: unknown): unknown => ({
  Resources: {
    R: {
      Type: 'AWS::IAM::Role',
      Properties: { AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: items } },
    },
  },
});

const none = { Ref: 'AWS::NoValue' };
const yaml = (value: unknown): string => stringify(value, { version: '1.1', lineWidth: 0 });
const hcl = (statement: unknown): string => hclValue(statement, plainLayout, '      ');

/** Ways to write a statement in a choice, and the same without one. */
const ways: readonly {
  readonly name: string;
  readonly file: string;
  readonly language: string;
  readonly plain: (statement: JsonValue) => string;
  readonly chosen: (statement: JsonValue) => string;
}[] = [
  {
    name: 'Fn::If in JSON',
    file: 't.json',
    language: 'json',
    plain: (statement) => JSON.stringify(template([statement]), undefined, 2),
    chosen: (statement) => JSON.stringify(template([{ 'Fn::If': ['A', statement, none] }]), undefined, 2),
  },
  {
    name: '!If in YAML',
    file: 't.yaml',
    language: 'yaml',
    plain: (statement) => yaml(template([statement])),
    chosen: (statement) =>
      yaml(template([{ 'Fn::If': ['A', none, statement] }])).replace(/Fn::If:(\s)/, '!If$1'),
  },
  {
    name: 'Fn::If around all statements',
    file: 't.yaml',
    language: 'yaml',
    plain: (statement) => yaml(template([statement])),
    chosen: (statement) => yaml(template({ 'Fn::If': ['A', [statement], []] })),
  },
  {
    name: 'a conditional expression',
    file: 'main.tf',
    language: 'terraform',
    plain: (statement) => role(`[${hcl(statement)}]`),
    chosen: (statement) => role(`var.a ? [${hcl(statement)}] : []`),
  },
  {
    name: 'a conditional expression in concat',
    file: 'main.tf',
    language: 'terraform',
    plain: (statement) => role(`[${hcl(statement)}]`),
    chosen: (statement) => role(`concat(var.b, var.a ? [] : [${hcl(statement)}])`),
  },
  {
    name: 'a for expression',
    file: 'main.tf',
    language: 'terraform',
    plain: (statement) => role(`[${hcl(statement)}]`),
    chosen: (statement) => role(`[for a in var.b : ${margin(hcl(statement), '')}]`),
  },
];

/** Where the statement is written. */
function statementIn({ document }: Looked): Span {
  const [region] = document.regions;
  const policies = [region, ...(region?.views ?? []).map((view) => view.region)];
  const [first] = policies
    .flatMap((policy) => listOf(valueOf(policy?.node, 'Statement')))
    .filter(({ kind }) => kind === 'object');
  if (first === undefined) throw new Error(`No statement in ${document.source.text}`);
  return first.span;
}

/** The rules that speak of the statement or a part of it, and where they do in it. */
function said(looked: Looked): readonly string[] {
  const statement = statementIn(looked);
  return looked.findings
    .filter(({ span }) => covers(statement, span))
    .map(
      ({ rule, span }) =>
        `${rule} ${looked.document.source.text.slice(span.start, span.end).replace(/\s+/g, ' ')}`,
    )
    .sort();
}

describe.each(ways)('$name', ({ file, language, plain, chosen }) => {
  it.each(samples.map((sample, index) => ({ ...sample, index })))(
    '$id ($index)',
    ({ statement, settings }) => {
      const outright = look({ file, language, text: plain(statement), settings });
      const inChoice = look({ file, language, text: chosen(statement), settings });
      expect(said(inChoice)).toEqual(said(outright));
      for (const finding of inChoice.findings)
        for (const fix of finding.fixes) {
          const edits = editsFor(fix, finding.region, inChoice.document, exampleRandom);
          if (edits === undefined) continue;
          const text = applyEdits(inChoice.document.source.text, edits);
          const after = look({ file, language, text, settings });
          expect(after.document.tree.problems, text).toEqual([]);
          // What decides is still there.
          expect(after.document.regions[0]?.views?.length, text).toBeGreaterThan(0);
        }
    },
  );
});

it('most rules speak of one statement', () => {
  expect(new Set(samples.map(({ id }) => id)).size).toBeGreaterThan(150);
});
