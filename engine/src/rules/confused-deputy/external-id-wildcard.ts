/** An external ID that is compared with a pattern of next to no letters is none: any customer's ID matches it. */
import { moveTest } from '../../policy/amend.ts';
import { testsOn } from '../../policy/grants.ts';
import { isUnknown } from '../../policy/known.ts';
import { literalHead } from '../../policy/subject.ts';
import { hasWildcard } from '../../text/glob.ts';
import { externalIdFixes } from '../remedies.ts';
import { defineRule } from '../rule.ts';

/** Fewer letters than an external ID must have at least. */
const FEW = 2;

/** Whether a pattern begins with too few letters to tell one ID from another. */
const isLoose = (pattern: string): boolean =>
  hasWildcard(pattern) && !isUnknown(pattern) && literalHead(pattern).length < FEW;

export const rule = defineRule({
  id: 'external-id-wildcard',
  category: 'confused-deputy',
  severity: 'warning',
  supersedes: ['redundant-condition-value'],
  when: ['key sts:externalid'],
  *check({ statements }) {
    const tests = statements
      .filter(({ effect }) => effect === 'Allow')
      .flatMap((statement) => testsOn(statement, 'sts:ExternalId'))
      .filter(({ operator }) => operator?.wildcards === true && !operator.negated);
    for (const test of tests) {
      for (const { node, text } of test.values.filter((value) => isLoose(value.text))) {
        yield {
          at: node,
          message: `"${text}" accepts nearly any external ID, so it protects nobody. Compare with the one ID of your relation, exactly.`,
          fixes: externalIdFixes((externalId) => moveTest(test, 'StringEquals', externalId)),
        };
      }
    }
  },
});
