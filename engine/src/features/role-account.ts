/**
 * The account that the role of a policy lies in: what of a document tells it, whether an answer depends on it, and what can
 * be offered where nobody knows. It is never guessed.
 */
import type { Refusal } from '../evaluate/caller.ts';
import { evaluate, type Evaluation } from '../evaluate/evaluate.ts';
import type { AssumeRequest } from '../evaluate/request.ts';
import { isAccountId } from '../policy/arn.ts';
import { accountOf } from '../policy/grants.ts';
import type { Policy, Test } from '../policy/policy.ts';
import { readPolicy } from '../policy/read.ts';
import type { Settings } from '../settings.ts';
import type { Region } from './document.ts';
import { evaluatorOf } from './evaluate-region.ts';

/** Why there is no answer: it depends on the account of the role, which nobody has said. */
export interface RoleAccountNeeded extends Refusal {
  readonly needs: 'roleAccount';
}

const needed: RoleAccountNeeded = {
  problem: 'The answer depends on the account that the role lies in, which is not known here.',
  needs: 'roleAccount',
};

/** The account as far as the document tells: that of the role's ARN, or of its providers, which have to lie in it. */
export function roleAccountIn({ role, node }: Region, policy: Policy = readPolicy(node)): string | undefined {
  if (role?.account !== undefined && isAccountId(role.account)) return role.account;
  return policy.statements
    .flatMap(({ principals }) => principals)
    .flatMap((each) => (each.kind === 'oidc' || each.kind === 'saml' ? [each.account] : []))
    .find((account) => account !== undefined && isAccountId(account));
}

/**
 * Puts a call to a policy, also where the account of the role is not known, as long as nothing depends on it.
 * @param requestFor makes the call for an account
 */
export function answerTo(
  region: Region,
  account: string | undefined,
  requestFor: (account: string | undefined) => AssumeRequest | Refusal,
): Evaluation | Refusal | RoleAccountNeeded {
  const request = requestFor(account);
  if ('problem' in request) return request;
  if (account === undefined && dependsOnAccount(readPolicy(region.node), request, requestFor)) return needed;
  return evaluatorOf(region)(request);
}

/** Whether the decision is another in another account. Patterns and variables are taken to tell accounts apart. */
function dependsOnAccount(
  policy: Policy,
  { caller }: AssumeRequest,
  requestFor: (account: string) => AssumeRequest | Refusal,
): boolean {
  const asking = testsOnAccount(policy);
  if (asking.length === 0) return false;
  const answers = [...accountsIn(asking), caller.account ?? somebodys, somebodys].flatMap((account) => {
    const request = requestFor(account);
    return 'problem' in request ? [] : [evaluate(policy, request)];
  });
  const decisions = new Set(answers.map(({ decision, reason }) => `${decision} ${reason}`));
  const isLookedAt = ({ member }: Test): boolean =>
    answers.some(({ trace }) => trace.some(({ span }) => span === member.key.span));
  return decisions.size > 1 || asking.some((test) => isOpenEnded(test) && isLookedAt(test));
}

/** An account that no policy names. */
const somebodys = '999999999999';
const key = 'aws:resourceaccount';

/** The tests that ask for the account of the role, or compare something with it. */
const testsOnAccount = ({ statements }: Policy): readonly Test[] =>
  statements.flatMap(({ tests }) =>
    tests.filter(
      (test) =>
        test.key.toLowerCase() === key ||
        test.values.some(({ text }) => text.toLowerCase().includes(`\${${key}`)),
    ),
  );

const accountsIn = (tests: readonly Test[]): readonly string[] =>
  tests.flatMap(({ values }) => values.map(({ text }) => text).filter(isAccountId));

const isOpenEnded = ({ values, open }: Test): boolean =>
  open || !values.every(({ text }) => isAccountId(text));

/** Accounts to choose from: those that the policy asks for, one's own, and those that it names. */
export function suggestedRoleAccounts({ node }: Region, settings: Settings): readonly string[] {
  const policy = readPolicy(node);
  const named = policy.statements.flatMap(({ principals }) =>
    principals.flatMap((principal) => accountOf(principal) ?? []),
  );
  return [...new Set([...accountsIn(testsOnAccount(policy)), ...settings.trustedAccounts, ...named])].filter(
    isAccountId,
  );
}

/** An account to compare policies in: one that they speak of, or any, since it decides nothing then. */
export function comparedAccount(regions: readonly (Region | undefined)[]): string {
  const known = regions.flatMap((region) => (region ? [region] : []));
  return (
    known.map((region) => roleAccountIn(region)).find((account) => account !== undefined) ??
    known.flatMap(({ node }) => accountsIn(testsOnAccount(readPolicy(node))))[0] ??
    '123456789012'
  );
}
