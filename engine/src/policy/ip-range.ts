/** IP addresses and ranges, as the operators IpAddress and NotIpAddress compare them. */

/** A block of addresses; a single address is a block of one. */
export interface IpRange {
  readonly bits: 32 | 128;
  readonly address: bigint;
  readonly prefix: number;
}

/** The range that a text names; nothing where it is neither an address nor one with a prefix length. */
export function ipRange(text: string): IpRange | undefined {
  const [host = '', length, ...rest] = text.split('/');
  if (rest.length > 0 || (length !== undefined && !/^\d{1,3}$/.test(length))) return undefined;
  const bits = host.includes(':') ? 128 : 32;
  const address = bits === 32 ? ipv4(host) : ipv6(host);
  const prefix = length === undefined ? bits : Number(length);
  return address === undefined || prefix > bits ? undefined : { bits, address, prefix };
}

/** The text of a range with nothing behind its prefix. */
export const networkOf = (range: IpRange): string =>
  `${range.bits === 32 ? ipv4Text(first(range)) : ipv6Text(first(range))}/${String(range.prefix)}`;

/** Whether an address stands where that of its network should. */
export const hasHostBits = (range: IpRange): boolean => first(range) !== range.address;

/** Whether all of one range lies in another. */
export const isWithin = (inner: IpRange, outer: IpRange): boolean =>
  inner.bits === outer.bits &&
  inner.prefix >= outer.prefix &&
  first({ ...inner, prefix: outer.prefix }) === first(outer);

/** Blocks that never are the source of a call over the internet. https://www.iana.org/assignments/iana-ipv4-special-registry */
const unroutable = [
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '::1/128',
  'fc00::/7',
  'fe80::/10',
].flatMap((text) => ipRange(text) ?? []);

/** Whether a range has no public address. */
export const isPrivate = (range: IpRange): boolean => unroutable.some((block) => isWithin(range, block));

const first = ({ bits, address, prefix }: IpRange): bigint => {
  const host = BigInt(bits - prefix);
  return (address >> host) << host;
};

function ipv4(text: string): bigint | undefined {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) <= 255))
    return undefined;
  return parts.reduce((sum, part) => (sum << 8n) + BigInt(part), 0n);
}

function ipv6(text: string): bigint | undefined {
  const [head = '', tail, ...rest] = text.split('::');
  if (rest.length > 0) return undefined;
  const [before, behind] = [groupsIn(head), groupsIn(tail ?? '')];
  if (before === undefined || behind === undefined) return undefined;
  const gap = 8 - before.length - behind.length;
  if (tail === undefined ? gap !== 0 : gap < 1) return undefined;
  const groups = [...before, ...Array.from({ length: gap }, () => 0), ...behind];
  return groups.reduce((sum, group) => (sum << 16n) + BigInt(group), 0n);
}

/** Groups of four digits; the last may be an IPv4 address, which is two of them. */
function groupsIn(text: string): readonly number[] | undefined {
  if (text === '') return [];
  const parts = text.split(':');
  const last = parts.at(-1) ?? '';
  const embedded = last.includes('.') ? ipv4(last) : undefined;
  if (last.includes('.') && embedded === undefined) return undefined;
  const plain = embedded === undefined ? parts : parts.slice(0, -1);
  if (!plain.every((part) => /^[\da-f]{1,4}$/i.test(part))) return undefined;
  const groups = plain.map((part) => Number.parseInt(part, 16));
  return embedded === undefined ? groups : [...groups, Number(embedded >> 16n), Number(embedded & 0xffffn)];
}

const ipv4Text = (address: bigint): string =>
  [24n, 16n, 8n, 0n].map((shift) => String((address >> shift) & 0xffn)).join('.');

/** In the short form: the longest run of zeros is left out. */
function ipv6Text(address: bigint): string {
  const groups = Array.from({ length: 8 }, (_, index) =>
    ((address >> BigInt(112 - 16 * index)) & 0xffffn).toString(16),
  );
  const text = groups.join(':');
  const runs = text.match(/(?:^|:)0(?::0)+(?![\da-f])/g) ?? [];
  const longest = [...runs].sort((a, b) => b.length - a.length)[0];
  return longest === undefined ? text : text.replace(longest, '::').replace(':::', '::');
}
