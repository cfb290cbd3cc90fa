/** A negated operator in an Allow is a list of those who stay out: everybody else gets in, known or not. */
import { moveTest } from '../../policy/amend.ts';
import { grantsByStatement } from '../../policy/grants.ts';
import type { Grant, Test } from '../../policy/policy.ts';
import { isNarrowed } from '../../policy/strength.ts';
import { placeholder } from '../../tree/change.ts';
import { defineRule, fix } from '../rule.ts';

/** Kinds of principals that stand for many, of whom somebody has to be chosen by conditions. */
const many: ReadonlySet<Grant['principal']['kind']> = new Set(['account', 'anyone', 'oidc', 'saml'] as const);

export const rule = defineRule({
  id: 'negated-operator-in-allow',
  category: 'condition',
  severity: 'warning',
  when: ['operator negated'],
  *check({ grants }) {
    for (const [statement, granted] of grantsByStatement(grants)) {
      const isOpen = granted.some((grant) => many.has(grant.principal.kind) && !isNarrowed(grant));
      for (const test of statement.tests.filter(({ operator }) => operator?.negated === true)) {
        const positive = test.operatorText.replace('Not', '');
        yield {
          at: test.operatorMember.key,
          severity: isOpen ? 'warning' : 'information',
          message: `${test.operatorText} lets in everybody who is not listed${isMissable(test) ? `, and those whose requests do not carry ${test.key}` : ''}. List who is trusted with ${positive}, or bar the others by a Deny.`,
          fixes: fix(
            `Use ${positive}, with the values to trust`,
            moveTest(test, positive, placeholder('TRUSTED_VALUE')),
          ),
        };
      }
    }
  },
});

/** `ForAnyValue` is the one form that is false for requests without the key. */
const isMissable = ({ quantifier }: Test): boolean => quantifier !== 'ForAnyValue';
