/** The outline of a policy: an object with statements, each of which is an object and says something. */
import { isUnknown, knownText } from '../../policy/known.ts';
import type { Policy } from '../../policy/policy.ts';
import type { Node, ObjectNode } from '../../tree/tree.ts';
import { plainValue, valueOf } from '../../tree/walk.ts';
import { replaceValue } from '../../policy/amend.ts';
import { defineRule, type Fix, fix } from '../rule.ts';
import { firstStatement } from '../skeletons.ts';
import { nearestName, policyElements } from '../statements.ts';

const version = '2012-10-17';

export const rules = [
  defineRule({
    id: 'policy-not-object',
    category: 'grammar',
    severity: 'error',
    *check({ node }) {
      if (node.kind === 'opaque' || !node.complete) return;
      if (node.kind === 'object' && node.members.length > 0) return;
      yield {
        at: node,
        message:
          'A trust policy is one JSON object with "Version" and "Statement"; IAM refuses anything else.',
        fixes: policyFrom(node),
      };
    },
  }),
  defineRule({
    id: 'missing-statement',
    category: 'grammar',
    severity: 'error',
    *check({ node }) {
      if (node.kind !== 'object' || !lacksStatement(node)) return;
      yield {
        at: node.members[0]?.key ?? node,
        message: 'IAM refuses this policy: it has no Statement, which says who may assume the role.',
        fixes: fix('Add a statement', [
          { kind: 'set', object: node, key: 'Statement', value: [firstStatement] },
        ]),
      };
    },
  }),
  defineRule({
    id: 'statement-not-object',
    category: 'grammar',
    severity: 'error',
    *check({ strays }) {
      for (const node of strays) {
        if (isUnknown(knownText(node, 'value') ?? '')) continue;
        yield {
          at: node,
          message:
            'IAM refuses this policy: each statement has to be an object with Effect, Principal and Action.',
          fixes: unwrapping(node),
        };
      }
    },
  }),
  defineRule({
    id: 'empty-statement',
    category: 'grammar',
    severity: 'error',
    scope: 'policy',
    *check(policy) {
      for (const node of emptyParts(policy)) {
        yield {
          at: node,
          message:
            node.kind === 'array'
              ? 'The policy has no statement, so it trusts nobody. Say who may assume the role.'
              : 'IAM refuses an empty statement: it needs Effect, Principal and Action.',
          fixes: filling(node),
        };
      }
    },
  }),
];

/** An empty object is completed; a list of statements, or one statement, gets the policy around it. */
function policyFrom(node: Node): readonly Fix[] {
  if (node.kind === 'object')
    return fix('Begin a policy', [
      { kind: 'set', object: node, key: 'Version', value: version },
      { kind: 'set', object: node, key: 'Statement', value: [firstStatement] },
    ]);
  const statements = plainValue(node);
  const wraps =
    node.kind === 'array' && node.items.length > 0 && node.items.every(({ kind }) => kind === 'object');
  if (!wraps || statements === undefined) return [];
  return fix(
    'Put the statements into a policy',
    replaceValue(node, { Version: version, Statement: statements }),
  );
}

const lacksStatement = ({ complete, members }: ObjectNode): boolean =>
  complete &&
  members.length > 0 &&
  members.every(
    ({ key }) => key.value !== undefined && nearestName(key.value, policyElements) !== 'Statement',
  );

/** A list in the list is opened up if it holds a single statement. */
function unwrapping(node: Node): readonly Fix[] {
  if (node.kind !== 'array' || node.items.length !== 1 || node.items[0]?.kind !== 'object') return [];
  const statement = plainValue(node.items[0]);
  return statement === undefined ? [] : fix('Remove the inner brackets', replaceValue(node, statement), true);
}

function emptyParts({ node, statements }: Policy): readonly Node[] {
  const value = valueOf(node, 'Statement');
  if (value?.kind === 'array' && value.items.length === 0) return value.complete ? [value] : [];
  return statements
    .map((statement) => statement.node)
    .filter((each) => each.complete && each.members.length === 0);
}

function filling(node: Node): readonly Fix[] {
  if (node.kind === 'array')
    return fix('Add a statement', [{ kind: 'append', array: node, value: firstStatement }]);
  const others = node.parent?.kind === 'array' && node.parent.items.length > 1;
  const removal = others ? fix('Remove the empty statement', [{ kind: 'remove', node }], true) : [];
  return [...removal, ...fix('Fill in the statement', replaceValue(node, firstStatement))];
}
