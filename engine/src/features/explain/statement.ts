/** A statement as one sentence: whom it lets in or keeps out, and under which conditions. */
import { type TrustAction, trustActions } from '../../catalog/catalog.ts';
import { demandsKey } from '../../policy/demand.ts';
import { isWayIn } from '../../policy/fit.ts';
import { isUnknown } from '../../policy/known.ts';
import type { Policy, Principal, Statement } from '../../policy/policy.ts';
import { presenceOf, withoutKey } from '../../policy/presence.ts';
import { principalsIn } from '../../policy/read.ts';
import type { Span } from '../../text/span.ts';
import type { Node } from '../../tree/tree.ts';
import { memberOf, textOf, valueOf } from '../../tree/walk.ts';
import { besides, companionsIn, namesOf, unknownActions } from './actions.ts';
import { dependent } from './dependent.ts';
import { describeCaller, describeExcluded, describeNamed, nobodyIn } from './caller.ts';
import { type Clause, clausesOf } from './clause.ts';
import { capitalized, joined, listed, type Phrase, verbatim } from './phrase.ts';
import { valueOfExpression } from './unknown.ts';

/** What a statement says, as data and as one sentence. */
export interface StatementExplanation {
  readonly index: number;
  readonly sid?: string;
  readonly effect: 'allow' | 'deny' | 'unknown';
  readonly span: Span;
  /** Whom it is about, one by one; all the others where it excludes them by `NotPrincipal`. */
  readonly callers: readonly Phrase[];
  readonly excludes: boolean;
  /** The trust actions that it is about. */
  readonly actions: readonly TrustAction['id'][];
  /** All have to hold. */
  readonly conditions: readonly Clause[];
  readonly sentence: Phrase;
}

/**
 * Explains each statement of a policy.
 * @param dependsOn what has to be decided for the policy to be this one
 */
export const explainStatements = (
  policy: Policy,
  dependsOn: readonly string[] = [],
): readonly StatementExplanation[] =>
  policy.statements.map((statement) =>
    dependent(explainStatement(statement, hasVariables(policy)), dependsOn),
  );

/** Policy variables are filled in from version 2012-10-17 on. */
const hasVariables = ({ version }: Policy): boolean => textOf(version) === '2012-10-17';

/** Explains one statement. */
export function explainStatement(statement: Statement, variables: boolean): StatementExplanation {
  const { index, sid, node } = statement;
  const excluded = memberOf(node, 'NotPrincipal');
  const excludes = excluded !== undefined && memberOf(node, 'Principal') === undefined;
  const principals = excludes ? principalsIn(excluded.value) : statement.principals;
  const isDenial = statement.effect === 'Deny';
  const described = (principal: Principal): Phrase => {
    if (excludes) return describeExcluded(principal, isDenial);
    return statement.effect === 'Allow' ? describeCaller(principal) : describeNamed(principal);
  };
  const named = excludes ? excluded.value : valueOf(node, 'Principal');
  const subject: Subject = {
    statement,
    excludes,
    callers: [...principals.map(described), ...expressionsIn(named)],
    principals,
    conditions: clausesOf(statement, variables),
    actions: actionsOf(statement),
  };
  return {
    index,
    ...(sid !== undefined && { sid }),
    effect: statement.effect === 'Allow' ? 'allow' : statement.effect === 'Deny' ? 'deny' : 'unknown',
    span: node.span,
    callers: subject.callers,
    excludes,
    actions: subject.actions.map(({ id }) => id),
    conditions: subject.conditions,
    sentence: sentenceOf(subject),
  };
}

interface Subject {
  readonly statement: Statement;
  readonly excludes: boolean;
  readonly callers: readonly Phrase[];
  readonly principals: readonly Principal[];
  readonly conditions: readonly Clause[];
  readonly actions: readonly TrustAction[];
}

const actionsOf = ({ actions }: Statement): readonly TrustAction[] => [
  ...new Set(actions.flatMap(({ matches }) => matches)),
];

