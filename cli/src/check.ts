/** `check`: reads, judges, perhaps fixes, and reports. */
import { randomUUID } from 'node:crypto';
import { renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { applyEdits, type Finding, findingsIn, readDocument, safeEdits, type Settings } from '#engine';
import type { CheckRequest } from './args.ts';
import { filesFor, type Input, readInput, readStdin } from './files.ts';
import { jsonReport } from './json.ts';
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
}

/** Each round of fixes may make way for others; no real document needs many. */
const rounds = 10;

/** Checks what is asked for and prints the report. @returns the exit code */
export async function check(request: CheckRequest): Promise<number> {
  const checked: Checked[] = [];
  let unreadable = 0;
  for (const file of filesFor(request.paths)) {
    const input = file === '-' ? await readStdin(request.stdinName) : readInput(file);
    if ('problem' in input) {
      console.error(`trust-policy: ${input.file} cannot be read: ${input.problem}`);
      unreadable++;
    } else checked.push(checkInput(input, request));
  }
  const report = request.format === 'json' ? jsonReport : textReport;
  process.stdout.write(report(checked));
  if (unreadable > 0) return 2;
  const loud = checked.some(({ findings }) =>
    findings.some(({ severity }) => severity === 'error' || severity === 'warning'),
  );
  return loud ? 1 : 0;
}

type Readable = Exclude<Input, { readonly problem: string }>;

function checkInput({ file, text, languageId }: Readable, { fix, settings }: CheckRequest): Checked {
  const uri = pathToFileURL(file).href;
  const outcome = fix ? applySafe(text, uri, languageId, settings) : { text, fixed: 0 };
  if (outcome.fixed > 0) replaceFile(file, outcome.text);
  const document = readDocument({ uri, languageId, text: outcome.text });
  const findings = findingsIn(document, settings);
  return { file, text: outcome.text, fixed: outcome.fixed, findings, policies: document.regions.length };
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

/** Writes beside the file and renames, so that a file is never half written; its mode is kept. */
function replaceFile(file: string, text: string): void {
  const draft = path.join(path.dirname(file), `.${path.basename(file)}.${randomUUID()}`);
  try {
    writeFileSync(draft, text, { mode: statSync(file).mode });
    renameSync(draft, file);
  } finally {
    rmSync(draft, { force: true });
  }
}
