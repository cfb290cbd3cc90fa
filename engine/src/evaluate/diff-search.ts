/**
 * Looks for calls that one policy lets through and the other does not: every caller, action and combination of values
 * that the two can tell apart.
 */
import { actionFor } from '../policy/fit.ts';
import { allOf, anyOf, type Certainty, notOf } from '../policy/certainty.ts';
import { isUnknown } from '../policy/known.ts';
import { presenceOf } from '../policy/presence.ts';
import type { Policy, Statement, Test } from '../policy/policy.ts';
import { trustActions } from '../catalog/catalog.ts';
import { hasWildcard } from '../text/glob.ts';
import type { WrittenCaller } from './caller.ts';
import { holds } from './condition.ts';
import { areCovered, isList, isSameLanguage } from './diff-cover.ts';
import { type Choice, choicesFor, type ReadTest } from './diff-values.ts';
import { frameOf, unseenStatements } from './evaluate.ts';
import { type AssumeRequest, readRequest, type WrittenRequest } from './request.ts';
import { effectOf, type Frame } from './statement.ts';
import { covers } from './what.ts';
import { concerns } from './who.ts';

/** What was found of the calls of one caller. */
export interface Findings {
  /** Calls that only the newer policy lets through, and those that only the older does; some of each. */
  readonly gained: readonly WrittenRequest[];
  readonly lost: readonly WrittenRequest[];
  /** Whether there may be others of the kind that were not seen. */
  readonly mayGain: boolean;
  readonly mayLose: boolean;
}

/** As many combinations of values are tried for a caller and an action. */
const limit = 20_000;

/** Compares what two policies make of the calls of one caller. */
export function compareFor(
  caller: WrittenCaller,
  older: Policy,
  newer: Policy,
  roleAccount: string,
): readonly Findings[] {
  const probe = readRequest({ action: 'sts:AssumeRole', principal: caller }, roleAccount);
  if ('problem' in probe) return [];
  const assume = actionFor(probe.caller.principal);
  const companions = trustActions().filter(({ assumes }) => !assumes);
  if (assume === undefined) return [];
  return [[assume], ...companions.map(({ id }) => [assume, id])].map((actions) =>
    compareCalls(caller, actions, probe, [older, newer]),
  );
}

/** A statement as far as it concerns the caller. */
interface Bearing {
  readonly statement: Statement;
  readonly effect: Certainty;
  readonly concern: Certainty;
  readonly actions: readonly Certainty[];
  readonly frame: Frame;
}

function bearingsOf(policy: Policy, request: AssumeRequest, actions: readonly string[]): readonly Bearing[] {
  const frame = frameOf(policy, request.caller);
  return policy.statements
    .map((statement) => ({
      statement,
      effect: effectOf(statement).certainty,
      concern: concerns(statement, request.caller, frame.isForeign).certainty,
      actions: actions.map((action) => covers(statement, action).certainty),
      frame,
    }))
    .filter(
      ({ effect, concern, actions: covered }) =>
        effect !== 'no' && concern !== 'no' && covered.some((certainty) => certainty !== 'no'),
    );
}

/** What each choice of each key makes of the tests of each statement. */
interface Column {
  readonly key: string;
  readonly choices: readonly Choice[];
  readonly outcomes: readonly ReadonlyMap<Statement, Certainty>[];
}

function compareCalls(
  caller: WrittenCaller,
  actions: readonly string[],
  request: AssumeRequest,
  [older, newer]: readonly [Policy, Policy],
): Findings {
  const sides = [older, newer].map((policy) => bearingsOf(policy, request, actions));
  const all = sides.flat();
  const keys = [
    ...new Set(all.flatMap(({ statement }) => statement.tests.map(({ key }) => key.toLowerCase()))),
  ];
  const columns = keys.map((key) => columnFor(key, all, request));
  const total = columns.reduce((product, { choices }) => product * choices.length, 1);
  const complete = total <= limit && columns.every((column) => column.complete);
  const decide = sides.map((bearings, side) => {
    const unseen = unseenStatements(side === 0 ? older : newer).length > 0;
    return (combination: readonly number[]) =>
      decisionOf(bearings, columns, combination, actions.length, unseen);
  });
  const gained: WrittenRequest[] = [];
  const lost: WrittenRequest[] = [];
  const [before, after] = sides.map((bearings) => bearings.map(({ statement }) => statement));
  const isComparable = [older, newer].every(isList) && isSameLanguage(older, newer);
  const mayDiffer = (own: readonly Statement[] = [], others: readonly Statement[] = []): boolean =>
    !isComparable || !areCovered(own, others);
  let [isOpenForGain, isOpenForLoss] = [!complete, !complete];
  for (let index = 0; index < Math.min(total, limit); index++) {
    const combination = combinationAt(index, columns);
    const [was = 'no', is = 'no'] = decide.map((each) => each(combination));
    const written = (): WrittenRequest => writtenRequest(caller, actions, columns, combination);
    if (was === 'no' && is === 'yes' && gained.length === 0) gained.push(written());
    if (was === 'yes' && is === 'no' && lost.length === 0) lost.push(written());
    const isVague = was === 'maybe' || is === 'maybe';
    isOpenForGain ||= isVague && was !== 'yes' && is !== 'no';
    isOpenForLoss ||= isVague && was !== 'no' && is !== 'yes';
  }
  return {
    gained,
    lost,
    mayGain: isOpenForGain && mayDiffer(after, before),
    mayLose: isOpenForLoss && mayDiffer(before, after),
  };
}