/** Principals that an expression of the host stands for, besides those that are read. */
function expressionsIn(node: Node | undefined): readonly Phrase[] {
  if (node?.kind === 'opaque') return [['whoever ', ...valueOfExpression(node.text), ' names']];
  return node?.kind === 'object' && node.members.some(({ key }) => key.value === undefined)
    ? [['principals of a type that is not known here']]
    : [];
}

function sentenceOf(subject: Subject): Phrase {
  const { statement } = subject;
  if (statement.effect === 'Deny') return denial(subject);
  if (statement.effect === 'Allow') return capitalized(permission(subject));
  const written = valueOf(statement.node, 'Effect');
  if (written?.kind === 'opaque' || isUnknown(textOf(written) ?? ''))
    return [
      'Allowed or denied, by ',
      ...valueOfExpression(written?.kind === 'opaque' ? written.text : ''),
      ': ',
      ...who(subject),
      ...conditionsOf(subject),
    ];
  return ['Nobody is let in or kept out: the effect is neither Allow nor Deny.'];
}

function permission(subject: Subject): Phrase {
  const { callers, actions, statement, excludes } = subject;
  if (callers.length === 0 && !excludes) return ['nobody: the statement names no principal.'];
  const assuming = actions.filter(({ assumes }) => assumes);
  const open = unknownActions(statement);
  if (assuming.length === 0 && open.length === 0) return withoutSession(subject);
  const { able, notes } = split(subject, assuming, open.length > 0);
  if (able.length === 0 && !excludes) return ['nobody: ', ...joined(notes, ', and '), '.'];
  const by: Phrase = open.length > 0 ? [', by ', ...listed(open, 'and')] : onlyBy(subject, assuming);
  const shown = { ...subject, callers: able };
  const remarks = [...notes, ...besides(actions)];
  return [
    ...who(shown),
    ...by,
    ...conditionsOf(shown),
    ...remarks.flatMap((each): Phrase => ['; ', ...each]),
    '.',
  ];
}

/** Everybody has several ways in: those that there are, where it is not all of them. */
function onlyBy({ excludes, principals }: Subject, assuming: readonly TrustAction[]): Phrase {
  const isEverybody =
    excludes || principals.some((principal) => principal.kind === 'anyone' && principal.bare);
  const ways = trustActions().filter(({ assumes }) => assumes);
  if (!isEverybody || assuming.length === ways.length) return [];
  return [
    ', by ',
    ...listed(
      assuming.map(({ id }) => [id]),
      'or',
    ),
  ];
}

interface Able {
  readonly able: readonly Phrase[];
  /** Why others of the callers do not get in, or cannot. */
  readonly notes: readonly Phrase[];
}

/** The callers that can get in, and why not the others. Expressions are given the benefit of the doubt. */
function split(
  { principals, callers, excludes, statement }: Subject,
  actions: readonly TrustAction[],
  open: boolean,
): Able {
  if (excludes) return { able: callers, notes: [] };
  const able: Phrase[] = [];
  const notes: Phrase[] = [];
  const demanded = statement.tests.filter(demandsKey);
  for (const [index, caller] of callers.entries()) {
    const principal = principals[index];
    const nobody = principal && nobodyIn(principal);
    if (nobody) notes.push(nobody);
    else if (principal && !open && !actions.some((action) => isWayIn(principal, action)))
      notes.push([...caller, ` cannot use ${namesOf(actions)}`]);
    else if (!principal || !demanded.some(({ key }) => presenceOf(key, principal) === 'no'))
      able.push(caller);
  }
  return { able, notes: [...notes, ...keysNeverSent(statement)] };
}

/** Keys that have to be there, and that some of the callers never send. */
function keysNeverSent({ principals, tests }: Statement): readonly Phrase[] {
  const missing = new Map<string, Set<string>>();
  for (const { key } of tests.filter(demandsKey))
    for (const principal of principals.filter((each) => presenceOf(key, each) === 'no')) {
      const whose = withoutKey(key, principal);
      missing.set(whose, (missing.get(whose) ?? new Set()).add(key));
    }
  return [...missing].map(([whose, keys]) => [
    `requests of ${whose} never carry `,
    ...listed(
      [...keys].map((key) => [verbatim(key)]),
      'or',
    ),
  ]);
}

