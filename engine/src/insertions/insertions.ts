/** All named insertions, in the order in which they are offered. */
import { callerInsertions } from './caller.ts';
import { externalIdInsertions } from './external-id.ts';
import { federationInsertions } from './federation.ts';
import type { Insertion } from './insertion.ts';
import { limitInsertions } from './limit.ts';
import { mfaInsertions } from './mfa.ts';
import { sessionInsertions } from './session.ts';
import { sourceInsertions } from './source.ts';

export const insertions: readonly Insertion[] = [
  ...mfaInsertions,
  ...externalIdInsertions,
  ...callerInsertions,
  ...sourceInsertions,
  ...federationInsertions,
  ...sessionInsertions,
  ...limitInsertions,
];
