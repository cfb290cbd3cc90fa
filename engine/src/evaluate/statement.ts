/** One statement against one request: who, what, under which conditions, each step with the place that it speaks of. */
import { allOf, type Certainty } from '../policy/certainty.ts';
import { unknownPart, unknownsIn, writtenText } from '../policy/known.ts';
import type { Statement, Test, TestValue } from '../policy/policy.ts';
import type { Span } from '../text/span.ts';
import type { Node } from '../tree/tree.ts';
import { valueOf } from '../tree/walk.ts';
import { holds, type Language } from './condition.ts';
import type { AssumeRequest } from './request.ts';
import { covers } from './what.ts';
import { type Concern, concerns } from './who.ts';

/** One step of an answer. */
export interface Step {
  /** The place of the statement in the policy. */
  readonly statement: number;
  readonly element: 'effect' | 'principal' | 'action' | 'condition';
  readonly outcome: 'match' | 'no-match' | 'depends';
  readonly message: string;
  /** The part of the text that it is about. */
  readonly span: Span;
}

/** What of a policy is the same for all of its statements. */
export interface Frame extends Language {
  /** Whether the caller is of another partition. */
  readonly isForeign: boolean;
}

/** What a statement has to say to a request. */
export interface Ruling {
  readonly statement: Statement;
  readonly effect: Certainty;
  readonly concern: Concern;
  /** For each action of the request, in its order. */
  readonly actions: readonly Certainty[];
  readonly tests: Certainty;
  readonly steps: readonly Step[];
}

/** Whether a statement takes effect for an action of the request. */
export const applies = ({ concern, actions, tests }: Ruling, action: number): Certainty =>
  allOf([concern.certainty, actions[action] ?? 'no', tests]);

const outcomes = { yes: 'match', maybe: 'depends', no: 'no-match' } as const;

/** Puts a request to a statement; what comes after a step that fails for certain is not looked at. */
export function rulingOf(statement: Statement, request: AssumeRequest, frame: Frame): Ruling {
  const steps: Step[] = [];
  const note = (element: Step['element'], certainty: Certainty, at: Node, message: string): void => {
    const { index } = statement;
    steps.push({ statement: index, element, outcome: outcomes[certainty], message, span: at.span });
  };
  const effect = effectOf(statement);
  if (effect.certainty !== 'yes') note('effect', effect.certainty, effect.at, effect.message);
  const concern = concerns(statement, request.caller, frame.isForeign);
  const nothing = request.actions.map((): Certainty => 'no');
  const base = { statement, effect: effect.certainty, concern, steps };
  if (effect.certainty === 'no') return { ...base, actions: nothing, tests: 'no' };
  note('principal', concern.certainty, concern.at, describeConcern(concern));
  if (concern.certainty === 'no') return { ...base, actions: nothing, tests: 'no' };
  const actions = request.actions.map((action) => {
    const { certainty, at } = covers(statement, action);
    note('action', certainty, at, `${action} is ${verbs[certainty]} the statement's actions.`);
    return certainty;
  });
  if (actions.every((certainty) => certainty === 'no')) return { ...base, actions, tests: 'no' };
  const held = statement.tests.map((test) => {
    const { certainty, because } = holds(test, request.context, frame);
    note('condition', certainty, test.member.key, describeTest(test, certainty, because));
    return certainty;
  });
  const { tests: unseen } = statement.open;
  if (unseen) {
    const at = valueOf(statement.node, 'Condition') ?? statement.node;
    note('condition', 'maybe', at, 'The statement may have conditions that are not known.');
  }
  return { ...base, actions, tests: allOf(unseen ? [...held, 'maybe'] : held) };
}

const verbs = { yes: 'among', maybe: 'perhaps among', no: 'not among' } as const;

/** A statement whose effect an expression of the host gives may allow or deny; one without does neither. */
export function effectOf({ effect, node }: Statement): { certainty: Certainty; at: Node; message: string } {
  const at = valueOf(node, 'Effect') ?? node;
  if (effect !== undefined) return { certainty: 'yes', at, message: '' };
  const isHole = at.kind === 'opaque' || (at.kind === 'string' && at.value === undefined);
  return isHole
    ? { certainty: 'maybe', at, message: 'Whether the statement allows or denies is not known.' }
    : { certainty: 'no', at, message: 'IAM refuses a statement whose Effect is neither Allow nor Deny.' };
}

function describeConcern({ certainty, principal, negated }: Concern): string {
  if (negated) {
    return {
      yes: 'NotPrincipal does not leave the caller out.',
      maybe: 'NotPrincipal may leave the caller out.',
      no: 'NotPrincipal leaves the caller out.',
    }[certainty];
  }
  const text =
    principal?.type === undefined ? (principal?.text ?? '') : `${principal.type} ${principal.text}`;
  return {
    yes: `${text} means the caller.`,
    maybe: 'A principal that is not wholly known may mean the caller.',
    no: 'No principal of the statement means the caller.',
  }[certainty];
}

const endings = { yes: 'is met', maybe: 'depends', no: 'is not met' } as const;

function describeTest(test: Test, certainty: Certainty, because: string): string {
  const { operatorText, key, member, values, open } = test;
  const asked = [...values.map(describeValue), ...(open ? ['what is not known here'] : [])].join(', ');
  const name = writtenText(key, unknownsIn(member.key, 'value'));
  return `${operatorText} ${name} ${asked || 'without a value'} ${endings[certainty]}: ${because}.`;
}

/** A value in quotation marks; an expression as it stands in the document. */
function describeValue({ text, node }: TestValue): string {
  const written = writtenText(text, unknownsIn(node, 'value'));
  return text === unknownPart ? written : `"${written}"`;
}
