/** What trust tests try of policies, for VS Code's own coverage view: statements, and conditions as their branches. */
import {
  BranchCoverage,
  DeclarationCoverage,
  FileCoverage,
  StatementCoverage,
  type FileCoverageDetail,
  Uri,
} from 'vscode';
import { type CaseResult, type Part, rangeOf } from './test-files.ts';

/** The cases that were run of the tests of one policy. */
export interface RunSuite {
  readonly policy: Uri;
  readonly parts: readonly Part[];
  readonly cases: readonly CaseResult[];
}

/** The coverage of each file with policies, and its details, which VS Code asks for when a file is opened. */
export function coverageOf(
  suites: readonly RunSuite[],
): ReadonlyMap<FileCoverage, readonly FileCoverageDetail[]> {
  const byFile = new Map<string, RunSuite[]>();
  for (const suite of suites) {
    const key = suite.policy.toString();
    byFile.set(key, [...(byFile.get(key) ?? []), suite]);
  }
  return new Map(
    [...byFile].map(([key, own]) => {
      const details = detailsOf(own);
      return [FileCoverage.fromDetails(Uri.parse(key), details), details] as const;
    }),
  );
}

/** Suites about the same policy, perhaps in several files of tests, are taken together: parts are known by their ranges. */
function detailsOf(suites: readonly RunSuite[]): readonly FileCoverageDetail[] {
  const counted = new Map<string, { readonly part: Part; met: number; failed: number }>();
  for (const { parts, cases } of suites)
    for (const [place, part] of parts.entries()) {
      const key = JSON.stringify([part.kind, part.range]);
      const count = counted.get(key) ?? { part, met: 0, failed: 0 };
      count.met += cases.filter(({ met }) => met.includes(place)).length;
      count.failed += cases.filter(({ failed }) => failed.includes(place)).length;
      counted.set(key, count);
    }
  const all = [...counted.values()];
  return all
    .filter(({ part }) => part.kind === 'statement')
    .flatMap(({ part, met }) => {
      const range = rangeOf(part.range);
      const branches = all
        .filter((other) => other.part.kind === 'condition' && range.contains(rangeOf(other.part.range)))
        .flatMap((other) => {
          const at = rangeOf(other.part.range);
          return [new BranchCoverage(other.met, at, 'met'), new BranchCoverage(other.failed, at, 'failed')];
        });
      return [new StatementCoverage(met, range, branches), new DeclarationCoverage(part.name, met, range)];
    });
}
