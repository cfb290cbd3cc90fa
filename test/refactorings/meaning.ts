/** What a policy means, whatever its form: the sums that refactorings must not change. Written apart from their code. */
import type { Document } from '#engine';
import { canUse } from '../../engine/src/policy/fit.ts';
import { readPolicy } from '../../engine/src/policy/read.ts';
import type { Node } from '../../engine/src/tree/tree.ts';
import { valueOf } from '../../engine/src/tree/walk.ts';

/** An expression, however the form spells it. */
function expression(text: string): string {
  const bare = text.startsWith('${') ? text.slice(2, -1).trim() : text;
  for (const [head, tail] of [
    ['jsonencode(', ')'],
    ['flatten([', '])'],
  ] as const)
    if (bare.startsWith(head) && bare.endsWith(tail))
      return expression(bare.slice(head.length, -tail.length).trim());
  return `<${bare}>`;
}

/** A node as plain data: lists are sets, one value is a list of one, an account is its id. */
export function meaning(node: Node | undefined): unknown {
  switch (node?.kind) {
    case undefined:
      return undefined;
    case 'string': {
      const text = node.parts
        .map((part) => (typeof part === 'string' ? part : expression(part.hole)))
        .join('');
      return [/^arn:aws:iam::(.*):root$/.exec(text)?.[1] ?? text];
    }
    case 'opaque':
      return [expression(node.text)];
    case 'number':
    case 'boolean':
      return [String(node.value)];
    case 'null':
      return null;
    case 'array':
      return node.items.some(({ kind }) => kind === 'object')
        ? node.items.map(meaning)
        : node.items.flatMap((item) => meaning(item) as string[]).sort();
    case 'object':
      return Object.fromEntries(
        node.members
          .map(({ key, value }) => [String(meaning(key)), meaning(value)] as const)
          .sort(([a], [b]) => (a < b ? -1 : 1)),
      );
  }
}

/** Who is allowed or denied what under which conditions, pair by pair, but for pairs that can never be. */
export function edges({ regions }: Document): readonly string[] {
  return regions.flatMap(({ node }) => {
    const { statements } = readPolicy(node);
    const all = statements.flatMap((statement) =>
      statement.principals.flatMap((principal) =>
        statement.actions
          .filter(
            ({ matches }) => matches.length === 0 || matches.some((action) => canUse(principal, action)),
          )
          .map((action) =>
            JSON.stringify([
              statement.effect,
              principal.type,
              meaning(principal.node),
              action.pattern,
              meaning(valueOf(statement.node, 'Condition')) ?? {},
            ]),
          ),
      ),
    );
    return [...new Set(all)].sort();
  });
}
