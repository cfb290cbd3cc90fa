/** A single statement as a list of one, so that others can stand beside it. */
import { replaceValue } from '../../policy/amend.ts';
import { touches } from '../../text/span.ts';
import { memberOf } from '../../tree/walk.ts';
import type { Refactoring } from './refactoring.ts';

export const statementList: Refactoring = {
  id: 'statement-list',
  kind: 'rewrite',
  propose: ({ policy, offset, copy }) => {
    const member = memberOf(policy.node, 'Statement');
    const statement = member?.value;
    if (member === undefined || statement?.kind !== 'object' || !touches(member.span, offset))
      return undefined;
    const value = copy(statement);
    const title = 'Put the statement into a list';
    return value === undefined
      ? { title, refused: 'An expression in the statement cannot be written in another place.' }
      : { title, changes: replaceValue(statement, [value]) };
  },
};
