/**
 * Derives service-principals.json from the pinned sightings and our notes. It stops on a sighting that it cannot
 * classify and on a note about a principal that is not there.
 */
import { dataFile, readSource } from './data-file.ts';

const SUFFIX = '.amazonaws.com';
const SERVICES =
  'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_aws-services-that-work-with-iam.html';

/** One host name and where it was seen. */
interface Sighting {
  readonly principal: string;
  readonly use: readonly string[];
  readonly confidence: string;
  readonly name?: string;
  readonly partition?: string;
  readonly regional?: boolean;
  readonly historic?: boolean;
}

/** The pinned sightings. */
interface Input {
  readonly meta: { readonly generated: string };
  readonly principals: readonly Sighting[];
}

/** Our notes; hosts are written without the suffix. */
interface Notes {
  /** The principals people write by hand most, in order: rank 1 comes first. */
  readonly used: readonly { readonly host: string; readonly doc: string; readonly url: string }[];
  readonly names: Readonly<Record<string, string>>;
  readonly aliases: Readonly<Record<string, readonly string[]>>;
  readonly sources: Readonly<Record<string, object>>;
  readonly companions: Readonly<Record<string, readonly string[]>>;
  /** Roles that we have seen ourselves, of hosts that the sightings lack or name for other policies only. */
  readonly seen: readonly {
    readonly host: string;
    readonly use: string;
    readonly name?: string;
    readonly url?: string;
  }[];
}

/** The data file service-principals.json. */
export async function servicePrincipalsFile(): Promise<[path: string, text: string]> {
  const input = JSON.parse(await readSource('service-principals.json')) as Input;
  const notes = JSON.parse(await readSource('service-principal-notes.json')) as Notes;
  const provenance = {
    source:
      'Sightings in AWS managed policies, CDK, documentation and public templates; see scripts/catalog/sources',
    url: SERVICES,
    retrieved: input.meta.generated,
    method: 'generated',
    licence: 'Facts only; the wording is ours.',
  } as const;
  const sightings = withSeen(input.principals, notes);
  const entries = sightings.filter((each) => isEntry(each, notes)).map((each) => entryOf(each, input, notes));
  checkNotes(notes, new Set(entries.map((entry) => entry.id)));
  return dataFile('service-principals', provenance, entries);
}

/** The sightings with those of our own. */
function withSeen(principals: readonly Sighting[], { seen }: Notes): readonly Sighting[] {
  const own = new Map(seen.map((each) => [each.host + SUFFIX, each]));
  const known = new Set(principals.map(({ principal }) => principal));
  const extended = principals.map((sighting) => {
    const more = own.get(sighting.principal);
    if (more === undefined) return sighting;
    if (sighting.use.includes(more.use)) throw new Error(`Seen before: ${sighting.principal}`);
    return { ...sighting, use: [...sighting.use, more.use], confidence: 'high' };
  });
  const added = [...own].flatMap(([principal, { use, name }]): readonly Sighting[] =>
    known.has(principal)
      ? []
      : [{ principal, use: [use], confidence: 'high', ...(name !== undefined && { name }) }],
  );
  return [...extended, ...added];
}

/**
 * Forms of one Region or partition belong to their base. A name that was never seen in a role and that people
 * use for another principal (`fargate` for `ecs-tasks`) is left out, so that it is corrected.
 */
function isEntry(sighting: Sighting, notes: Notes): boolean {
  if (sighting.regional === true || sighting.partition !== undefined) return false;
  if (!sighting.principal.endsWith(SUFFIX)) throw new Error(`Unclassified host: ${sighting.principal}`);
  const alias = Object.values(notes.aliases).flat().includes(hostOf(sighting));
  if (alias && sighting.use.length > 0)
    throw new Error(`An alias that is a principal: ${sighting.principal}`);
  return !alias;
}

function entryOf(sighting: Sighting, input: Input, notes: Notes) {
  const host = hostOf(sighting);
  const name = notes.names[host] ?? sighting.name;
  if (name === undefined) throw new Error(`No display name for ${sighting.principal}`);
  const rank = notes.used.findIndex((used) => used.host === host);
  return {
    id: sighting.principal,
    name,
    use: useOf(sighting),
    ...(sighting.confidence === 'high' ? {} : { evidence: sighting.confidence }),
    ...(rank < 0 ? {} : { rank: rank + 1 }),
    aliases: notes.aliases[host],
    ...otherHosts(sighting.principal, input),
    source: notes.sources[host],
    companions: notes.companions[host],
    doc: notes.used[rank]?.doc,
    url: notes.used[rank]?.url ?? notes.seen.find((each) => each.host === host)?.url,
  };
}

function useOf(sighting: Sighting): 'role' | 'service-linked' | 'both' | 'unknown' {
  const use = [...sighting.use].sort().join('+');
  if (use === '') return 'unknown';
  if (use === 'role' || use === 'role+service-linked-role') return use === 'role' ? 'role' : 'both';
  if (use === 'service-linked-role') return 'service-linked';
  throw new Error(`Unclassified use of ${sighting.principal}: ${use}`);
}

function otherHosts(base: string, input: Input) {
  const hosts = input.principals
    .filter((each) => each.partition !== undefined && each.principal.startsWith(`${base}.`))
    .map((each) => each.principal);
  return hosts.length === 0 ? {} : { otherHosts: hosts };
}

function checkNotes(notes: Notes, ids: ReadonlySet<string>): void {
  const hosts = [notes.used.map((used) => used.host), Object.keys(notes.names), Object.keys(notes.aliases)];
  const annotated = [notes.sources, notes.companions].flatMap((map) => Object.keys(map));
  const unknown = [...hosts.flat(), ...annotated].filter((host) => !ids.has(host + SUFFIX));
  if (unknown.length > 0) throw new Error(`Notes about unknown principals: ${unknown.join(', ')}`);
}

function hostOf(sighting: Sighting): string {
  return sighting.principal.slice(0, -SUFFIX.length);
}
