/** A pattern that matches every value asks for nothing, or for no more than that the key be there. */
import { conditionKeyNamed } from '../../catalog/catalog.ts';
import { dropTest, moveTest } from '../../policy/amend.ts';
import { holdsIfAbsent } from '../../policy/demand.ts';
import { claimTest } from '../../policy/oidc.ts';
import type { Statement, Test } from '../../policy/policy.ts';
import { presenceOf } from '../../policy/presence.ts';
import { defineRule, type Fix, fix } from '../rule.ts';

/** Keys whose blank patterns have rules of their own, besides the claims of tokens. */
const spokenOf = /^(?:sts:externalid|saml:aud|aws:source(?:arn|account|orgid|orgpaths))$/i;

export const rule = defineRule({
  id: 'condition-always-true',
  category: 'condition',
  severity: 'warning',
  supersedes: ['redundant-condition-value'],
  tag: 'unnecessary',
  when: ['value wildcard'],
  *check({ statements }) {
    for (const statement of statements.filter(({ effect }) => effect === 'Allow')) {
      for (const test of statement.tests) {
        const { operator, values, key } = test;
        const value = values.find(({ text }) => /^\*+$/.test(text));
        if (operator?.wildcards !== true || operator.negated || value === undefined) continue;
        if (spokenOf.test(key) || claimTest(test)) continue;
        const always = holdsIfAbsent(test) || isAlwaysThere(statement, test);
        yield {
          at: value.node,
          severity: always || conditionKeyNamed(key)?.guard === 'strong' ? 'warning' : 'information',
          message: always
            ? `Every value of ${key} matches "*", so this test restricts nothing. Name the values, or remove it.`
            : `Every value of ${key} matches "*", so this asks only that the key be there. Name the values, or say so with "Null".`,
          fixes: always ? fix('Remove the test', dropTest(test)) : demandPresence(test),
        };
      }
    }
  },
});

const isAlwaysThere = ({ principals, open }: Statement, { key }: Test): boolean =>
  !open.principals &&
  principals.length > 0 &&
  principals.every((principal) => presenceOf(key, principal) === 'yes');

const demandPresence = (test: Test): readonly Fix[] =>
  fix('Demand only that the key is there', moveTest(test, 'Null', 'false'));