/** Keys that follow from the caller have the one value; what such a caller never or always sends is not tried otherwise. */
function columnFor(
  key: string,
  bearings: readonly Bearing[],
  { context, caller }: AssumeRequest,
): Column & { readonly complete: boolean } {
  const tests: readonly (ReadTest & { readonly statement: Statement })[] = bearings.flatMap(
    ({ statement, frame }) =>
      statement.tests.filter(isOn(key)).map((test) => ({ test, language: frame, statement })),
  );
  const derived = context.get(key);
  const presence = presenceOf(key, caller.principal);
  const found =
    derived !== undefined
      ? { choices: [derived], complete: isByCaller(key) || !dependsOnName(key, tests) }
      : presence === 'no'
        ? { choices: [undefined], complete: true }
        : choicesFor(key, tests, context);
  const choices =
    presence === 'yes' && found.choices.length > 1
      ? found.choices.filter((choice) => choice !== undefined)
      : found.choices;
  const outcomes = choices.map((choice) => {
    const given = new Map([...context, ...(choice === undefined ? [] : [[key, choice] as const])]);
    const byStatement = new Map<Statement, Certainty>();
    for (const { test, language, statement } of tests) {
      const { certainty } = holds(test, given, language);
      byStatement.set(statement, allOf([byStatement.get(statement) ?? 'yes', certainty]));
    }
    return byStatement;
  });
  return { key, choices, outcomes, complete: found.complete && !isUnknown(key) };
}

const isOn =
  (key: string) =>
  (test: Test): boolean =>
    test.key.toLowerCase() === key;

/** Keys whose values the callers that are tried have all of, as far as policies can tell them apart. */
const isByCaller = (key: string): boolean =>
  [
    'aws:principaltype',
    'aws:principalisawsservice',
    'aws:principalservicename',
    'aws:federatedprovider',
    'aws:resourceaccount',
    'saml:doc',
  ].includes(key);

/** Whether a key asks for a pattern of names, of which only some callers are tried. */
const dependsOnName = (key: string, tests: readonly ReadTest[]): boolean =>
  !['aws:principalaccount', 'aws:principalarn'].includes(key) ||
  tests.some(({ test }) =>
    test.values.some(({ text }) => hasWildcard(text) || text.includes('$') || isUnknown(text)),
  );

function combinationAt(index: number, columns: readonly Column[]): readonly number[] {
  let rest = index;
  return columns.map(({ choices }) => {
    const chosen = rest % choices.length;
    rest = Math.floor(rest / choices.length);
    return chosen;
  });
}

function decisionOf(
  bearings: readonly Bearing[],
  columns: readonly Column[],
  combination: readonly number[],
  actions: number,
  unseen: boolean,
): Certainty {
  const effects = bearings.map((bearing) => {
    const met = columns.map(
      ({ outcomes }, index) => outcomes[combination[index] ?? 0]?.get(bearing.statement) ?? 'yes',
    );
    return { ...bearing, tests: allOf(bearing.statement.open.tests ? [...met, 'maybe'] : met) };
  });
  const taking = (effect: 'Allow' | 'Deny', action: number): Certainty =>
    anyOf(
      effects
        .filter(({ statement }) => statement.effect === effect || statement.effect === undefined)
        .map((each) => allOf([each.effect, each.concern, each.actions[action] ?? 'no', each.tests])),
    );
  const allowed = allOf(
    Array.from({ length: actions }, (_, action) =>
      allOf([taking('Allow', action), notOf(taking('Deny', action))]),
    ),
  );
  return unseen ? 'maybe' : allowed;
}

function writtenRequest(
  principal: WrittenCaller,
  actions: readonly string[],
  columns: readonly Column[],
  combination: readonly number[],
): WrittenRequest {
  const given = columns.flatMap(({ key, choices }, index) => {
    const choice = choices[combination[index] ?? 0];
    return choice === undefined ? [] : [[key, choice.length === 1 ? (choice[0] ?? '') : choice] as const];
  });
  const [action = '', ...more] = actions;
  return { action: more.length === 0 ? action : actions, principal, context: Object.fromEntries(given) };
}
