/**
 * Does a trust policy let a request through? Every explicit Deny first, then an Allow for each action that the call
 * needs. Where an unknown part of the policy decides, the answer is the stricter one and says what it depends on.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
import { type Certainty } from '../policy/certainty.ts';
import { isUnknown, knownText } from '../policy/known.ts';
import type { Policy } from '../policy/policy.ts';
import type { Span } from '../text/span.ts';
import { listOf, valueOf } from '../tree/walk.ts';
import type { Caller } from './caller.ts';
import { notesOn } from './notes.ts';
import type { AssumeRequest } from './request.ts';
import { applies, type Frame, type Ruling, rulingOf, type Step } from './statement.ts';
import { isForeignTo } from './who.ts';

/** Why a request is let through or not. */
export type Reason =
  'allowed' | 'explicit-deny' | 'no-principal-match' | 'no-action-match' | 'condition-not-met';

/** Something unknown that decides. */
export interface Dependency {
  readonly message: string;
  readonly span: Span;
}

/** The answer to a request. Its first four fields are a fixed interface of the command line. */
export interface Evaluation {
  readonly decision: 'allowed' | 'denied';
  readonly reason: Reason;
  /** The statement that decided or, without any, the one that came closest; nothing where none is about the caller. */
  readonly statement: number | null;
  readonly trace: readonly Step[];
  /** Empty unless the decision could be another one: then, what it depends on. */
  readonly dependsOn: readonly Dependency[];
  /** What the trust policy alone does not decide, and what is peculiar about the request. */
  readonly notes: readonly string[];
}

/** Puts a request to a policy. */
export function evaluate(policy: Policy, request: AssumeRequest): Evaluation {
  const frame = frameOf(policy, request.caller);
  const rulings = policy.statements.map((statement) => rulingOf(statement, request, frame));
  const unseen = unseenStatements(policy);
  const verdict = decide(rulings, request, unseen.length > 0);
  const trace = rulings.flatMap(({ steps }) => steps);
  const depends = trace.filter(({ outcome }) => outcome === 'depends');
  const { isOpen, ...answer } = verdict;
  return {
    ...answer,
    trace,
    dependsOn: isOpen ? [...depends.map(({ message, span }) => ({ message, span })), ...unseen] : [],
    notes: notesOn(policy, request, rulings),
  };
}

/** What of a policy and a caller is the same for all statements. */
export const frameOf = (policy: Policy, caller: Caller): Frame => ({
  variables: variablesIn(policy),
  isForeign: isForeignTo(policy, caller),
});

/** Only version 2012-10-17 has policy variables. */
function variablesIn({ version }: Policy): Certainty {
  if (version?.kind === 'opaque') return 'maybe';
  const text = knownText(version, 'principal') ?? '';
  if (isUnknown(text)) return 'maybe';
  return text === '2012-10-17' ? 'yes' : 'no';
}

/** Where an expression of the host may add statements, which may allow or deny anything. */
export function unseenStatements({ node }: Policy): readonly Dependency[] {
  const message = 'Statements may be added here that are not known.';
  const items = node.kind === 'opaque' ? [node] : listOf(valueOf(node, 'Statement'));
  return items.filter(({ kind }) => kind === 'opaque').map(({ span }) => ({ message, span }));
}

interface Verdict extends Pick<Evaluation, 'decision' | 'reason' | 'statement'> {
  /** Whether another reading of what is unknown decides otherwise. */
  readonly isOpen: boolean;
}

function decide(rulings: readonly Ruling[], { actions }: AssumeRequest, unseen: boolean): Verdict {
  const denials = actions.map((_, action) => strongest(rulings, 'Deny', action));
  const grants = actions.map((_, action) => strongest(rulings, 'Allow', action));
  const denied = denials.find(({ certainty }) => certainty === 'yes');
  if (denied) return { ...verdict('explicit-deny', denied.index), isOpen: false };
  const missing = grants.findIndex(({ certainty }) => certainty === 'no');
  // Nothing that is seen allows it, but a statement that is not seen may.
  if (missing >= 0) return { ...failure(rulings, missing), isOpen: unseen };
  const maybeDenied = denials.find(({ certainty }) => certainty === 'maybe');
  if (maybeDenied) return { ...verdict('explicit-deny', maybeDenied.index), isOpen: true };
  const maybeGranted = grants.findIndex(({ certainty }) => certainty === 'maybe');
  if (maybeGranted >= 0) return { ...failure(rulings, maybeGranted), isOpen: true };
  if (unseen) return { ...verdict('explicit-deny', null), isOpen: true };
  return { ...verdict('allowed', grants[0]?.index ?? null), isOpen: false };
}

const verdict = (reason: Reason, statement: number | null): Omit<Verdict, 'isOpen'> => ({
  decision: reason === 'allowed' ? 'allowed' : 'denied',
  reason,
  statement,
});

interface Bearing {
  readonly certainty: Certainty;
  readonly index: number | null;
}

/** The first statement of an effect that surely takes effect, else the first that may. */
function strongest(rulings: readonly Ruling[], effect: 'Allow' | 'Deny', action: number): Bearing {
  const bearing = rulings
    .filter(({ statement }) => statement.effect === effect || statement.effect === undefined)
    .map((ruling) => ({ certainty: certaintyOf(ruling, action), index: ruling.statement.index }));
  return (
    bearing.find(({ certainty }) => certainty === 'yes') ??
    bearing.find(({ certainty }) => certainty === 'maybe') ?? { certainty: 'no', index: null }
  );
}

/** A statement whose effect is not known takes effect perhaps, whatever else is sure. */
function certaintyOf(ruling: Ruling, action: number): Certainty {
  if (ruling.effect === 'no') return 'no';
  const certainty = applies(ruling, action);
  return ruling.effect === 'maybe' && certainty === 'yes' ? 'maybe' : certainty;
}

const stages = ['no-principal-match', 'no-action-match', 'condition-not-met'] as const;

/** Why no statement allows an action: the reason of the one that came closest, the first of them if several did. */
function failure(rulings: readonly Ruling[], action: number): Omit<Verdict, 'isOpen'> {
  const reached = rulings
    .filter(({ statement, effect }) => statement.effect !== 'Deny' && effect !== 'no')
    .map((ruling) => ({ stage: stageOf(ruling, action), index: ruling.statement.index }));
  const furthest = Math.max(0, ...reached.map(({ stage }) => stage));
  const closest = reached.find(({ stage }) => stage === furthest && stage > 0);
  return verdict(stages[furthest] ?? 'condition-not-met', closest?.index ?? null);
}

/** How many of principal and action are given before the first that is surely not or, without one, that is not sure. */
function stageOf({ concern, actions, tests }: Ruling, action: number): number {
  const parts = [concern.certainty, actions[action] ?? 'no', tests];
  const no = parts.indexOf('no');
  const stage = no >= 0 ? no : parts.findIndex((part) => part !== 'yes');
  return stage < 0 ? stages.length - 1 : stage;
}
