/**
 * Does one trust policy let more in than another? A difference is shown by a call that the evaluator decides
 * differently; that there is none is claimed only where all cases were tried, or where every clause is covered by one of
 * the other policy.
 */
import type { Policy } from '../policy/policy.ts';
import { readPolicy } from '../policy/read.ts';
import { objectOf } from '../tree/build.ts';
import { conditionKeyNamed } from '../catalog/catalog.ts';
import { callersFor, principalsOf } from './diff-callers.ts';
import { isCoveredBy } from './diff-cover.ts';
import { compareFor } from './diff-search.ts';
import { evaluate, type Reason } from './evaluate.ts';
import { readRequest, type WrittenRequest } from './request.ts';

/** What the newer policy is to the older. */
export type Relation = 'equal' | 'narrower' | 'wider' | 'incomparable' | 'unknown';

/** A call that the two policies decide differently. */
export interface Witness {
  readonly request: WrittenRequest;
  readonly old: Answer;
  readonly new: Answer;
}

interface Answer {
  readonly decision: 'allowed' | 'denied';
  readonly reason: Reason;
  readonly statement: number | null;
}

export interface TrustDiff {
  readonly relation: Relation;
  /** A call that only the newer policy lets through; nothing where there is none, or none was found. */
  readonly gained: Witness | null;
  /** A call that only the older policy lets through. */
  readonly lost: Witness | null;
  /** Whether it could not be ruled out that the newer policy lets through more, or less, than was found. */
  readonly undecided: { readonly gained: boolean; readonly lost: boolean };
}

/** The policy that there is where there is none. */
export const nobody: Policy = readPolicy(objectOf({ start: 0, end: 0 }, true, []));

/** Compares a policy with an older one; the account of the role stands where neither names a provider. */
export function diffPolicies(older: Policy, newer: Policy, roleAccount: string): TrustDiff {
  const findings = callersFor([older, newer], roleAccount).flatMap((caller) =>
    compareFor(caller, older, newer, roleAccount),
  );
  const confirm = (request: WrittenRequest): Witness | undefined =>
    witnessOf(request, older, newer, roleAccount);
  const gained = first(
    findings.flatMap((each) => each.gained),
    confirm,
    older,
    newer,
    roleAccount,
  );
  const lost = first(
    findings.flatMap((each) => each.lost),
    confirm,
    older,
    newer,
    roleAccount,
  );
  const isVague = [older, newer].some((policy) =>
    principalsOf(policy).some(({ kind }) => kind === 'uniqueId' || kind === 'unknown'),
  );
  const mayGain = isVague || findings.some((each) => each.mayGain || (each.gained.length > 0 && !gained));
  const mayLose = isVague || findings.some((each) => each.mayLose || (each.lost.length > 0 && !lost));
  const undecided = {
    gained: gained === undefined && mayGain && !isCoveredBy(newer, older),
    lost: lost === undefined && mayLose && !isCoveredBy(older, newer),
  };
  return {
    relation: relationOf(gained !== undefined, lost !== undefined, undecided),
    gained: gained ?? null,
    lost: lost ?? null,
    undecided,
  };
}

function relationOf(gained: boolean, lost: boolean, undecided: TrustDiff['undecided']): Relation {
  if (gained && lost) return 'incomparable';
  if (undecided.gained || undecided.lost) return 'unknown';
  if (gained) return 'wider';
  return lost ? 'narrower' : 'equal';
}

/** The simplest call that is confirmed: with few actions and keys, and without keys that decide nothing. */
function first(
  requests: readonly WrittenRequest[],
  confirm: (request: WrittenRequest) => Witness | undefined,
  older: Policy,
  newer: Policy,
  roleAccount: string,
): Witness | undefined {
  const weight = ({ action, context = {} }: WrittenRequest): number =>
    (typeof action === 'string' ? 0 : action.length * 10) + Object.keys(context).length;
  for (const request of [...requests].sort((a, b) => weight(a) - weight(b))) {
    const witness = confirm(request);
    if (witness) return simplified(witness, older, newer, roleAccount);
  }
  return undefined;
}

/** Leaves out the keys without which the two policies decide the same way; the others get their usual letters. */
function simplified(witness: Witness, older: Policy, newer: Policy, roleAccount: string): Witness {
  const decisions = ({ old, new: now }: Witness): string => `${old.decision} ${now.decision}`;
  let best = witness;
  for (const key of Object.keys(witness.request.context ?? {})) {
    const context = Object.fromEntries(
      Object.entries(best.request.context ?? {}).filter(([other]) => other !== key),
    );
    const shorter = witnessOf({ ...best.request, context }, older, newer, roleAccount);
    if (shorter && decisions(shorter) === decisions(witness)) best = shorter;
  }
  const context = Object.entries(best.request.context ?? {}).map(
    ([key, value]) => [nameOf(key, [older, newer]), value] as const,
  );
  return { ...best, request: { ...best.request, context: Object.fromEntries(context) } };
}

/** A key as a policy writes it or, if it is known, as AWS does. */
const nameOf = (key: string, policies: readonly Policy[]): string =>
  policies
    .flatMap(({ statements }) => statements.flatMap(({ tests }) => tests.map((test) => test.key)))
    .find((written) => written.toLowerCase() === key) ??
  conditionKeyNamed(key)?.id ??
  key;

/** What both policies say to a call, if they say different things for certain. */
export function witnessOf(
  request: WrittenRequest,
  older: Policy,
  newer: Policy,
  roleAccount: string,
): Witness | undefined {
  const read = readRequest(request, roleAccount);
  if ('problem' in read) return undefined;
  const [before, after] = [evaluate(older, read), evaluate(newer, read)];
  if (before.dependsOn.length > 0 || after.dependsOn.length > 0 || before.decision === after.decision)
    return undefined;
  const answer = ({ decision, reason, statement }: Answer): Answer => ({ decision, reason, statement });
  return { request, old: answer(before), new: answer(after) };
}
