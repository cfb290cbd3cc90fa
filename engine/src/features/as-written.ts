/** A policy with all that is written in it, also where a choice decides whether it will be there: for looking at, not for judging. */
import type { Policy, Statement } from '../policy/policy.ts';
import { readPolicy } from '../policy/read.ts';
import { covers } from '../text/span.ts';
import type { Region } from './document.ts';

/** The policy of a region, and the statements in the sides of its choices, in the order of the text. */
export function policyAsWritten({ node, views = [] }: Region): Policy {
  const policy = readPolicy(node);
  if (views.length === 0) return policy;
  const chosen = views.flatMap(({ sides, region }) => {
    const { statements, grants } = readPolicy(region.node);
    const isHere = (statement: Statement): boolean => sides.some((side) => covers(side, statement.node.span));
    return {
      statements: statements.filter(isHere),
      grants: grants.filter(({ statement }) => isHere(statement)),
    };
  });
  const statements = [policy, ...chosen]
    .flatMap((each) => each.statements)
    .sort((a, b) => a.node.span.start - b.node.span.start);
  const numbered = new Map(statements.map((statement, index) => [statement, { ...statement, index }]));
  return {
    ...policy,
    statements: [...numbered.values()],
    grants: [policy, ...chosen]
      .flatMap((each) => each.grants)
      .map((grant) => ({ ...grant, statement: numbered.get(grant.statement) ?? grant.statement })),
  };
}
