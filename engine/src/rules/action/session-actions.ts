/** Tags, source identities and contexts of a session each take an action of their own besides the one that assumes. */
import type { TrustAction } from '../../catalog/catalog.ts';
import { companionsOf, mayUse } from '../../policy/allowed.ts';
import { addActions } from '../../policy/amend.ts';
import { demandsKey } from '../../policy/demand.ts';
import type { Policy, Statement, Test } from '../../policy/policy.ts';
import type { RuleId } from '../ids.gen.ts';
import { defineRule, fix } from '../rule.ts';

interface Need {
  readonly id: RuleId;
  /** What a caller hands over with the request. */
  readonly what: string;
  readonly action: TrustAction['id'];
  /** The keys that are in the request then; those that end in a slash are followed by a name. */
  readonly keys: readonly `${string}:${string}`[];
}

const needs: readonly Need[] = [
  {
    id: 'tag-session-missing',
    what: 'session tags',
    action: 'sts:TagSession',
    keys: ['aws:requesttag/', 'aws:tagkeys', 'sts:transitivetagkeys'],
  },
  {
    id: 'set-source-identity-missing',
    what: 'a source identity',
    action: 'sts:SetSourceIdentity',
    keys: ['sts:sourceidentity'],
  },
  {
    id: 'set-context-missing',
    what: 'a context',
    action: 'sts:SetContext',
    keys: ['sts:requestcontext/', 'sts:requestcontextproviders'],
  },
];

const asksFor = ({ key }: Test, { keys }: Need): boolean => {
  const name = key.toLowerCase();
  return keys.some((each) => (each.endsWith('/') ? name.startsWith(each) : name === each));
};

/** The first test of each statement that no caller can meet, for want of the action. */
function* unmet(
  policy: Policy,
  need: Need,
): Generator<{ readonly statement: Statement; readonly test: Test }> {
  for (const statement of policy.statements) {
    const { effect, actions, principals, tests } = statement;
    const assumes = actions.some(({ matches }) => matches.some((action) => action.assumes));
    const test = tests.find((each) => asksFor(each, need) && demandsKey(each));
    if (effect !== 'Allow' || !assumes || test === undefined) continue;
    const lacking = principals.some(
      // What a service needs in any case is said of the service.
      (principal) =>
        !companionsOf(principal).includes(need.action) && !mayUse(principal, need.action, policy),
    );
    if (lacking) yield { statement, test };
  }
}

export const rules = needs.map((need) =>
  defineRule({
    id: need.id,
    category: 'action',
    severity: 'warning',
    scope: 'policy',
    when: need.keys.map((key) => `key ${key}` as const),
    *check(policy) {
      for (const { statement, test } of unmet(policy, need)) {
        yield {
          at: test.member.key,
          message: `This asks for ${need.what}, but requests that carry such are denied without ${need.action}, so nobody can meet it. Allow ${need.action} too.`,
          fixes: fix(`Add "${need.action}"`, addActions(statement, [need.action])),
        };
      }
    },
  }),
);
