/** `check`: reads, judges, perhaps fixes, and reports. */
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import {
  type Document,
  type Finding,
  fixAll,
  type Ignored,
  judge,
  readDocument,
  type Settings,
  type Source,
} from '#engine';
import type { CheckRequest } from './args.ts';
import { filesFor, inputFrom, type Readable, type Unreadable } from './files.ts';
import { githubReport } from './github.ts';
import { jsonReport } from './json.ts';
import { createProjects, type ProjectReport } from './project.ts';
import { replaceFile } from './replace-file.ts';
import { sarifReport } from './sarif.ts';
import { sourceOf } from './source.ts';
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
  const projects = createProjects(request.settings);
  const fail = (file: string, problem: string): void => {
    console.error(`trust-policy: ${file} cannot be ${problem}`);
    failures++;
  };
  const files = filesFor(request.paths);
  // Before anything is written: a project file that cannot be taken ends it all.
  for (const file of files) projects.settingsOf(nameOf(file, request.stdinName));
  for (const file of files) {
    const input = await inputFrom(file, request.stdinName);
    if ('problem' in input) {
      fail(input.file, `read: ${input.problem}`);
      projects.note(input.file);
    } else {
      const { used, ...result } = checkInput(input, request.fix, projects.settingsOf(input.file));
      projects.note(input.file, used);
      checked.push(result);
      if (result.problem !== undefined) fail(input.file, `written: ${result.problem}`);
    }
  }
  const all = withProjects(checked, projects.reports(request.paths));
  process.stdout.write(reports[request.format](all));
  if (failures > 0) return 2;
  const loud = all.some(({ findings }) =>
    findings.some(({ severity }) => severity === 'error' || severity === 'warning'),
  );
  return loud ? 1 : 0;
}

/** What was checked, with what is known of project files by now in the place of what one sees in them alone. */
function withProjects(checked: readonly Checked[], reported: readonly ProjectReport[]): readonly Checked[] {
  const known = new Set(reported.map(({ file }) => path.resolve(file)));
  return [
    ...checked.filter(({ file }) => !known.has(path.resolve(file))),
    ...reported.map((each) => ({ ...each, policies: 0, fixed: 0 })),
  ];
}

function nameOf(file: string | Unreadable, stdinName: string): string {
  const name = typeof file === 'string' ? file : file.file;
  return name === '-' ? stdinName : name;
}

function checkInput(
  input: Readable,
  fix: boolean,
  settings: Settings,
): Checked & { readonly used: ReadonlySet<Ignored> } {
  const { file, text, mark } = input;
  const source = sourceOf(input, settings);
  const outcome = fix ? fixed(source, settings) : { text, fixed: 0 };
  const problem = outcome.fixed > 0 ? replaceFile(file, mark + outcome.text) : undefined;
  const kept = problem === undefined ? outcome : { text, fixed: 0 };
  const document = readDocument({ ...source, text: kept.text });
  const { findings, used } = judge(document, settings);
  return {
    file,
    ...kept,
    document,
    findings,
    used,
    policies: document.regions.length + document.callers.length,
    ...(problem && { problem }),
  };
}

function fixed(source: Source, settings: Settings): Pick<Checked, 'text' | 'fixed'> {
  const { text, applied } = fixAll(source, settings, randomUUID);
  return { text, fixed: applied };
}
