/** The one policy of a file that a command is about. */
import { readPolicies, type Region } from '#engine';
import { inputFrom, type Readable } from './files.ts';
import { sourceOf } from './source.ts';
import { Misuse } from './usage.ts';

/** Reads a file, or standard input under a name. @throws Misuse */
export async function readText(file: string, stdinName: string): Promise<Readable> {
  const input = await inputFrom(file, stdinName);
  if ('problem' in input) throw new Misuse(`${input.file} cannot be read: ${input.problem}`);
  return input;
}

/** The policy that is meant. @throws Misuse */
export function policyIn(input: Readable, role?: string): Region {
  const { file } = input;
  const regions = readPolicies(sourceOf(input));
  const named = role === undefined ? regions : regions.filter(({ label }) => label === role);
  const [region, ...others] = named;
  const roles = regions.map(({ label }) => `"${label ?? ''}"`).join(', ');
  if (regions.length === 0) throw new Misuse(`There is no trust policy in ${file}.`);
  if (region === undefined) throw new Misuse(`There is no role "${role ?? ''}" in ${file}, but ${roles}.`);
  if (others.length > 0)
    throw new Misuse(`${file} has several trust policies: name one of ${roles} with --role.`);
  if (!region.node.complete || region.node.kind !== 'object')
    throw new Misuse(`The trust policy in ${file} cannot be read: see "trust-policy check".`);
  return region;
}
