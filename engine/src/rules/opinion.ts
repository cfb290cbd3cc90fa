/**
 * What there is to say about a statement, kept for as long as the statement stays what it is. Nodes move with their text;
 * spans that a rule has computed are moved here.
 */
import type { Policy, Statement } from '../policy/policy.ts';
import type { Span } from '../text/span.ts';
import { targetOf } from '../tree/change.ts';
import { movedSpan } from '../tree/move.ts';
import type { Member, Node } from '../tree/tree.ts';
import type { Report, Rule } from './rule.ts';

/** All reports about one Allow statement by rules that judge it by itself. */
export interface Opinion {
  /** Where the statement began when they were made. */
  readonly start: number;
  readonly reports: readonly { readonly rule: Rule; readonly report: Report }[];
}

/** The span of a place in a report that was made when the text began elsewhere. */
export const spanOf = (at: Node | Member | Span, by = 0): Span =>
  'span' in at ? at.span : by === 0 ? at : movedSpan(at, by);

export interface Opinions {
  readonly add: (rule: Rule, report: Report) => void;
  /** What may be said again of Allow statements that are the same, among the same Deny statements. */
  readonly settled: () => ReadonlyMap<Statement, Opinion>;
}

/** Collects what is reported about the statements of a policy; of some it may be known already. */
export function opinionsIn(
  { statements }: Pick<Policy, 'statements'>,
  known: ReadonlyMap<Statement, Opinion>,
): Opinions {
  const reports = new Map<Statement, { rule: Rule; report: Report }[]>();
  const unsettled = new Set<Statement>();
  let everywhere = false;
  return {
    add: (rule, report) => {
      if (rule.scope === 'policy') return;
      const places = [report.at, report.about ?? report.at].map((at) =>
        statementAt(statements, spanOf(at).start),
      );
      const [statement] = places;
      // It may be about any of them.
      if (places.includes(undefined)) everywhere = true;
      else if (statement && staysWithin(report, statement) && places.every((place) => place === statement)) {
        const own = reports.get(statement);
        if (own) own.push({ rule, report });
        else reports.set(statement, [{ rule, report }]);
      } else for (const place of places) if (place) unsettled.add(place);
    },
    settled: () => {
      if (everywhere) return new Map();
      const judged = statements.filter(
        (statement) => statement.effect === 'Allow' && !unsettled.has(statement),
      );
      return new Map(
        judged.map((statement) => [
          statement,
          known.get(statement) ?? {
            start: statement.node.span.start,
            reports: reports.get(statement) ?? [],
          },
        ]),
      );
    },
  };
}

/** Whether a report refers to nothing outside of a statement, and to no offsets that it has not computed for itself. */
const staysWithin = ({ fixes = [], related = [] }: Report, { node: { span } }: Statement): boolean => {
  const holds = (at: Node | Member | Span): boolean => {
    const { start, end } = spanOf(at);
    return span.start <= start && end <= span.end;
  };
  return (
    related.every(({ at }) => holds(at)) &&
    fixes.every(
      ({ changes, edits }) => edits === undefined && changes.every((change) => holds(targetOf(change))),
    )
  );
};

/** The statement around an offset, by binary search. */
function statementAt(statements: readonly Statement[], offset: number): Statement | undefined {
  let low = 0;
  let high = statements.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((statements[middle]?.node.span.start ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  const found = statements[low];
  return found && found.node.span.start <= offset && offset < found.node.span.end ? found : undefined;
}
