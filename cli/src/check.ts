/** `check`: reads, judges, perhaps fixes, and reports. */
import { randomUUID } from 'node:crypto';
import { pathToFileURL } from 'node:url';
import { applyEdits, type Finding, findingsIn, readDocument, safeEdits, type Settings } from '#engine';
import type { CheckRequest } from './args.ts';
import { filesFor, inputFrom, type Readable } from './files.ts';
import { jsonReport } from './json.ts';
import { replaceFile } from './replace-file.ts';
import { textReport } from './text.ts';

/** What was found in one file. */
export interface Checked {
  readonly file: string;
  readonly text: string;
  readonly findings: readonly Finding[];
  /** How many policies it holds. */
  readonly policies: number;
  /** How many fixes were applied. */
  readonly fixed: number;
  /** Why the fixed text could not be written. */
  readonly problem?: string;
}

/** Each round of fixes may make way for others; no real document needs many. */
const rounds = 10;

/** Checks what is asked for and prints the report. @returns the exit code */
export async function check(request: CheckRequest): Promise<number> {
  const checked: Checked[] = [];
  let failures = 0;
  const fail = (file: string, problem: string): void => {
    console.error(`trust-policy: ${file} cannot be ${problem}`);
    failures++;
  };
  for (const file of filesFor(request.paths)) {
    const input = await inputFrom(file, request.stdinName);
    if ('problem' in input) fail(input.file, `read: ${input.problem}`);
    else {
      const result = checkInput(input, request);
      checked.push(result);
      if (result.problem !== undefined) fail(input.file, `written: ${result.problem}`);
    }
  }
  const report = request.format === 'json' ? jsonReport : textReport;
  process.stdout.write(report(checked));
  if (failures > 0) return 2;
  const loud = checked.some(({ findings }) =>
    findings.some(({ severity }) => severity === 'error' || severity === 'warning'),
  );
  return loud ? 1 : 0;
}

function checkInput({ file, text, languageId, mark }: Readable, { fix, settings }: CheckRequest): Checked {
  const uri = pathToFileURL(file).href;
  const outcome = fix ? applySafe(text, uri, languageId, settings) : { text, fixed: 0 };
  const problem = outcome.fixed > 0 ? replaceFile(file, mark + outcome.text) : undefined;
  const kept = problem === undefined ? outcome : { text, fixed: 0 };
  const document = readDocument({ uri, languageId, text: kept.text });
  const findings = findingsIn(document, settings);
  return {
    file,
    ...kept,
    findings,
    policies: document.regions.length + document.callers.length,
    ...(problem && { problem }),
  };
}

function applySafe(
  original: string,
  uri: string,
  languageId: string,
  settings: Settings,
): { readonly text: string; readonly fixed: number } {
  let text = original;
  let fixed = 0;
  for (let round = 0; round < rounds; round++) {
    const document = readDocument({ uri, languageId, text });
    const { edits, applied } = safeEdits(findingsIn(document, settings), document, randomUUID);
    if (applied === 0) break;
    text = applyEdits(text, edits);
    fixed += applied;
  }
  return { text, fixed };
}
