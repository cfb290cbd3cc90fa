/** Identity providers of IAM belong to the account of the role; one of another account is hardly meant. */
import { replaceValue } from '../../policy/amend.ts';
import { isUnknown } from '../../policy/known.ts';
import type { Policy, Principal } from '../../policy/policy.ts';
import { defineRule, fix, type Facts } from '../rule.ts';

interface Provider {
  readonly principal: Principal;
  readonly account: string;
}

const providersIn = ({ statements }: Policy): readonly Provider[] =>
  statements
    .filter(({ effect }) => effect === 'Allow')
    .flatMap(({ principals }) => principals)
    .flatMap((principal) =>
      (principal.kind === 'oidc' || principal.kind === 'saml') && principal.account !== undefined
        ? [{ principal, account: principal.account }]
        : [],
    );

/** The accounts that the role can be in: its own, if that is known, those of the settings, or that of the first provider. */
function homesOf(providers: readonly Provider[], { role, settings }: Facts): readonly string[] {
  if (role?.account !== undefined) return [role.account];
  if (settings.trustedAccounts.length > 0) return settings.trustedAccounts;
  return providers.slice(0, 1).map(({ account }) => account);
}

export const rule = defineRule({
  id: 'federated-provider-other-account',
  category: 'principal',
  severity: 'information',
  scope: 'policy',
  when: ['principal oidc', 'principal saml'],
  *check(policy, facts) {
    const providers = providersIn(policy);
    const homes = homesOf(providers, facts);
    for (const { principal, account } of providers) {
      if (homes.includes(account)) continue;
      const [home] = homes;
      const { text, node } = principal;
      yield {
        at: node,
        message: `This identity provider is of account ${account}, and ${homes.length === 1 ? `the role seems to be in ${home ?? ''}` : 'none of your accounts'}. Providers are made in the account of the role; check which is meant.`,
        fixes:
          homes.length === 1 && home !== undefined && !isUnknown(text)
            ? fix(`Use the provider of ${home}`, replaceValue(node, text.replace(account, home)))
            : [],
      };
    }
  },
});
