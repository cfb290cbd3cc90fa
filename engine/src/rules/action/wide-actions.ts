/** Actions by pattern or by exception: they allow more than the author has in mind, and what STS adds later. */
import { companionsOf } from '../../policy/allowed.ts';
import { removeItem, replaceValue } from '../../policy/amend.ts';
import { actionFor } from '../../policy/fit.ts';
import { isUnknown } from '../../policy/known.ts';
import type { ActionRef, Statement } from '../../policy/policy.ts';
import { hasWildcard } from '../../text/glob.ts';
import { memberAround, memberOf } from '../../tree/walk.ts';
import { defineRule, type Fix, fix } from '../rule.ts';

export const rules = [
  defineRule({
    id: 'wildcard-action',
    category: 'action',
    severity: 'warning',
    *check({ statements }) {
      for (const statement of statements.filter(({ effect }) => effect === 'Allow')) {
        for (const ref of statement.actions.filter(isWildcard)) {
          yield {
            at: ref.node,
            message: `"${ref.pattern}" allows every action it matches, those that STS adds later included. List what these principals need${exampleFor(statement)}.`,
            fixes: listing(statement, ref),
          };
        }
      }
    },
  }),
  defineRule({
    id: 'notaction-in-trust',
    category: 'action',
    severity: 'warning',
    when: ['element NotAction'],
    *check({ statements }) {
      for (const statement of statements) {
        const member = memberOf(statement.node, 'NotAction');
        // Beside Action it is refused, and another rule says so.
        if (member === undefined || memberOf(statement.node, 'Action')) continue;
        const allows = statement.effect !== 'Deny';
        const actions = neededBy(statement);
        yield {
          at: member.key,
          severity: allows ? 'warning' : 'information',
          message: `NotAction ${allows ? 'allows' : 'denies'} every action but the ones listed, those that STS adds later included. Name the actions in Action instead.`,
          fixes:
            allows && member.value && actions.length > 0
              ? fix(`Allow ${actions.join(' and ')} only`, [
                  { kind: 'rename', member, key: 'Action' },
                  ...replaceValue(member.value, oneOrMore(actions)),
                ])
              : [],
        };
      }
    },
  }),
];

const isWildcard = ({ node, pattern, matches }: ActionRef): boolean =>
  memberAround(node)?.key.value === 'Action' &&
  pattern.toLowerCase().startsWith('sts:') &&
  hasWildcard(pattern) &&
  !isUnknown(pattern) &&
  matches.length > 0;

/** The actions that the principals of a statement need to assume the role; none where that is not known. */
function neededBy({ principals }: Statement): readonly string[] {
  const needed = principals.map((principal) =>
    principal.kind === 'anyone' ? 'sts:AssumeRole' : actionFor(principal),
  );
  if (needed.some((id) => id === undefined)) return [];
  return [...new Set([...needed, ...principals.flatMap(companionsOf)])].filter((id) => id !== undefined);
}

const oneOrMore = (actions: readonly string[]): string | readonly string[] => {
  const [first, ...others] = actions;
  return first !== undefined && others.length === 0 ? first : actions;
};

const exampleFor = (statement: Statement): string => {
  const actions = neededBy(statement);
  return actions.length === 0 ? '' : `: ${actions.join(' and ')}`;
};

/** The needed actions in place of the pattern, as far as they are not there already. */
function listing(statement: Statement, { node }: ActionRef): readonly Fix[] {
  const actions = neededBy(statement);
  if (actions.length === 0) return [];
  const title = `Allow ${actions.join(' and ')} only`;
  if (node.parent?.kind !== 'array') return fix(title, replaceValue(node, oneOrMore(actions)));
  const array = node.parent;
  const present = statement.actions.map(({ pattern }) => pattern.toLowerCase());
  const [first, ...others] = actions.filter((id) => !present.includes(id.toLowerCase()));
  if (first === undefined) return fix(title, removeItem(node));
  return fix(title, [
    ...replaceValue(node, first),
    ...others.map((value) => ({ kind: 'append', array, value }) as const),
  ]);
}
