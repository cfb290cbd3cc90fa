/** Claims are claims of one issuer: conditions for one provider shut out the others of the statement. */
import { claimTests, isOf } from '../../policy/oidc.ts';
import type { Principal, Statement } from '../../policy/policy.ts';
import { isUnknown } from '../../policy/known.ts';
import { defineRule } from '../rule.ts';

export const rule = defineRule({
  id: 'multiple-federated-providers',
  category: 'principal',
  severity: 'warning',
  when: ['principal oidc', 'principal saml'],
  *check({ statements }) {
    for (const statement of statements.filter(({ effect }) => effect === 'Allow')) {
      const [first, ...others] = providersOf(statement);
      const other = others.find((each) => each.text !== first?.text);
      if (first === undefined || other === undefined) continue;
      const distinct = isDistinguished(statement);
      yield {
        at: other.node,
        severity: distinct ? 'information' : 'warning',
        message: distinct
          ? 'This statement trusts several identity providers, and its conditions are asked of all of them. Give each provider a statement of its own.'
          : 'This statement trusts several identity providers, but the claims that it tests are of one issuer, so the others never meet it. Give each provider a statement of its own.',
        related: [{ at: first.node, message: 'The first provider.' }],
      };
    }
  },
});

const providersOf = ({ principals }: Statement): readonly Principal[] =>
  principals.filter(({ kind, text }) => (kind === 'oidc' || kind === 'saml') && !isUnknown(text));

/** Whether no test is on a claim of one provider alone. */
const isDistinguished = (statement: Statement): boolean =>
  !claimTests(statement).some((claim) =>
    statement.principals.some((principal) => principal.kind !== 'oidc' || !isOf(principal, claim)),
  );
