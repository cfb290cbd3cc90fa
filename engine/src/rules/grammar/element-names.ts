/** The names of the elements of a policy and its statements: unknown ones, and known ones in another case. */
import type { Change } from '../../tree/change.ts';
import type { Member, Node } from '../../tree/tree.ts';
import { memberOf } from '../../tree/walk.ts';
import { type Policy, principalTypes } from '../../policy/policy.ts';
import { defineRule, type Fix, fix } from '../rule.ts';
import { nearestName, policyElements, statementElements } from '../statements.ts';

/** A name that is not spelled as one that IAM knows in this place. */
interface Stranger {
  readonly member: Member;
  readonly name: string;
  /** The known name that is the same but for its case. */
  readonly spelling?: string;
}

function strangersIn(node: Node | undefined, known: readonly string[]): readonly Stranger[] {
  if (node?.kind !== 'object') return [];
  return node.members.flatMap((member): readonly Stranger[] => {
    const name = member.key.value;
    if (name === undefined || !member.key.complete || known.includes(name)) return [];
    const spelling = known.find((each) => each.toLowerCase() === name.toLowerCase());
    return [spelling === undefined ? { member, name } : { member, name, spelling }];
  });
}

const inPolicy = ({ node }: Policy): readonly Stranger[] => strangersIn(node, policyElements);
const inStatements = ({ statements }: Policy): readonly Stranger[] =>
  statements.flatMap(({ node }) => strangersIn(node, statementElements));
const inPrincipals = ({ statements }: Policy): readonly Stranger[] =>
  statements.flatMap(({ node }) => strangersIn(memberOf(node, 'Principal')?.value, principalTypes));

const unknown = ({ spelling }: Stranger): boolean => spelling === undefined;

export const rules = [
  defineRule({
    id: 'element-name-case',
    category: 'grammar',
    severity: 'error',
    *check(policy) {
      for (const { member, name, spelling } of [
        ...inPolicy(policy),
        ...inStatements(policy),
        ...inPrincipals(policy),
      ]) {
        if (spelling === undefined) continue;
        yield {
          at: member.key,
          message: `Write "${spelling}" instead of "${name}": the names of elements have one fixed spelling.`,
          fixes: renaming(member, spelling, true),
        };
      }
    },
  }),
  defineRule({
    id: 'unknown-top-level-element',
    category: 'grammar',
    severity: 'error',
    *check(policy) {
      for (const { member, name } of inPolicy(policy).filter(unknown)) {
        const meant = nearestName(name, policyElements);
        yield {
          at: member.key,
          message: `IAM refuses a policy with the element "${name}". ${meant === undefined ? 'Only Version, Id and Statement may stand here.' : `Did you mean "${meant}"?`}`,
          fixes: remedies(member, meant),
        };
      }
    },
  }),
  defineRule({
    id: 'unknown-statement-element',
    category: 'grammar',
    severity: 'error',
    *check(policy) {
      for (const { member, name } of inStatements(policy).filter(unknown)) {
        const nearest = nearestName(name, statementElements);
        // These two are known, yet no trust policy may have them.
        const meant = nearest === 'Resource' || nearest === 'NotResource' ? undefined : nearest;
        yield {
          at: member.key,
          message: `IAM refuses a statement with the element "${name}". ${meant === undefined ? 'Take it out; notes can go into the Sid or the description of the role.' : `Did you mean "${meant}"?`}`,
          fixes: remedies(member, meant),
        };
      }
    },
  }),
];

/** Nothing where the name is taken: a second one of it would be worse. */
const renaming = (member: Member, key: string, safe: boolean): readonly Fix[] => {
  const change: Change = { kind: 'rename', member, key };
  return memberOf(member.parent, key) ? [] : fix(`Change to "${key}"`, [change], safe);
};

const remedies = (member: Member, meant: string | undefined): readonly Fix[] => [
  ...(meant === undefined ? [] : renaming(member, meant, false)),
  ...fix(`Remove "${member.key.value ?? ''}"`, [{ kind: 'remove', node: member }]),
];
