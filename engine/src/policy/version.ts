/** What the version of the policy language changes: only from 2012-10-17 on are policy variables filled in. */
import { descendants, valueOf } from '../tree/walk.ts';
import type { Policy } from './policy.ts';
import { usesVariable } from './variable.ts';

/** Whether any condition of a policy has a policy variable in its values. */
export const usesVariables = ({ statements }: Policy): boolean =>
  statements.some(({ tests }) => tests.some(({ values }) => values.some(({ text }) => usesVariable(text))));

/** Whether any text of a policy may be read differently by another version: escapes and unknown parts count. */
export function mayDependOnVersion({ node }: Policy): boolean {
  const statement = valueOf(node, 'Statement');
  return [...(statement ? descendants(statement) : [])].some(
    (each) =>
      each.kind === 'opaque' ||
      (each.kind === 'string' && each.parts.some((part) => typeof part !== 'string' || part.includes('${'))),
  );
}
