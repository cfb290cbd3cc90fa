/** The arguments of `simulate`. */
import { type Format, formatOf, readOptions } from './options.ts';
import { Misuse } from './usage.ts';

export type SimulateRequest = SimulateOne | SimulateBatch;

export interface SimulateOne {
  readonly command: 'simulate';
  readonly policy: string;
  /** The name of the role, where a file has several. */
  readonly role?: string;
  readonly roleAccount: string;
  readonly request: string;
  readonly format: Format;
  readonly expect?: 'allowed' | 'denied';
}

export interface SimulateBatch {
  readonly command: 'simulate';
  readonly batch: string;
}

/** Reads the arguments behind `simulate`. @throws Misuse */
export function simulateRequest(args: readonly string[]): SimulateRequest {
  const values = readOptions(args, {
    policy: { type: 'string' },
    role: { type: 'string' },
    'role-account': { type: 'string' },
    request: { type: 'string' },
    batch: { type: 'string' },
    format: { type: 'string' },
    expect: { type: 'string' },
  });
  const { policy, role, 'role-account': roleAccount, request, batch, format, expect } = values;
  if (batch !== undefined) {
    if (
      [policy, role, roleAccount, request, expect].some((value) => value !== undefined) ||
      format === 'text'
    )
      throw new Misuse('--batch has policies and requests in its lines: give no other options with it.');
    formatOf(format);
    return { command: 'simulate', batch };
  }
  if (policy === undefined || roleAccount === undefined || request === undefined)
    throw new Misuse('simulate needs --policy, --role-account and --request, or --batch.');
  if (policy === '-' && request === '-')
    throw new Misuse('Policy and request cannot both come from standard input.');
  if (expect !== undefined && expect !== 'allowed' && expect !== 'denied')
    throw new Misuse(`There is no decision "${expect}": expect allowed or denied.`);
  return {
    command: 'simulate',
    policy,
    ...(role !== undefined && { role }),
    roleAccount,
    request,
    format: formatOf(format),
    ...(expect !== undefined && { expect }),
  };
}
