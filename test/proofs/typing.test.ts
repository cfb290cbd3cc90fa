/**
 * Writing, in every host: at every prefix of ten documents nothing throws, what was found in statements that are whole stays,
 * and where a word of the language is being written it is offered.
 */
import { describe, expect, it } from 'vitest';
import {
  completeAt,
  defaultSettings,
  type Document,
  findingsIn,
  hoverAt,
  readDocument,
  symbolsOf,
} from '#engine';
import { covers } from '../../engine/src/text/span.ts';
import {
  isJsonList,
  isJsonObject,
  type JsonObject,
  listOf,
  plainValue,
  valueOf,
} from '../../engine/src/tree/walk.ts';
import { fixedTexts, look } from '../harness/look.ts';
import { readMarks } from '../harness/marks.ts';
import { readPages } from '../harness/pages.ts';
import { type Transcript, transcripts } from '../harness/transcribe.ts';

/** The statement that is being written, behind one that is whole. */
const written = {
  Sid: 'Written',
  Effect: 'Allow',
  Principal: { Service: 'ec2.amazonaws.com' },
  Action: ['sts:AssumeRole', 'sts:TagSession'],
  Condition: { StringEquals: { 'aws:SourceAccount': '111122223333' } },
};

/** Statements of the pages in which something is found. */
const faulty = readPages().flatMap(({ id, fails: [first] }): readonly JsonObject[] => {
  if (first?.fence.language !== 'json') return [];
  const { document, findings } = look({ ...first.fence, text: readMarks(first.fence.text).text });
  const value = document.regions[0] && plainValue(document.regions[0].node);
  const { Statement: all } = isJsonObject(value) ? value : {};
  const [only, ...others] = isJsonList(all) ? all : [all];
  const isOwn = findings.length > 0 && findings.every(({ rule }) => rule === id);
  return isOwn && isJsonObject(only) && others.length === 0 && JSON.stringify(only).length < 250
    ? [only]
    : [];
});

const policies = faulty
  .filter((_, index) => index % Math.floor(faulty.length / 10) === 0)
  .slice(0, 10)
  .map((statement): JsonObject => ({ Version: '2012-10-17', Statement: [statement, written] }));

/** A policy document is known by the role that names it, as long as it says little itself. */
function roleFirst(transcript: Transcript): Transcript {
  const at = transcript.name === 'policy document' ? transcript.text.indexOf('resource "aws_iam_role"') : 0;
  return { ...transcript, text: `${transcript.text.slice(at)}\n${transcript.text.slice(0, at)}` };
}

/** SAM, and JSON by itself, besides the hosts that rule pages are transcribed to. */
const allOf = (policy: JsonObject): readonly Transcript[] => {
  const template = transcripts(policy).find(({ name }) => name === 'CloudFormation YAML');
  return [
    { name: 'JSON', language: 'json', file: 'trust-policy.json', text: JSON.stringify(policy, undefined, 2) },
    ...(template
      ? [
          {
            ...template,
            name: 'SAM',
            text: template.text.replace('AWS::IAM::Role', 'AWS::Serverless::Function'),
          },
        ]
      : []),
    ...transcripts(policy).map(roleFirst),
  ];
};

/** Where people write policies; the other hosts are variants of these, and three documents do for them. */
const usual = new Set([
  ...['JSON', 'SAM', 'CloudFormation JSON', 'CloudFormation YAML', 'JSON text in YAML'],
  ...['jsonencode', 'heredoc', 'policy document'],
]);

const byHost = new Map<string, Transcript[]>();
for (const policy of policies)
  for (const each of allOf(policy)) byHost.set(each.name, [...(byHost.get(each.name) ?? []), each]);

const read = ({ file, language }: Transcript, text: string): Document =>
  readDocument({ uri: `file:///${file}`, languageId: language, text });

/** The rules that speak inside of the first statement. */
function rulesInFirst(document: Document): ReadonlySet<string> {
  const [first] = listOf(valueOf(document.regions[0]?.node, 'Statement'));
  const findings = findingsIn(document, defaultSettings);
  return new Set(findings.filter(({ span }) => first && covers(first.span, span)).map(({ rule }) => rule));
}

/** Every prefix is read; judging takes longer, so it takes turns. */
const turn = 23;

describe.each([...byHost])('%s', (name, every) => {
  const all = usual.has(name) ? every : every.slice(0, 3);

  it('is read and judged at every prefix, and keeps what was found', () => {
    expect(all.length).toBeGreaterThanOrEqual(usual.has(name) ? 10 : 3);
    for (const [index, transcript] of all.entries()) {
      const { text } = transcript;
      const expected = rulesInFirst(read(transcript, text));
      const whole = text.indexOf('Written');
      expect(expected.size, text).toBeGreaterThan(0);
      for (let end = 0; end <= text.length; end++) {
        const document = read(transcript, text.slice(0, end));
        if (end % turn !== index % turn) continue;
        completeAt(document, end, defaultSettings);
        hoverAt(document, end);
        symbolsOf(document);
        for (const finding of findingsIn(document, defaultSettings))
          for (const { text: after } of fixedTexts(finding, document).values()) read(transcript, after);
        const found = rulesInFirst(document);
        if (end >= whole)
          expect(
            [...expected].filter((rule) => !found.has(rule)),
            text.slice(0, end),
          ).toEqual([]);
      }
    }
  }, 240_000);

  it('offers the word that is being written', () => {
    for (const transcript of all.slice(0, 3)) {
      const { text } = transcript;
      const from = text.indexOf('Written');
      for (const word of ['Allow', 'sts:AssumeRole', 'ec2.amazonaws.com']) {
        const at = text.indexOf(word, from);
        for (let end = at; end <= at + word.length; end++) {
          const labels = completeAt(read(transcript, text.slice(0, end)), end, defaultSettings).map(
            ({ label }) => label,
          );
          expect(labels, text.slice(0, end)).toContain(word);
        }
      }
    }
  });
});
