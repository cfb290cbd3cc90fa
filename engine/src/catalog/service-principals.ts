/** Service principals: by exact name, by the forms of Regions and partitions, and by what people mistype. */
import { distance } from '../text/distance.ts';
import type { ServicePrincipalEntry } from './entries.gen.ts';
import { lazy } from './lazy.ts';
import type { PartitionName } from './names.gen.ts';
import { entries as partitions } from './partitions.json';
import { entries } from './service-principals.json';

/** A service principal with all that the data file leaves to its defaults. */
export interface ServicePrincipal extends ServicePrincipalEntry {
  readonly evidence: 'high' | 'medium' | 'low';
  readonly doc: string;
  readonly url: string;
}

/** AWS lists here which services have roles, and links to their pages. */
const SERVICES =
  'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_aws-services-that-work-with-iam.html';
const SUFFIX = '.amazonaws.com';
/** A few principals of the first years end so. */
const LEGACY_SUFFIX = '.amazon.com';
/** Letters that may differ. More, and short names would suggest each other. */
const CLOSE = 2;

const ranked = lazy(() => entries.map(filled).sort((a, b) => rankOf(a) - rankOf(b)));
const byHost = lazy(() => new Map(ranked().map((each) => [each.id, each] as const)));
const byAlias = lazy(
  () => new Map(ranked().flatMap((each) => (each.aliases ?? []).map((alias) => [alias, each] as const))),
);
/** Longest first, because .amazonaws.com ends .amazonaws.com.cn no name but is a part of it. */
const suffixes = lazy(() =>
  [...new Set(partitions.map((partition) => `.${partition.dnsSuffix}`))].sort((a, b) => b.length - a.length),
);
const regions = lazy(() => partitions.map((partition) => new RegExp(partition.regions)));

/** All known service principals, most used first, then by name. */
export function servicePrincipals(): readonly ServicePrincipal[] {
  return ranked();
}

/**
 * Whether a service says which resource and account it acts for (`aws:SourceArn`, `aws:SourceAccount`) when it assumes
 * a role: yes where its documentation tests them, no where it says that there is nothing to test.
 */
export function sendsSource({ source }: ServicePrincipal): 'yes' | 'no' | 'unknown' {
  if (source === undefined) return 'unknown';
  return source.kind === 'documented' || source.arn !== undefined ? 'yes' : 'no';
}

/**
 * The service principal of this host. The forms that AWS documents for opt-in Regions
 * (`states.us-east-1.amazonaws.com`) and for other partitions (`ec2.amazonaws.com.cn`) name the same service.
 */
export function servicePrincipalNamed(host: string): ServicePrincipal | undefined {
  const name = serviceName(host);
  if (name === undefined) return undefined;
  return byHost().get(name + SUFFIX) ?? byHost().get(withoutRegion(name) + SUFFIX);
}

/** Whether a text has the form of a service principal: a lower-case host below a suffix of some partition. */
export function isServiceHost(text: string): boolean {
  const suffix = [...suffixes(), LEGACY_SUFFIX].find((each) => text.endsWith(each));
  return suffix !== undefined && /^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$/.test(text.slice(0, -suffix.length));
}

/** The name without Region of a known service that is named with one; nothing where AWS names it with the Region. */
export function globalServiceHost(host: string): string | undefined {
  const name = serviceName(host);
  if (name === undefined || byHost().has(name + SUFFIX)) return undefined;
  const global = withoutRegion(name);
  return global !== name && byHost().has(global + SUFFIX) ? global + host.slice(name.length) : undefined;
}

/** The partition whose suffix a host of a service ends with. */
export function servicePartition(host: string): PartitionName | undefined {
  const name = serviceName(host);
  return partitions.find(({ dnsSuffix }) => name !== undefined && host === `${name}.${dnsSuffix}`)?.id;
}

/** The host of the same service with the suffix of another partition. */
export function serviceHostIn(host: string, partition: PartitionName): string | undefined {
  const name = serviceName(host);
  const suffix = partitions.find(({ id }) => id === partition)?.dnsSuffix;
  return name === undefined || suffix === undefined ? undefined : `${name}.${suffix}`;
}

/** The service principal that a wrong text most probably means; nothing if none is close. */
export function nearestServicePrincipal(text: string): ServicePrincipal | undefined {
  const host = bareHost(text);
  const name = stem(host);
  const limit = Math.min(CLOSE, Math.floor(name.length / 3));
  const hasSuffix = serviceName(host) !== undefined;
  return (
    byAlias().get(name) ??
    byHost().get(name + SUFFIX) ??
    closest(name, limit, labelOf) ??
    (hasSuffix ? undefined : closest(host, CLOSE, ({ id }) => id))
  );
}

function rankOf(principal: ServicePrincipal): number {
  return principal.rank ?? Number.MAX_SAFE_INTEGER;
}

/** The part before the partition's suffix. */
function serviceName(host: string): string | undefined {
  const suffix = suffixes().find((each) => host.endsWith(each));
  return suffix === undefined ? undefined : host.slice(0, -suffix.length);
}

function withoutRegion(name: string): string {
  const dot = name.lastIndexOf('.');
  const last = name.slice(dot + 1);
  return dot > 0 && regions().some((region) => region.test(last)) ? name.slice(0, dot) : name;
}

function bareHost(text: string): string {
  return text
    .trim()
    .toLowerCase()
    .replace(/^https?:\/\//, '')
    .replace(/\/+$/, '');
}

/** What is left of a host when its Region and anything like a suffix are taken away. */
function stem(host: string): string {
  return withoutRegion(serviceName(host) ?? host.replace(/\.(?:amazon|aws|amazonaws)(?:\.\w+)*$/, ''));
}

function closest(
  text: string,
  limit: number,
  formOf: (principal: ServicePrincipal) => string,
): ServicePrincipal | undefined {
  let best: ServicePrincipal | undefined;
  let bestDistance = limit + 1;
  for (const candidate of ranked()) {
    const found = distance(text, formOf(candidate), bestDistance - 1);
    if (found >= bestDistance) continue;
    best = candidate;
    bestDistance = found;
  }
  return best;
}

/** The host without the suffix that all share. */
function labelOf({ id }: ServicePrincipalEntry): string {
  return id.slice(0, -SUFFIX.length);
}

function filled(entry: ServicePrincipalEntry): ServicePrincipal {
  return { evidence: 'high', doc: docOf(entry), url: SERVICES, ...entry };
}

function docOf(entry: ServicePrincipalEntry): string {
  const { name, use } = entry;
  const host = labelOf(entry);
  const part = host.includes('.') ? `${name} (${host})` : name;
  if (use === 'unknown') return `Principal of ${part}. It was seen in resource policies, not in roles.`;
  if (use === 'service-linked') return `Service-linked role of ${part}; AWS writes its trust policy.`;
  return `Role that ${part} assumes to act in your account.`;
}
