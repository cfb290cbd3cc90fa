/** `check`: reads, judges, perhaps fixes, and reports. */
import { randomUUID } from 'node:crypto';
import { pathToFileURL } from 'node:url';
import {
  type Document,
  type Finding,
  findingsIn,
  fixAll,
  readDocument,
  type Settings,
  type Source,
} from '#engine';
import type { CheckRequest } from './args.ts';
import { filesFor, inputFrom, type Readable, type Unreadable } from './files.ts';
import { githubReport } from './github.ts';
import { jsonReport } from './json.ts';
import { createSettings } from './project.ts';
import { replaceFile } from './replace-file.ts';
import { sarifReport } from './sarif.ts';
import { textReport } from './text.ts';

/** What was found in one file. */
export interface Checked {
  readonly file: string;
  readonly text: string;
  readonly document: Document;
  readonly findings: readonly Finding[];
  /** How many policies it holds. */
  readonly policies: number;
  /** How many fixes were applied. */
  readonly fixed: number;
  /** Why the fixed text could not be written. */
  readonly problem?: string;
}

const reports: Readonly<Record<CheckRequest['format'], (checked: readonly Checked[]) => string>> = {
  text: textReport,
  json: jsonReport,
  sarif: sarifReport,
  github: githubReport,
};

/** Checks what is asked for and prints the report. @returns the exit code */
export async function check(request: CheckRequest): Promise<number> {
  const checked: Checked[] = [];
  let failures = 0;
  const settingsOf = createSettings(request.settings);
  const fail = (file: string, problem: string): void => {
    console.error(`trust-policy: ${file} cannot be ${problem}`);
    failures++;
  };
  const files = filesFor(request.paths);
  // Before anything is written: a project file that cannot be taken ends it all.
  for (const file of files) settingsOf(nameOf(file, request.stdinName));
  for (const file of files) {
    const input = await inputFrom(file, request.stdinName);
    if ('problem' in input) fail(input.file, `read: ${input.problem}`);
    else {
      const result = checkInput(input, request.fix, settingsOf(input.file));
      checked.push(result);
      if (result.problem !== undefined) fail(input.file, `written: ${result.problem}`);
    }
  }
  process.stdout.write(reports[request.format](checked));
  if (failures > 0) return 2;
  const loud = checked.some(({ findings }) =>
    findings.some(({ severity }) => severity === 'error' || severity === 'warning'),
  );
  return loud ? 1 : 0;
}

function nameOf(file: string | Unreadable, stdinName: string): string {
  const name = typeof file === 'string' ? file : file.file;
  return name === '-' ? stdinName : name;
}

function checkInput({ file, text, languageId, mark }: Readable, fix: boolean, settings: Settings): Checked {
  const uri = pathToFileURL(file).href;
  const outcome = fix ? fixed({ uri, languageId, text }, settings) : { text, fixed: 0 };
  const problem = outcome.fixed > 0 ? replaceFile(file, mark + outcome.text) : undefined;
  const kept = problem === undefined ? outcome : { text, fixed: 0 };
  const document = readDocument({ uri, languageId, text: kept.text });
  const findings = findingsIn(document, settings);
  return {
    file,
    ...kept,
    document,
    findings,
    policies: document.regions.length + document.callers.length,
    ...(problem && { problem }),
  };
}

function fixed(source: Source, settings: Settings): Pick<Checked, 'text' | 'fixed'> {
  const { text, applied } = fixAll(source, settings, randomUUID);
  return { text, fixed: applied };
}