function withoutSession(subject: Subject): Phrase {
  const words = companionsIn(subject.actions);
  if (words.length === 0) return ['nobody: the statement has no action that starts a session.'];
  return [
    'nobody by this alone; ',
    ...who(subject),
    ' may ',
    ...listed(
      words.map((word) => [word]),
      'and',
    ),
    ...conditionsOf(subject),
    '.',
  ];
}

function denial(subject: Subject): Phrase {
  const { actions, callers, excludes, statement } = subject;
  if (callers.length === 0 && !excludes) return ['Nobody is kept out: the statement names no principal.'];
  const assuming = actions.filter(({ assumes }) => assumes);
  const open = unknownActions(statement);
  const words = companionsIn(actions);
  if (assuming.length === 0 && open.length === 0 && words.length === 0)
    return ['Nobody is kept out: the statement has no action that a role is assumed by.'];
  const by: Phrase = open.length > 0 ? [' by ', ...listed(open, 'and')] : wayOf(subject, assuming);
  return [
    'Kept out',
    ...by,
    ', whatever other statements allow: ',
    ...who(subject),
    ...conditionsOf(subject),
    '.',
  ];
}

/** What exactly is denied, where that is not every way in that the callers have. */
function wayOf({ principals, excludes, actions }: Subject, assuming: readonly TrustAction[]): Phrase {
  if (assuming.length === 0) return [` of ${namesOf(actions)}`];
  const ways = trustActions().filter(({ assumes }) => assumes);
  const left = ways.filter(
    (action) =>
      !assuming.includes(action) && (excludes || principals.some((principal) => isWayIn(principal, action))),
  );
  return left.length === 0 ? [] : [` of ${namesOf(actions)}`];
}

/** The callers as alternatives. */
function who({ callers, excludes, statement }: Subject): Phrase {
  if (!excludes) return listed(callers, 'or');
  if (callers.length === 0) return ['everybody'];
  const spared: Phrase = ['everybody but ', ...listed(callers, 'and')];
  if (statement.effect !== 'Deny') return spared;
  return [...spared, ' (an account or a role that is named spares neither its users nor its sessions)'];
}

/** The conditions behind the callers; each of several callers has to meet them. */
function conditionsOf({ conditions, callers, excludes, statement }: Subject): Phrase {
  const phrases = [...conditions.map(({ phrase }) => phrase), ...unseen(statement)];
  if (phrases.length === 0) return [];
  const start = callers.length > 1 || excludes ? ' – each only if ' : ', if ';
  const compound = phrases.length > 1 && conditions.some((condition) => condition.compound);
  if (!compound) return [start, ...listed(phrases, 'and')];
  const numbered = phrases.map((phrase, index): Phrase => [`(${index + 1}) `, ...phrase]);
  return [start, 'all of this holds: ', ...joined(numbered, '; ')];
}

/** Conditions that an expression of the host may add. */
function unseen({ node, open }: Statement): readonly Phrase[] {
  if (!open.tests) return [];
  const condition = valueOf(node, 'Condition');
  const expressions =
    condition?.kind === 'object'
      ? condition.members.flatMap(({ value }) => (value ? [value] : []))
      : [condition];
  const sources = expressions.flatMap((each) => (each?.kind === 'opaque' ? [each.text] : []));
  return sources.length === 0
    ? [['what is not known here holds, too']]
    : sources.map((source): Phrase => [...valueOfExpression(source), ' holds, too']);
}

/** The label of a statement: its place and, where it has one, its Sid. */
export const labelOf = ({ index, sid }: StatementExplanation): Phrase =>
  sid === undefined || sid === '' ? [`${index + 1}`] : [`${index + 1} `, verbatim(sid)];
