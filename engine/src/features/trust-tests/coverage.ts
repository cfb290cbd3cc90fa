/** What trust tests try of a policy: statements that take effect in a case, conditions that are met in one and fail in another. */
import type { Evaluation } from '../../evaluate/evaluate.ts';
import type { Policy, Statement } from '../../policy/policy.ts';
import type { Span } from '../../text/span.ts';

/** A statement or a condition of a policy. */
export interface Part {
  readonly kind: 'statement' | 'condition';
  /** What it is called in reports. */
  readonly name: string;
  readonly span: Span;
  /** The statement that it is, or belongs to. */
  readonly statement: number;
}

/** What one case tries, by the places of the parts: a statement takes effect, a condition is met or fails. */
export interface Tried {
  readonly met: readonly number[];
  readonly failed: readonly number[];
}

/** What a suite tries of its policy. */
export interface Coverage {
  readonly statements: { readonly total: number; readonly tried: number };
  readonly conditions: { readonly total: number; readonly tried: number };
  /** What is not tried, in words, and where it stands in the text of the policy. */
  readonly untried: readonly { readonly what: string; readonly span: Span }[];
}

/** The parts of a policy, in the order of the text. */
export const partsOf = ({ statements }: Policy): readonly Part[] =>
  statements.flatMap((statement): readonly Part[] => {
    const { index, node, tests } = statement;
    const name = nameOf(statement);
    return [
      { kind: 'statement', name, span: node.span, statement: index },
      ...tests.map(({ member, key, operatorText }): Part => ({
        kind: 'condition',
        name: `${name}: ${operatorText} ${key}`,
        span: member.key.span,
        statement: index,
      })),
    ];
  });

const nameOf = ({ sid, index }: Statement): string =>
  sid === undefined || sid === '' ? `statement ${index + 1}` : `statement ${sid}`;

/** What of these parts an evaluation has looked at, and with which outcome. */
export function triedIn(parts: readonly Part[], { trace }: Evaluation): Tried {
  const [met, failed]: [number[], number[]] = [[], []];
  for (const [place, { kind, span, statement }] of parts.entries()) {
    const own = trace.filter((step) => step.statement === statement);
    if (kind === 'statement') {
      const isWhole = own.some(({ element }) => element === 'action');
      if (isWhole && own.every(({ outcome }) => outcome === 'match')) met.push(place);
    } else {
      const outcomes = own.filter((step) => step.span === span).map(({ outcome }) => outcome);
      if (outcomes.includes('match')) met.push(place);
      if (outcomes.includes('no-match')) failed.push(place);
    }
  }
  return { met, failed };
}

/** All that cases try together. */
export function coverageOf(parts: readonly Part[], cases: readonly Tried[]): Coverage {
  const met = new Set(cases.flatMap((each) => each.met));
  const failed = new Set(cases.flatMap((each) => each.failed));
  const counts = { statement: { total: 0, tried: 0 }, condition: { total: 0, tried: 0 } };
  const untried: { what: string; span: Span }[] = [];
  for (const [place, { kind, name, span }] of parts.entries()) {
    const missing = [
      ...(met.has(place) ? [] : ['met']),
      ...(kind === 'statement' || failed.has(place) ? [] : ['failed']),
    ];
    const words = kind === 'statement' ? 'takes effect' : `is ${missing.join(' and ')}`;
    counts[kind].total++;
    if (missing.length === 0) counts[kind].tried++;
    else untried.push({ what: `${name} ${words} in no case`, span });
  }
  return { statements: counts.statement, conditions: counts.condition, untried };
}
