/** The actions of a trust policy are STS's: none of other services, and none that STS does not have. */
import { matchesStsAction, nearestTrustAction, stsActionNamed } from '../../catalog/catalog.ts';
import { replaceValue } from '../../policy/amend.ts';
import { actionFor } from '../../policy/fit.ts';
import { isPlaceholderWord, isUnknown, knownText } from '../../policy/known.ts';
import type { Policy, Principal } from '../../policy/policy.ts';
import type { Node } from '../../tree/tree.ts';
import { listOf, valueOf } from '../../tree/walk.ts';
import { defineRule, type Fix, fix } from '../rule.ts';

/** An action as written, where all of it is known. */
interface Written {
  readonly node: Node;
  readonly text: string;
  readonly principals: readonly Principal[];
}

const written = ({ statements }: Policy): readonly Written[] =>
  statements.flatMap(({ node, principals }) =>
    ['Action', 'NotAction']
      .flatMap((element) => listOf(valueOf(node, element)))
      .flatMap((item) => {
        const text = knownText(item, 'principal');
        return text === undefined || text.trim() === '' || isUnknown(text) || isStandIn(text)
          ? []
          : [{ node: item, text, principals }];
      }),
  );

const isStandIn = (text: string): boolean =>
  isPlaceholderWord(text) && stsActionNamed(`sts:${text}`) === undefined;

const isSts = ({ text }: Written): boolean => text.toLowerCase().startsWith('sts:');

export const rules = [
  defineRule({
    id: 'non-sts-action',
    category: 'action',
    severity: 'error',
    *check(policy) {
      for (const action of written(policy).filter((each) => !isSts(each))) {
        yield {
          at: action.node,
          message: `IAM answers "AssumeRole policy may only specify STS AssumeRole actions": "${action.text}" is none. What the role may do goes into its permission policies.`,
          fixes: [...inSts(action), ...removal(action)],
        };
      }
    },
  }),
  defineRule({
    id: 'unknown-sts-action',
    category: 'action',
    severity: 'error',
    *check(policy) {
      for (const { node, text } of written(policy).filter(isSts)) {
        if (matchesStsAction(text)) continue;
        const meant = nearestTrustAction(text)?.id;
        yield {
          at: node,
          message: `STS has no action "${text}", so nobody can use it. ${meant === undefined ? 'To assume a role takes sts:AssumeRole, sts:AssumeRoleWithSAML or sts:AssumeRoleWithWebIdentity.' : `Did you mean "${meant}"?`}`,
          fixes: meant === undefined ? [] : fix(`Change to "${meant}"`, replaceValue(node, meant)),
        };
      }
    },
  }),
];

/** The prefix was left out, or all actions were meant where there is only one that fits. */
function inSts({ node, text, principals }: Written): readonly Fix[] {
  const named = stsActionNamed(`sts:${text}`)?.id;
  if (named !== undefined) return fix(`Change to "${named}"`, replaceValue(node, named));
  const fitting = text === '*' ? new Set(principals.map((principal) => actionFor(principal))) : new Set();
  const [only] = fitting;
  return fitting.size === 1 && typeof only === 'string'
    ? fix(`Change to "${only}"`, replaceValue(node, only))
    : [];
}

const removal = ({ node, text }: Written): readonly Fix[] =>
  node.parent?.kind === 'array' && node.parent.items.length > 1
    ? fix(`Remove "${text}"`, [{ kind: 'remove', node }], true)
    : [];
