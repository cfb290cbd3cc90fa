/** The form of federated principals: the ARN of a provider in the account, or one of the built-in hosts. */
import { replaceValue } from '../../policy/amend.ts';
import { claimTests } from '../../policy/oidc.ts';
import type { Principal, Statement } from '../../policy/policy.ts';
import { placeholder } from '../../tree/change.ts';
import { faultyPrincipals } from '../principals.ts';
import { defineRule, type Fix, fix } from '../rule.ts';

export const rules = [
  defineRule({
    id: 'federated-invalid-format',
    category: 'principal',
    severity: 'error',
    when: ['principal fault format', 'principal fault bare-host'],
    *check(policy) {
      for (const { principal, fault } of faultyPrincipals(policy, 'format')) {
        if (principal.type !== 'Federated') continue;
        yield {
          at: principal.node,
          message:
            'IAM takes this for no identity provider: it wants the ARN of an OIDC or SAML provider, without scheme and without a slash at the end.',
          fixes: repairs(principal, fault.repaired),
        };
      }
      for (const { principal, fault } of faultyPrincipals(policy, 'bare-host')) {
        yield {
          at: principal.node,
          severity: 'warning',
          message:
            'Only four providers are known by their host alone, and this is none of them, so nobody can assume the role. Name the OIDC provider of your account by its ARN.',
          fixes: repairs(principal, fault.repaired),
        };
      }
    },
  }),
  defineRule({
    id: 'federated-wildcard-principal',
    category: 'principal',
    severity: 'error',
    when: ['principal fault wildcard'],
    *check(policy) {
      for (const { statement, principal } of faultyPrincipals(policy, 'wildcard')) {
        if (principal.type !== 'Federated') continue;
        yield {
          at: principal.node,
          message: 'IAM refuses wildcards in a federated principal. Name one provider by its ARN.',
          fixes: [...issuersIn(statement)].flatMap((issuer) => repairs(principal, issuer)),
        };
      }
    },
  }),
];

/** The issuers whose claims a statement tests. */
const issuersIn = (statement: Statement): ReadonlySet<string> =>
  new Set(claimTests(statement).map(({ issuer }) => issuer));

/** An issuer by itself gets an ARN around it. */
function repairs({ node }: Principal, meant: string | undefined): readonly Fix[] {
  if (meant === undefined) return [];
  if (meant.startsWith('arn:')) return fix(`Change to ${meant}`, replaceValue(node, meant));
  const arn = `arn:aws:iam::${placeholder('ACCOUNT_ID')}:oidc-provider/${meant}`;
  return fix(`Name the provider of ${meant}`, replaceValue(node, arn));
}
