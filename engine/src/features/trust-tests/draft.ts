/**
 * A file of trust tests to begin with: calls that a policy lets in, and how they have to change to be kept out. Each was put
 * to the policy, so that all of them pass.
 */
import type { WrittenCaller } from '../../evaluate/caller.ts';
import { readRequest, type WrittenRequest } from '../../evaluate/request.ts';
import type { Policy } from '../../policy/policy.ts';
import { readPolicy } from '../../policy/read.ts';
import type { Settings } from '../../settings.ts';
import { yamlText } from '../../syntax/text.ts';
import type { JsonValue } from '../../tree/walk.ts';
import type { Region } from '../document.ts';
import { type Suggestion, suggestionsFor } from '../request/suggest.ts';
import { answerTo, roleAccountIn, suggestedRoleAccounts } from '../role-account.ts';

/** As many cases of a kind are written; more are for people to add. */
const most = 6;

/**
 * The text of a file of tests.
 * @param file how the tests name the file of the policy
 */
export function draftTests(region: Region, file: string, isOneOfMany: boolean, settings: Settings): string {
  const policy = readPolicy(region.node);
  const roleAccount = accountFor(region, policy, settings);
  const isDecided = (request: WrittenRequest, decision: 'allowed' | 'denied'): boolean => {
    const answer = answerTo(region, roleAccount.account, (account) => readRequest(request, account));
    return !('problem' in answer) && answer.dependsOn.length === 0 && answer.decision === decision;
  };
  const admitted = suggestionsFor(policy).filter(({ request }) => isDecided(request, 'allowed'));
  const keptOut = [...admitted.flatMap(variants), ...strangers].filter(({ request }) =>
    isDecided(request, 'denied'),
  );
  const tests: JsonValue = {
    policy: file,
    ...(isOneOfMany && region.label !== undefined && { role: region.label }),
    ...(roleAccount.written && { roleAccount: roleAccount.account ?? '' }),
    allow: admitted.slice(0, most).map(caseOf),
    deny: spread(keptOut).map(caseOf),
  };
  return `${heading}${yamlText(tests)}\n`;
}

const heading = `# Calls that the trust policy must let in, and keep out. They are run by the Testing view while
# you type, and by "trust-policy test". Change and add to them: these are what the policy does today.
`;

interface Account {
  readonly account: string | undefined;
  /** Whether the tests have to say it. */
  readonly written: boolean;
}

/** The account that the policy tells, or else the likeliest where a call depends on it. */
function accountFor(region: Region, policy: Policy, settings: Settings): Account {
  const account = roleAccountIn(region, policy);
  if (account !== undefined) return { account, written: false };
  const isNeeded = suggestionsFor(policy).some(
    ({ request }) => 'needs' in answerTo(region, undefined, (of) => readRequest(request, of)),
  );
  const [likeliest] = isNeeded ? suggestedRoleAccounts(region, settings) : [];
  return { account: likeliest, written: likeliest !== undefined };
}

interface Draft {
  readonly label: string;
  readonly request: WrittenRequest;
}

/** The same call without one of its keys, or with another value of it. */
function variants({ label, request }: Suggestion): readonly Draft[] {
  const context = Object.entries(request.context ?? {});
  return context.flatMap(([key]) => {
    const others = Object.fromEntries(context.filter(([name]) => name !== key));
    return [
      {
        label: `${label}, with another ${key}`,
        request: { ...request, context: { ...others, [key]: 'another' } },
      },
      { label: `${label}, without ${key}`, request: { ...request, context: others } },
    ];
  });
}

/** Callers whom hardly any policy means. */
const strangers: readonly Draft[] = [
  {
    label: 'a user of an account that has nothing to do with it',
    request: {
      action: 'sts:AssumeRole',
      principal: { type: 'AWS', arn: 'arn:aws:iam::999988887777:user/somebody' },
      context: {},
    },
  },
  {
    label: 'a service that has nothing to do with it',
    request: {
      action: 'sts:AssumeRole',
      principal: { type: 'Service', value: 'workspaces.amazonaws.com' },
      context: {},
    },
  },
];

/** The first ones, and the last, which is a stranger. */
const spread = (drafts: readonly Draft[]): readonly Draft[] =>
  drafts.length <= most ? drafts : [...drafts.slice(0, most - 1), ...drafts.slice(-1)];

/** Without an action the case is about the one by which such a caller assumes a role, which is what is meant. */
function caseOf({ label, request }: Draft): JsonValue {
  const { principal, context = {} } = request;
  return {
    name: label,
    caller: callerOf(principal),
    ...(Object.keys(context).length > 0 && { context: contextOf(context) }),
  };
}

function callerOf(principal: WrittenCaller): JsonValue {
  if (principal.type !== 'AWS') return principal.value;
  const { arn, issuer } = principal;
  return issuer === undefined ? arn : { arn, issuer };
}

const contextOf = (context: NonNullable<WrittenRequest['context']>): JsonValue =>
  Object.fromEntries(
    Object.entries(context).map(([key, value]) => [key, typeof value === 'string' ? value : [...value]]),
  );
