/** `diff`: whether the trust policies of one file let in more or less than those of another. */
import { pathToFileURL } from 'node:url';
import { diffRegions, readPolicies, type Region, type Relation, type TrustDiff, type Witness } from '#engine';
import type { DiffRequest } from './diff-args.ts';
import { inputFrom } from './files.ts';
import { printable } from './text.ts';
import { Misuse } from './usage.ts';

/** The policies of a role in both files. */
interface Compared extends TrustDiff {
  readonly role: string | null;
}

/** Compares two files and prints what differs. @returns the exit code */
export async function diff({ old, new: now, roleAccount, format, failOn }: DiffRequest): Promise<number> {
  const [before, after] = [await policiesIn(old), await policiesIn(now)];
  const compared = pairs(before, after).map(([role, older, newer]) => ({
    role,
    ...diffRegions(older, newer, roleAccount),
  }));
  const relation = togetherOf(compared.map((each) => each.relation));
  process.stdout.write(
    format === 'json'
      ? `${JSON.stringify({ relation, policies: compared }, undefined, 2)}\n`
      : textReport(relation, compared),
  );
  const mayBeWider = compared.some(({ gained, undecided }) => gained !== null || undecided.gained);
  return failOn === 'wider' && mayBeWider ? 1 : 0;
}

async function policiesIn(file: string): Promise<readonly Region[]> {
  const input = await inputFrom(file, 'trust-policy.json');
  if ('problem' in input) throw new Misuse(`${input.file} cannot be read: ${input.problem}`);
  const regions = readPolicies({
    uri: pathToFileURL(input.file).href,
    languageId: input.languageId,
    text: input.text,
  });
  if (regions.length === 0) throw new Misuse(`There is no trust policy in ${file}.`);
  if (regions.some(({ node }) => !node.complete))
    throw new Misuse(`A trust policy in ${file} cannot be read: see "trust-policy check".`);
  return regions;
}

type Pair = readonly [role: string | null, older: Region | undefined, newer: Region | undefined];

/** Single policies belong together whatever they are called, others by the names of their roles. */
function pairs(before: readonly Region[], after: readonly Region[]): readonly Pair[] {
  const [one, ...others] = before;
  const [other, ...more] = after;
  if (others.length === 0 && more.length === 0) return [[other?.label ?? one?.label ?? null, one, other]];
  const taken = new Set<Region>();
  const kept = before.map((older): Pair => {
    const newer = after.find((region) => region.label === older.label && !taken.has(region));
    if (newer) taken.add(newer);
    return [older.label ?? null, older, newer];
  });
  const added = after.filter((region) => !taken.has(region));
  return [...kept, ...added.map((newer): Pair => [newer.label ?? null, undefined, newer])];
}

/** The relation of all policies together: what holds of one besides equality, or of several of them alike. */
function togetherOf(relations: readonly Relation[]): Relation {
  const others = new Set(relations.filter((relation) => relation !== 'equal'));
  if (others.size === 0) return 'equal';
  const [only, ...more] = others;
  if (only !== undefined && more.length === 0) return only;
  return others.has('incomparable') || (others.has('wider') && others.has('narrower'))
    ? 'incomparable'
    : 'unknown';
}

const sentences: Readonly<Record<Relation, string>> = {
  equal: 'Equal: both let in the same callers.',
  wider: 'Wider: the new policy lets in all that the old one does, and more.',
  narrower: 'Narrower: the new policy lets in less than the old one, and nothing else.',
  incomparable:
    'Incomparable: the new policy lets in some that the old one does not, and the other way round.',
  unknown: 'Unknown: it cannot be decided how the policies compare.',
};

function textReport(relation: Relation, compared: readonly Compared[]): string {
  const parts = compared.map((each) => {
    const title = compared.length > 1 && each.role !== null ? [printable(each.role)] : [];
    return [...title, sentences[each.relation], ...detailsOf(each)].join('\n');
  });
  const closing = compared.length > 1 ? [`All together: ${relation}.`] : [];
  return `${[...parts, ...closing].join('\n\n')}\n`;
}

function detailsOf({ relation, gained, lost, undecided }: Compared): readonly string[] {
  const open = [
    ...(undecided.gained ? ['It may let in some that the old one does not.'] : []),
    ...(undecided.lost ? ['It may keep out some that the old one lets in.'] : []),
  ];
  return [
    ...(gained ? ['', 'Let in by the new policy only:', ...witnessLines(gained)] : []),
    ...(lost ? ['', 'Let in by the old policy only:', ...witnessLines(lost)] : []),
    ...(relation === 'unknown' && open.length > 0 ? ['', ...open] : []),
  ];
}

function witnessLines({ request, old, new: now }: Witness): readonly string[] {
  const said = (name: string, { decision, reason, statement }: Witness['old']): string =>
    `  ${name}: ${decision}, ${reason}${statement === null ? '' : `, statement ${String(statement + 1)}`}`;
  return [`  ${printable(JSON.stringify(request))}`, said('old', old), said('new', now)];
}
