/** Without `Version` a policy is of the language's first version, which knows no policy variables. */
import { usesVariables } from '../../policy/version.ts';
import { memberOf } from '../../tree/walk.ts';
import { defineRule, fix } from '../rule.ts';
import { nameOf, nearestName, policyElements } from '../statements.ts';

export const rule = defineRule({
  id: 'missing-version',
  category: 'grammar',
  severity: 'information',
  scope: 'policy',
  *check(policy) {
    const { node } = policy;
    if (node.kind !== 'object' || !node.complete || memberOf(node, 'Statement') === undefined) return;
    const names = node.members.map(({ key }) => key.value);
    if (names.some((name) => name === undefined || nearestName(name, policyElements) === 'Version')) return;
    yield {
      at: nameOf(node),
      message:
        'This policy has no Version: policy variables and newer features would not work in it. Add "Version": "2012-10-17".',
      fixes: fix(
        'Add "Version": "2012-10-17"',
        [{ kind: 'set', object: node, key: 'Version', value: '2012-10-17', first: true }],
        !usesVariables(policy),
      ),
    };
  },
});
