/** The arguments of `diff`. */
import { type Format, formatOf, read } from './options.ts';
import { Misuse } from './usage.ts';

export interface DiffRequest {
  readonly command: 'diff';
  readonly old: string;
  readonly new: string;
  /** Otherwise one that the policies speak of. */
  readonly roleAccount?: string;
  readonly format: Format;
  readonly failOn?: 'wider';
}

/** Reads the arguments behind `diff`. @throws Misuse */
export function diffRequest(args: readonly string[]): DiffRequest {
  const { values, positionals } = read(args, {
    'role-account': { type: 'string' },
    format: { type: 'string' },
    'fail-on': { type: 'string' },
  });
  const [old, now, ...more] = positionals;
  if (old === undefined || now === undefined || more.length > 0)
    throw new Misuse('diff takes two files, the old one and the new one.');
  if (old === '-' && now === '-') throw new Misuse('Only one of the files can be standard input.');
  const { 'fail-on': failOn, 'role-account': roleAccount } = values;
  if (failOn !== undefined && failOn !== 'wider')
    throw new Misuse(`There is no relation "${failOn}" to fail on: use wider.`);
  if (roleAccount !== undefined && !/^\d{12}$/.test(roleAccount))
    throw new Misuse(`An account id has 12 digits: "${roleAccount}".`);
  return {
    command: 'diff',
    old,
    new: now,
    ...(roleAccount !== undefined && { roleAccount }),
    format: formatOf(values.format),
    ...(failOn && { failOn }),
  };
}
