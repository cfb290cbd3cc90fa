/** `diff`: whether the trust policies of one file let in more or less than those of another. */
import { comparePolicies, comparisonText, readPolicies, type Region } from '#engine';
import type { DiffRequest } from './diff-args.ts';
import { inputFrom } from './files.ts';
import { sourceOf } from './source.ts';
import { printable } from './text.ts';
import { Misuse } from './usage.ts';

/** Compares two files and prints what differs. @returns the exit code */
export async function diff({ old, new: now, roleAccount, format, failOn }: DiffRequest): Promise<number> {
  const comparison = comparePolicies(await policiesIn(old), await policiesIn(now), roleAccount);
  const report =
    format === 'json'
      ? JSON.stringify(comparison, undefined, 2)
      : comparisonText(comparison).split('\n').map(printable).join('\n');
  process.stdout.write(`${report}\n`);
  const mayBeWider = comparison.policies.some(({ gained, undecided }) => gained !== null || undecided.gained);
  return failOn === 'wider' && mayBeWider ? 1 : 0;
}

async function policiesIn(file: string): Promise<readonly Region[]> {
  const input = await inputFrom(file, 'trust-policy.json');
  if ('problem' in input) throw new Misuse(`${input.file} cannot be read: ${input.problem}`);
  const regions = readPolicies(sourceOf(input));
  if (regions.length === 0) throw new Misuse(`There is no trust policy in ${file}.`);
  if (regions.some(({ node }) => !node.complete))
    throw new Misuse(`A trust policy in ${file} cannot be read: see "trust-policy check".`);
  return regions;
}
