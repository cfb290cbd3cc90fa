/** A key of `Principal` that IAM does not know. */
import type { Member, ObjectNode } from '../../tree/tree.ts';
import { listOf, memberOf, valueOf } from '../../tree/walk.ts';
import { knownText } from '../../policy/known.ts';
import { type PrincipalType, principalTypes } from '../../policy/policy.ts';
import { principalTypeOf } from '../../policy/principal-fault.ts';
import { defineRule, fix } from '../rule.ts';
import { nearestName, statementElements } from '../statements.ts';

export const rule = defineRule({
  id: 'unknown-principal-type',
  category: 'principal',
  severity: 'error',
  *check({ statements }) {
    for (const { node } of statements) {
      const principal = valueOf(node, 'Principal');
      for (const member of principal?.kind === 'object'
        ? principal.members.filter((each) => isUnknownType(each, node))
        : []) {
        const meant = typeMeant(member);
        const free = meant !== undefined && !memberOf(member.parent, meant);
        yield {
          at: member.key,
          message: `IAM refuses the principal type "${member.key.value ?? ''}". ${meant === undefined ? 'The types are AWS, Service and Federated.' : `Did you mean "${meant}"?`}`,
          fixes: free ? fix(`Change to "${meant}"`, [{ kind: 'rename', member, key: meant }]) : [],
        };
      }
    }
  },
});

/**
 * Other cases of a known type are the business of another rule. Where the closing brace is missing, the elements that
 * follow look as if they stood here.
 */
const isUnknownType = ({ key }: Member, statement: ObjectNode): boolean =>
  key.complete &&
  key.value !== undefined &&
  (statement.complete || !statementElements.some((element) => element === key.value)) &&
  !principalTypes.some((type) => type.toLowerCase() === key.value?.toLowerCase());

/** The type of the values says more than a slip in the name. */
function typeMeant({ key, value }: Member): PrincipalType | undefined {
  const types = new Set(listOf(value).map((node) => principalTypeOf(knownText(node, 'principal') ?? '')));
  const [type] = types;
  return types.size === 1 && type !== undefined ? type : nearestName(key.value ?? '', principalTypes);
}
