/** The actions of a trust policy are STS's: none of other services, and none that STS does not have. */
import { matchesStsAction, nearestTrustAction, stsActionNamed } from '../../catalog/catalog.ts';
import { removeItem, replaceValue } from '../../policy/amend.ts';
import { actionFor } from '../../policy/fit.ts';
import { isPlaceholderWord, isUnknown, knownText } from '../../policy/known.ts';
import type { Policy, Principal } from '../../policy/policy.ts';
import type { Node } from '../../tree/tree.ts';
import { listOf, memberAround, valueOf } from '../../tree/walk.ts';
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
  defineRule({
    id: 'unsupported-sts-action',
    category: 'action',
    severity: 'warning',
    *check(policy) {
      for (const action of written(policy).filter(isIdle)) {
        yield {
          at: action.node,
          message: `${action.text} is nothing that one does to a role, so naming it here has no effect. Take it out; to assume the role takes an action such as sts:AssumeRole.`,
          fixes: removeItem(action.node) ? removal(action) : toAssume(action),
        };
      }
    },
  }),
];

/** Whether an action is one of STS that no role is the object of. */
const isIdle = ({ node, text }: Written): boolean =>
  stsActionNamed(text)?.trust === false && memberAround(node)?.key.value === 'Action';

/** The action by which the principals can assume the role, where it is the same for all. */
function toAssume({ node, principals }: Written): readonly Fix[] {
  const [only, ...others] = new Set(principals.map((principal) => actionFor(principal)));
  return only === undefined || others.length > 0 ? [] : fix(`Change to "${only}"`, replaceValue(node, only));
}

/** The prefix was left out, or all actions were meant where there is only one that fits. */
function inSts(action: Written): readonly Fix[] {
  const { node, text } = action;
  const named = stsActionNamed(`sts:${text}`)?.id;
  if (named !== undefined) return fix(`Change to "${named}"`, replaceValue(node, named));
  return text === '*' ? toAssume(action) : [];
}

const removal = ({ node, text }: Written): readonly Fix[] => fix(`Remove "${text}"`, removeItem(node), true);
