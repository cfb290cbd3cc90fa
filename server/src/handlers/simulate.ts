/** The command that puts a call to a policy of an open document. */
import {
  answerInWords,
  answerMarkdown,
  callersFor,
  isCallInput,
  type Settings,
  simulate,
  suggestedRoleAccounts,
} from '#engine';
import { rangeOf } from '../convert.ts';
import { type Open, policyFor } from './explain.ts';

/**
 * Takes a document, which of its policies, what to put to it and, where the answer depends on that, the account of the role;
 * without anything to put to it, it answers whom the policy suggests.
 */
export const simulateCommand = 'trustPolicy.simulate';

/**
 * The callers to choose from, the answer to a call, or why it cannot be put; nothing where there is no policy. `needs` says
 * that the account of the role has to be given, `accounts` which ones can be offered.
 */
export async function answerTo(
  given: readonly unknown[] | undefined,
  open: Open,
  settingsOf: (uri: string) => Promise<Settings>,
): Promise<unknown> {
  const found = policyFor(given, open);
  if (found === undefined) return null;
  const { text, index: region, region: policy } = found;
  const input = given?.[2];
  if (input === undefined || input === null) return { region, callers: callersFor(policy) };
  if (!isCallInput(input)) return { region, problem: 'The call is not understood.' };
  const account = given?.[3];
  const result = simulate(policy, input, typeof account === 'string' ? account : undefined);
  if ('needs' in result)
    return { region, ...result, accounts: suggestedRoleAccounts(policy, await settingsOf(text.uri)) };
  if ('problem' in result) return { region, problem: result.problem };
  const { evaluation, request, deciding } = result;
  return {
    region,
    request,
    decision: evaluation.decision,
    reason: evaluation.reason,
    statement: evaluation.statement,
    depends: evaluation.dependsOn.length > 0,
    summary: answerInWords(evaluation),
    markdown: answerMarkdown(result),
    deciding: deciding.map((span) => rangeOf(text, span)),
  };
}
