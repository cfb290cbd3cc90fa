/** `explain`: who can assume the roles of some files, and what each statement says. */
import {
  defaultSettings,
  explainDocument,
  explanationMarkdown,
  explanationText,
  lineColumnAt,
  lineStarts,
  plainText,
  type PolicyExplanation,
  readDocument,
} from '#engine';
import type { ExplainRequest } from './args.ts';
import { filesFor, inputFrom } from './files.ts';
import { createProjects } from './project.ts';
import { sourceOf } from './source.ts';
import { printable } from './text.ts';

/** A policy and where it stands. */
interface Placed {
  readonly file: string;
  readonly text: string;
  readonly policy: PolicyExplanation;
}

/** Explains what is asked for. @returns the exit code */
export async function explain({ paths, stdinName, format }: ExplainRequest): Promise<number> {
  const placed: Placed[] = [];
  let failures = 0;
  const { settingsOf } = createProjects(defaultSettings);
  for (const name of filesFor(paths)) {
    const input = await inputFrom(name, stdinName);
    if ('problem' in input) {
      console.error(`trust-policy: ${input.file} cannot be read: ${input.problem}`);
      failures++;
      continue;
    }
    const { file, text } = input;
    const document = readDocument(sourceOf(input, settingsOf(file)));
    placed.push(...explainDocument(document).map((policy) => ({ file, text, policy })));
  }
  process.stdout.write(`${reports[format](placed)}\n`);
  return failures > 0 ? 2 : 0;
}

const reports: Readonly<Record<ExplainRequest['format'], (placed: readonly Placed[]) => string>> = {
  text: (placed) =>
    orNothing(placed.map((each) => `${placeOf(each)}\n${lines(explanationText(each.policy))}\n`)),
  md: (placed) =>
    orNothing(placed.map((each) => `## ${placeOf(each)}\n\n${explanationMarkdown(each.policy)}\n`)),
  json: (placed) => JSON.stringify({ version: 1, policies: placed.map(jsonOf) }, undefined, 2),
};

const orNothing = (parts: readonly string[]): string =>
  parts.length === 0 ? 'There is no trust policy in these files.' : parts.join('\n').trimEnd();

const lines = (text: string): string => text.split('\n').map(printable).join('\n');

function placeOf({ file, text, policy }: Placed): string {
  const { line, character } = lineColumnAt(lineStarts(text), policy.span.start);
  return printable(`${file}:${String(line + 1)}:${String(character + 1)}`);
}

/** Its shape is fixed: a change of it is a breaking change. Positions are counted from zero in UTF-16 units. */
function jsonOf({ file, text, policy }: Placed): object {
  const starts = lineStarts(text);
  const position = (offset: number): object => ({ ...lineColumnAt(starts, offset), offset });
  return {
    file,
    region: policy.label ?? null,
    start: position(policy.span.start),
    end: position(policy.span.end),
    summary: policy.summary,
    callers: policy.callers,
    statements: policy.statements.map((statement) => ({
      index: statement.index,
      sid: statement.sid ?? null,
      effect: statement.effect,
      start: position(statement.span.start),
      end: position(statement.span.end),
      excludes: statement.excludes,
      callers: statement.callers.map(plainText),
      actions: statement.actions,
      conditions: statement.conditions.map(({ key, operator, values, ifAbsent, known, phrase }) => ({
        key: printable(key),
        operator,
        values,
        ifAbsent,
        known,
        text: plainText(phrase),
      })),
      sentence: plainText(statement.sentence),
    })),
    limits: policy.limits,
  };
}
